import type { PipelineParts } from './pipeline-parts.ts';
import type { JobToSend, QueueSettings, Worker } from './platform/index.ts';
import { urgencyOf } from './route-jobs.ts';
import { evaluateUntaken, handStuckRun } from './runs.ts';
import type { Ticket } from './ticket/index.ts';

/** `POST /tickets/` with `evaluate: "background"`: the ticket is stored at once and goes through the steps later. */
export interface EvaluateJob {
  readonly ticketId: string;
  readonly actor: string;
}

export const evaluateLane = (timeLimitSeconds: number): QueueSettings => ({
  name: 'tickets-evaluate',
  attempts: 3,
  timeLimitSeconds,
  // Each may ask a language model several times.
  batch: 2,
  workers: 2,
});

/** The job has the id of its ticket: a ticket is evaluated by one job only. */
export function evaluateJob(ticket: Ticket, actor: string): JobToSend & { readonly data: EvaluateJob } {
  const { id, subject, body } = ticket;
  const priority = urgencyOf({ subject, body, priority: ticket.requestedPriority ?? undefined });
  return { id, priority, data: { ticketId: id, actor } };
}

export function createEvaluateWorker(
  parts: PipelineParts,
): Worker<EvaluateJob, { ticket_id: string; evaluated: boolean }> {
  return {
    work: async ({ data: { ticketId, actor } }, signal) => ({
      ticket_id: ticketId,
      evaluated: (await evaluateUntaken(parts, ticketId, { actor, signal })) === 'evaluated',
    }),
    giveUp: ({ data: { ticketId }, error }) =>
      handStuckRun(parts, ticketId, `Evaluating it in the background was given up: ${error.detail}`),
  };
}
