import { v5 } from 'uuid';
import { presentRouted } from './api/index.ts';
import type { TicketRequest } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { JobToSend, QueueSettings, Worker } from './platform/index.ts';
import { raisePriority } from './policy/index.ts';
import { createRouteTickets } from './route-tickets.ts';
import { storeForPerson } from './runs.ts';
import { type ErrorCode, errorCodes, priorities } from './ticket/index.ts';
import { assessText, priorityOf } from './triage/index.ts';

/** `POST /route/async`: the request is kept as a job, and routed by whoever is free. */
export interface RouteJob {
  readonly request: TicketRequest;
  readonly actor: string;
}

export const routeLane = (timeLimitSeconds: number): QueueSettings => ({
  name: 'tickets-route',
  attempts: 6,
  timeLimitSeconds,
  // A transaction of 50 costs hardly more than one of 5; two workers overlap the computing of one with the writing of the other.
  batch: 50,
  workers: 2,
});

/** The ticket carries the name of its job, so that a second attempt finds it instead of storing it again. */
export const sourceOf = (jobId: string) => `job:${jobId}`;

const namespace = '4f6f2c0e-4f0b-4b1e-9a52-6c1d2b1f7e90';

/** Under an Idempotency-Key the id follows from the key: the same key, the same job. */
export function routeJob(
  request: TicketRequest,
  { actor, effect, newId }: { actor: string; effect: string | undefined; newId: () => string },
): JobToSend & { readonly data: RouteJob } {
  const id = effect === undefined ? newId() : v5(effect, namespace);
  return { id, priority: urgencyOf(request), data: { request: { ...request, sourceKey: sourceOf(id) }, actor } };
}

/** 3 critical, 2 high, 1 medium, 0 low: by the words alone, which takes some 0.03 ms; the model has its say later. */
export function urgencyOf({ subject, body, priority }: TicketRequest): number {
  const { score } = assessText({ subject, body }).cues;
  if (score > 0.8 || priority === 'critical') return 3;
  return priorities.indexOf(raisePriority(priorityOf(score), priority ?? null));
}

/** Routes by a lane of its own: requests that somebody waits for do not stand behind these. */
export function createRouteWorker(parts: PipelineParts): Worker<RouteJob, ReturnType<typeof presentRouted>> {
  const { route } = createRouteTickets(parts);
  return {
    work: async ({ data }) => presentRouted(await route(data)),
    async giveUp({ id, data: { request, actor }, error }) {
      // A refusal is the sender's to mend.
      if (!isOurs(error.code)) return;
      const reason = `Routing it in the background was given up: ${error.detail}`;
      const sourceKey = sourceOf(id);
      await storeForPerson(parts, { ...request, sourceKey }, { actor, reason });
    },
  };
}

/** Whether a failure is ours rather than the sender's. */
export function isOurs(code: string): boolean {
  const known = errorCodes[code as ErrorCode];
  return known === undefined || known.retryable || code === 'internal';
}
