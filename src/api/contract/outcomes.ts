import { z } from 'zod';
import { probability, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const share = z.object({
  n: z.int(),
  share: probability.nullable().describe('of what is known; null: nothing is'),
  low: probability,
  high: probability,
});

const group = z.object({
  known: z.int().describe('pieces of work of which something is known'),
  open: z.int().describe('resolutions of which nothing is known yet; in no share'),
  outcomes: z.object({
    confirmed: share.describe('the customer said so'),
    assumed: share.describe('silent for 7 days; no success'),
    reopened: share,
    contradicted: share.describe('a person changed category or draft, or the customer said that it is not solved'),
  }),
});

export const outcomeReport = z
  .object({
    by: z.enum(['category', 'language', 'handled_by', 'model']),
    from: timestamp.nullable(),
    to: timestamp.nullable(),
    groups: z.array(group.extend({ key: z.string() })),
    total: group,
  })
  .meta({ id: 'OutcomeReport' });
export type OutcomeReport = z.output<typeof outcomeReport>;

const day = z.iso.datetime({ error: 'must be a time such as 2026-01-31T00:00:00Z' }).optional();

export const outcomeRoutes = {
  outcomes: defineRoute({
    method: 'GET',
    url: '/analytics/outcomes',
    summary: "What became of what was resolved, with Wilson's 95 % intervals",
    scope: 'agent',
    query: z.object({
      from: day,
      to: day,
      by: z.enum(['category', 'language', 'handled_by', 'model']).default('category'),
      handled_by: z
        .enum(['ai', 'human', 'draft'])
        .optional()
        .describe('what the machine sent, what people sent, or drafts that people changed before sending'),
    }),
    response: { 200: outcomeReport },
  }),
} as const;
