import { decodeCursor } from '../../../platform/index.ts';
import { SignalboxError } from '../../../ticket/index.ts';
import { type JobBody, jobRoutes, type RoutedTicket } from '../../contract/index.ts';
import { apartFor } from '../apart-for.ts';
import type { Binder } from '../bind-route.ts';
import type { JobWithTicket, Services } from '../services.ts';
import { requestOf } from '../ticket-request.ts';

export function bindJobs(bind: Binder, { jobs }: Services): void {
  bind(jobRoutes.routeAsync, async ({ body, caller, effect }) => {
    const id = await jobs.accept(requestOf(body, undefined), { actor: caller.name, effect });
    const message = 'The ticket is kept and will be routed; ask status_url for the result.';
    return {
      status: 202,
      body: { job_id: id, status: 'accepted' as const, message, status_url: `/route/async/${id}` },
    };
  });

  bind(jobRoutes.readRouteJob, async ({ params, caller }) => {
    const job = await jobs.findRouted(params.id);
    // Under an Idempotency-Key the id can be guessed: what another key sent is to a customer as if it were not there.
    const hidden = caller.scope === 'customer' && job?.sentBy !== caller.name;
    if (job === null || hidden) throw new SignalboxError('not-found', `There is no job ${params.id}.`);
    const { status, attempts } = job;
    // Written by us when the job was done, in the words of the contract.
    const routed = job.result as RoutedTicket | null;
    const result = routed === null ? null : apartFor(caller, routed);
    return { status: 200, body: { job_id: job.id, status, result, error: errorOf(job), attempts } };
  });

  bind(jobRoutes.listJobs, async ({ query: { status, limit, cursor } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { items, nextCursor } = await jobs.list({ status, limit, after });
    return { status: 200, body: { items: items.map(presentJob), next_cursor: nextCursor } };
  });

  bind(jobRoutes.replayJob, async ({ params, caller }) => ({
    status: 202,
    body: presentJob(await jobs.replay(params.id, caller.name)),
  }));
}

function errorOf({ error, ticketId }: JobWithTicket) {
  return error === null ? null : { ...error, ticket_id: ticketId };
}

function presentJob(job: JobWithTicket): JobBody {
  return {
    job_id: job.id,
    queue: job.queue,
    status: job.status,
    ticket_id: job.ticketId,
    error: errorOf(job),
    attempts: job.attempts,
    created_at: job.createdAt.toISOString(),
    finished_at: job.finishedAt?.toISOString() ?? null,
  };
}
