import { z } from 'zod';
import {
  alternative,
  assignment,
  cleanText,
  department,
  filterText,
  id,
  language,
  page,
  priority,
  probability,
  sentiment,
  storableEntries,
  ticketInput,
  timestamp,
} from './common.ts';
import { defineRoute } from './define-route.ts';

export const dedup = z
  .object({
    is_duplicate: z.boolean().describe('at or above DUPLICATE_THRESHOLD to an earlier ticket'),
    similarity: probability.describe('that the nearest earlier ticket reports the same problem; 0 below one half'),
    duplicate_of: id.nullable().describe("the earliest ticket of the same problem, or the same customer's"),
    master_incident_id: z.string().nullable().describe('from the ticket on that opened the incident'),
    same_customer: z.boolean().describe("linked to a ticket of the same customer's, and not counted"),
  })
  .nullable()
  .describe(
    "null: it was compared with no other ticket (rows of a file, greetings, tickets not yet evaluated), or a customer's key asks",
  )
  .meta({ id: 'Dedup' });
export type Dedup = z.output<typeof dedup>;

export const routedTicket = z
  .object({
    ticket_id: id,
    client_ticket_id: z.string().nullable(),
    status: z.string(),
    category: z.string(),
    department,
    confidence: probability,
    abstained: z.boolean(),
    alternatives: z.array(alternative),
    urgency: z.enum(['1(HIGH)', '0(NORMAL)']),
    urgency_score: probability,
    priority,
    sentiment,
    language,
    model_used: z.string(),
    model_version: z.string(),
    agent: z.string().nullable(),
    assignment,
    dedup,
    timings_ms: z.record(z.string(), z.number()),
  })
  .meta({ id: 'RoutedTicket' });
export type RoutedTicket = z.output<typeof routedTicket>;

const batchBody = z.object({
  tickets: z
    .array(ticketInput)
    .min(1, { error: 'tickets must hold 1 to 100 tickets' })
    .max(100, { error: 'tickets must hold 1 to 100 tickets' }),
});

export const agentName = cleanText('agent', 1, 100);

export const agentState = z.object({
  load: z.int(),
  capacity: z.int(),
  utilisation: z.number(),
  skills: z.record(z.string(), probability),
  online: z.boolean(),
  keeps: z.boolean().describe('offline, and keeps what it holds'),
});
export type AgentState = z.output<typeof agentState>;

export const queuedTicket = z
  .object({
    ticket_id: id,
    client_ticket_id: z.string().nullable(),
    subject: z.string(),
    category: z.string().nullable(),
    department: department.nullable(),
    priority,
    urgency_score: probability.nullable(),
    queue: z.string(),
    queued_at: timestamp,
  })
  .meta({ id: 'QueuedTicket' });

const waiting = z.object({
  count: z.int(),
  longest_seconds: z.number().nullable().describe('how long the first of them has waited; null: nobody waits'),
});

export const stats = z.object({
  tickets_routed: z.int(),
  category_counts: z.record(z.string(), z.int()),
  urgent_count: z.int(),
  critical_count: z.int(),
  waiting_count: z.int(),
  waiting: z.object({ high: waiting, medium: waiting, low: waiting }),
  review_count: z.int(),
  status_counts: z.record(z.string(), z.int()),
  webhook_fires: z.int().describe('deliveries that went through to a webhook'),
  master_incidents: z.int().describe('opened so far'),
  open_incidents: z.int(),
  agent_status: z.record(z.string(), z.object({ load: z.int(), capacity: z.int(), utilisation: z.number() })),
});

const name = z.object({ name: agentName });

export const routingRoutes = {
  route: defineRoute({
    method: 'POST',
    url: '/route',
    summary: 'Classify, store and assign one ticket',
    scope: 'customer',
    idempotent: true,
    body: ticketInput,
    response: { 200: routedTicket },
  }),
  routeBatch: defineRoute({
    method: 'POST',
    url: '/route/batch',
    summary: 'Route 1 to 100 tickets; one bad ticket and none is stored',
    scope: 'agent',
    idempotent: true,
    large: true,
    body: batchBody,
    response: { 200: z.object({ results: z.array(routedTicket), count: z.int() }) },
  }),
  stats: defineRoute({
    method: 'GET',
    url: '/stats',
    summary: 'Counts and load',
    scope: 'agent',
    response: { 200: stats },
  }),
  agents: defineRoute({
    method: 'GET',
    url: '/agents',
    summary: 'Agents with load and skills',
    scope: 'agent',
    response: { 200: z.object({ agents: z.record(z.string(), agentState) }) },
  }),
  putAgent: defineRoute({
    method: 'PUT',
    url: '/agents/:name',
    summary: 'Create or change an agent',
    scope: 'admin',
    params: name,
    body: z.object({
      skills: z
        .record(z.string().min(1).max(100), probability)
        .refine((s) => Object.keys(s).length <= 100, { error: 'skills may have 100 entries' })
        .refine(storableEntries, {
          error: 'skills has a name with a NUL character or half of a surrogate pair, which cannot be stored',
        }),
      capacity: z.int().min(0).max(1000),
      online: z.boolean().default(true),
    }),
    response: { 200: agentState.extend({ name: z.string() }) },
  }),
  deleteAgent: defineRoute({
    method: 'DELETE',
    url: '/agents/:name',
    summary: 'Remove an agent; what it held goes back to the queue',
    scope: 'admin',
    params: name,
    response: { 200: z.object({ requeued: z.int() }) },
  }),
  queue: defineRoute({
    method: 'GET',
    url: '/queue',
    summary: 'Waiting tickets, urgent first, first come within a priority',
    scope: 'agent',
    query: page.extend({ team: filterText('team', 100).describe('only what this team serves') }),
    response: {
      200: z.object({ items: z.array(queuedTicket), next_cursor: z.string().nullable(), total: z.int() }),
    },
  }),
  queueNext: defineRoute({
    method: 'POST',
    url: '/queue/next',
    summary: 'Claim the next ticket that the agent can serve',
    scope: 'agent',
    body: z.object({ agent: agentName }),
    response: { 200: queuedTicket, 204: z.null() },
  }),
  queuePeek: defineRoute({
    method: 'GET',
    url: '/queue/peek',
    summary: 'The first waiting ticket, or 204',
    scope: 'agent',
    response: { 200: queuedTicket, 204: z.null() },
  }),
} as const;
