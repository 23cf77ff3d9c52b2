import { z } from 'zod';
import { cleanText, id, language, listOf, page, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

/** Questions that ask the same and found nothing. */
export const gap = z
  .object({
    id,
    label: z.string().describe('the most central question'),
    language,
    category: z.string().nullable(),
    questions: z.int(),
    examples: z.array(z.string()).describe('the newest, at most 3'),
    first_seen: timestamp,
    last_seen: timestamp,
    status: z.enum(['open', 'drafted', 'covered', 'dismissed']),
    dismissed_by: z.string().nullable(),
    article_id: id.nullable(),
  })
  .meta({ id: 'Gap' });
export type GapBody = z.output<typeof gap>;

export const article = z
  .object({
    id,
    gap_id: id,
    title: z.string(),
    text: z.string().describe('Markdown'),
    language,
    category: z.string().nullable(),
    tickets: z.array(id).describe('whose replies it was drafted from'),
    status: z.enum(['draft', 'approved', 'rejected']),
    document_id: id.nullable().describe('the document of the knowledge, once it stands there'),
    proposed_by: z.string(),
    proposed_at: timestamp,
    decided_by: z.string().nullable(),
    decided_at: timestamp.nullable(),
  })
  .meta({ id: 'Article' });
export type ArticleBody = z.output<typeof article>;

const byId = z.object({ id });

export const gapRoutes = {
  listGaps: defineRoute({
    method: 'GET',
    url: '/knowledge/gaps',
    summary: 'Questions that found nothing, grouped; asked last first',
    scope: 'agent',
    query: page.extend({ status: gap.shape.status.optional() }),
    response: { 200: listOf(gap) },
  }),
  dismissGap: defineRoute({
    method: 'POST',
    url: '/knowledge/gaps/:id/dismiss',
    summary: 'Nobody is to write about this',
    scope: 'agent',
    params: byId,
    response: { 200: gap },
  }),
  draftArticle: defineRoute({
    method: 'POST',
    url: '/knowledge/gaps/:id/draft',
    summary: 'Draft an article from the replies with which people resolved tickets of this gap',
    scope: 'agent',
    params: byId,
    response: { 201: article },
  }),
  listArticles: defineRoute({
    method: 'GET',
    url: '/knowledge/articles',
    summary: 'Drafted articles, newest first; none is searched before it is approved',
    scope: 'agent',
    query: page.extend({ status: article.shape.status.optional() }),
    response: { 200: listOf(article) },
  }),
  decideArticle: defineRoute({
    method: 'POST',
    url: '/knowledge/articles/:id',
    summary: 'Approve an article, as it is or with a text of yours, or reject it',
    scope: 'admin',
    params: byId,
    body: z.object({
      action: z.enum(['approve', 'reject']),
      text: cleanText('text', 1, 200_000).optional(),
    }),
    response: { 200: article },
  }),
} as const;
