import { z } from 'zod';
import { id, listOf, page, ticketInput, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';
import { routedTicket } from './routing.ts';

const jobStatus = z.enum(['pending', 'processing', 'done', 'failed']);

const jobError = z.object({
  code: z.string(),
  detail: z.string(),
  ticket_id: id.nullable().describe('the ticket, where it is stored all the same: a person has it then'),
});

export const routeJobState = z
  .object({
    job_id: id,
    status: jobStatus,
    result: routedTicket.nullable(),
    error: jobError.nullable(),
    attempts: z.int(),
  })
  .meta({ id: 'RouteJob' });

export const job = z
  .object({
    job_id: id,
    queue: z.string(),
    status: jobStatus,
    ticket_id: id.nullable(),
    error: jobError.nullable(),
    attempts: z.int(),
    created_at: timestamp,
    finished_at: timestamp.nullable(),
  })
  .meta({ id: 'Job' });
export type JobBody = z.output<typeof job>;

export const jobRoutes = {
  routeAsync: defineRoute({
    method: 'POST',
    url: '/route/async',
    summary: 'Accept one ticket for routing in the background, urgent ones first; the job is stored before the answer',
    scope: 'customer',
    idempotent: true,
    body: ticketInput,
    response: {
      202: z.object({ job_id: id, status: z.literal('accepted'), message: z.string(), status_url: z.string() }),
    },
  }),
  readRouteJob: defineRoute({
    method: 'GET',
    url: '/route/async/:id',
    summary: 'How a job gets on, and what came of it',
    scope: 'customer',
    params: z.object({ id }),
    response: { 200: routeJobState },
  }),
  listJobs: defineRoute({
    method: 'GET',
    url: '/jobs',
    summary: 'Background jobs by status, newest first; without one those that were given up',
    scope: 'agent',
    query: page.extend({ status: jobStatus.default('failed') }),
    response: { 200: listOf(job) },
  }),
  replayJob: defineRoute({
    method: 'POST',
    url: '/jobs/:id/replay',
    summary: 'Begin a failed job anew, under its id',
    scope: 'agent',
    params: z.object({ id }),
    response: { 202: job },
  }),
} as const;
