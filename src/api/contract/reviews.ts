import { z } from 'zod';
import { citation, id, language, listOf, page, probability, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

export const reviewReason = z
  .object({
    code: z.string(),
    source: z.enum(['rule', 'guardrail', 'run']).describe('what asked for a person'),
    en: z.string(),
    de: z.string(),
    pending: z.int(),
  })
  .meta({ id: 'ReviewReason' });

/** What the machine would have said and what a person said instead. */
export const replyPair = z
  .object({
    id,
    ticket_id: id,
    review_id: id,
    run: z.int(),
    reason: z.string(),
    message: z.string(),
    draft: z.string().nullable().describe('null: the person wrote without one'),
    reply: z.string().nullable().describe('null: the draft was rejected'),
    unchanged: z.boolean(),
    similarity: probability.nullable(),
    category: z.string().nullable(),
    language,
    citations: z.array(citation),
    actor: z.string(),
    created_at: timestamp,
  })
  .meta({ id: 'ReplyPair' });
export type ReplyPairBody = z.output<typeof replyPair>;

export const reviewRoutes = {
  reviewReasons: defineRoute({
    method: 'GET',
    url: '/reviews/reasons',
    summary: 'Reasons for which a person is asked, with how many reviews wait for each',
    scope: 'agent',
    response: { 200: z.object({ items: z.array(reviewReason) }) },
  }),
  listReplyPairs: defineRoute({
    method: 'GET',
    url: '/reviews/pairs',
    summary: 'Drafts and what people made of them, newest first',
    scope: 'agent',
    query: page,
    response: { 200: listOf(replyPair) },
  }),
  replyPairsLines: defineRoute({
    method: 'GET',
    url: '/reviews/pairs.jsonl',
    summary: 'All pairs, one JSON object a line',
    scope: 'agent',
    produces: 'application/x-ndjson',
    response: { 200: z.string() },
  }),
} as const;
