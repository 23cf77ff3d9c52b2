import type { Services } from './api/index.ts';
import type { Engine } from './engine.ts';
import { createEvaluateWorker, evaluateJob, evaluateLane } from './evaluate-jobs.ts';
import { findTicketBySource } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Config, type JobState, type Jobs, type Log, openJobs, toPage } from './platform/index.ts';
import { createRouteWorker, type RouteJob, routeJob, routeLane, sourceOf } from './route-jobs.ts';
import { SignalboxError } from './ticket/index.ts';

/** The queue with its lanes; this process can send to them, and works only after `startBackgroundWork`. */
export async function openBackgroundJobs(config: Config, { parts, metrics }: Engine, log: Log): Promise<Jobs> {
  const jobs = await openJobs({
    database: parts.database,
    log,
    owner: parts.owner,
    onAttempt({ queue, result, seconds }) {
      metrics.jobsDone.inc({ queue, result });
      metrics.jobSeconds.observe({ queue }, seconds);
    },
  });
  await jobs.define(routeLane(config.JOBS_TIME_LIMIT));
  await jobs.define(evaluateLane(config.JOBS_TIME_LIMIT));
  return jobs;
}

/** Takes up what waits in the lanes, until the queue is stopped. */
export async function startBackgroundWork({
  config,
  parts,
  jobs,
}: {
  readonly config: Config;
  readonly parts: PipelineParts;
  readonly jobs: Jobs;
}): Promise<void> {
  await jobs.work(routeLane(config.JOBS_TIME_LIMIT), createRouteWorker(parts));
  await jobs.work(evaluateLane(config.JOBS_TIME_LIMIT), createEvaluateWorker(parts));
}

interface BackgroundParts {
  readonly config: Pick<Config, 'JOBS_MAX_WAITING' | 'AUTO_EVALUATE'>;
  readonly parts: PipelineParts;
  readonly jobs: Jobs;
}

/** What callers may do with background work. */
export type BackgroundServices = ReturnType<typeof createBackgroundServices>;

export function createBackgroundServices({ config, parts, jobs }: BackgroundParts) {
  const { db } = parts.database;
  const [route, evaluate] = [routeLane(1).name, evaluateLane(1).name];

  async function refuseFlood(lane: string): Promise<void> {
    const waiting = await jobs.waitingIn(lane);
    if (waiting < config.JOBS_MAX_WAITING) return;
    throw new SignalboxError(
      'queue-full',
      `${waiting} jobs wait already, and JOBS_MAX_WAITING is ${config.JOBS_MAX_WAITING}. Nothing was stored; send it again later.`,
    );
  }

  return {
    async accept(request, { actor, effect }) {
      await refuseFlood(route);
      const job = routeJob(request, { actor, effect, newId: parts.newId });
      await jobs.send(route, job);
      return job.id;
    },
    async findRouted(id) {
      const job = await jobs.find(id);
      if (job?.queue !== route) return null;
      return { ...(await withTicket(job)), sentBy: (job.data as RouteJob).actor };
    },
    async list({ status, limit, after }) {
      const rows = await jobs.list({ status, limit: limit + 1, after });
      const { items, nextCursor } = toPage(rows, limit, ({ createdAt: at, id }) => ({ at, id }));
      return { items: await Promise.all(items.map(withTicket)), nextCursor };
    },
    async replay(id, actor) {
      const job = await jobs.find(id);
      if (job === null) throw new SignalboxError('not-found', `There is no job ${id}.`);
      if (!(await jobs.replay(id)))
        throw new SignalboxError('already-done', `The job ${id} is ${job.status}; only failed ones are begun anew.`);
      const now = parts.clock.now();
      await parts.database.transaction((trx) =>
        appendToLedger(trx, [{ at: now, actor, action: 'job-replayed', subjectType: 'job', subjectId: id, data: {} }]),
      );
      return withTicket((await jobs.find(id)) ?? job);
    },
    /** How a new ticket is handled: what goes with it into the transaction that stores it, if anything. */
    async handlingOf(asked: 'none' | 'background' | undefined, actor: string) {
      const wanted = asked ?? (config.AUTO_EVALUATE ? 'background' : 'none');
      if (wanted === 'none') return undefined;
      await refuseFlood(evaluate);
      return (trx, ticket) => jobs.send(evaluate, evaluateJob(ticket, actor), trx);
    },
    depth: () => jobs.depth(),
  } satisfies Services['jobs'] & Record<string, unknown>;

  /** A job that was given up may have left its ticket with a person. */
  async function withTicket(job: JobState) {
    if (job.queue === evaluate) return { ...job, ticketId: job.id };
    return { ...job, ticketId: await findTicketBySource(db, sourceOf(job.id)) };
  }
}
