import { z } from 'zod';
import { answerMethods, guardrailActions, limits, stepNames, tones } from '../../ticket/index.ts';
import {
  citation,
  cleanText,
  email,
  filterText,
  id,
  language,
  listOf,
  optionalText,
  page,
  probability,
  problem,
  timestamp,
} from './common.ts';
import { defineRoute } from './define-route.ts';
import { attachments } from './files.ts';

export const answerRequest = z.object({
  message: cleanText('message', 1, 20_000),
  subject: optionalText('subject', 500),
  customer_email: email.optional(),
  customer_name: optionalText('customer_name', 200),
  category: optionalText('category', 100),
  method: z.enum(answerMethods).default('auto'),
  tone: z.enum(tones).optional().describe('none: by the style and mood of the customer'),
  language: z.enum(['en', 'de']).optional(),
  k: z.int().min(1).max(20).default(5),
});
export type AnswerRequest = z.output<typeof answerRequest>;

const answerBatch = z.object({
  messages: z
    .array(answerRequest)
    .min(1, { error: 'messages must hold 1 to 100 messages' })
    .max(limits.batch, { error: 'messages must hold 1 to 100 messages' }),
});

const stepEvent = z.object({ step: z.enum(stepNames), milliseconds: z.number() });
const draftEvent = z
  .object({ attempt: z.int().min(1), text: z.string() })
  .describe('a piece of an unchecked draft: for agents, never for a customer');
const discardedEvent = z.object({ attempt: z.int().min(1), problem: z.string() });

const judge = z.object({
  helpfulness: probability,
  accuracy: probability,
  clarity: probability,
  relevance: probability,
});

export const interaction = z
  .object({
    interaction_id: id,
    ticket_id: id,
    review_id: id.nullable(),
    message: z.string(),
    category: z.string(),
    router_confidence: probability,
    abstained: z.boolean(),
    kb_hits: z.array(z.object({ document: z.string(), heading: z.string(), text: z.string(), score: probability })),
    answer: z.string().nullable(),
    final_answer: z.string().describe('what the customer was told; empty when a person had spoken already'),
    citations: z.array(citation),
    method: z.enum(['template', 'ai', 'hybrid']).nullable(),
    tone: z.enum(tones).nullable(),
    language,
    quality: probability.describe('the same as judge_score'),
    judge_score: probability,
    judge: judge.nullable(),
    judge_reasoning: z.string(),
    guardrail_action: z.enum(guardrailActions),
    guardrail_notes: z.array(z.string()),
    attempts: z.int(),
    attempt_log: z.array(
      z.object({
        strategy: z.string().nullable(),
        judge_score: probability.nullable(),
        problem: z.string().nullable(),
      }),
    ),
    model_used: z.string(),
    versions: z.record(z.string(), z.string()),
    timings_ms: z.record(z.string(), z.number()),
    created_at: timestamp,
  })
  .meta({ id: 'Interaction' });
export type Interaction = z.output<typeof interaction>;

/** The events of POST /answer/stream by name, with what their data is. */
export const answerEvents = {
  step: stepEvent,
  draft: draftEvent,
  discarded: discardedEvent,
  final: interaction,
  problem,
} as const;
export type AnswerEventName = keyof typeof answerEvents;

const filters = z.object({
  category: filterText('category', 100),
  action: z.enum(guardrailActions).optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
  q: filterText('q', 200),
});
export type InteractionFilters = z.output<typeof filters>;

export const answeringRoutes = {
  answer: defineRoute({
    method: 'POST',
    url: '/answer',
    summary: 'Answer a message from the knowledge, or hand over to a person',
    scope: 'customer',
    idempotent: true,
    files: 'json',
    body: answerRequest.extend({ attachments }),
    response: { 200: interaction },
  }),
  answerBatch: defineRoute({
    method: 'POST',
    url: '/answer/batch',
    summary: 'Answer 1 to 100 messages, in their order; one bad message and none is stored',
    scope: 'agent',
    idempotent: true,
    large: true,
    body: answerBatch,
    response: { 200: z.object({ results: z.array(interaction), count: z.int() }) },
  }),
  answerStream: defineRoute({
    method: 'POST',
    url: '/answer/stream',
    summary: 'The same as /answer, told while it happens: the events step, draft, discarded, then final or problem',
    scope: 'agent',
    idempotent: 'effect',
    body: answerRequest,
    produces: 'text/event-stream',
    response: { 200: z.string() },
  }),
  listInteractions: defineRoute({
    method: 'GET',
    url: '/interactions',
    summary: 'Answered messages, newest first',
    scope: 'agent',
    query: page.extend(filters.shape),
    response: { 200: listOf(interaction) },
  }),
  interactionsCsv: defineRoute({
    method: 'GET',
    url: '/interactions.csv',
    summary: 'The same as CSV, streamed',
    scope: 'agent',
    query: filters,
    produces: 'text/csv; charset=utf-8',
    response: { 200: z.string() },
  }),
} as const;
