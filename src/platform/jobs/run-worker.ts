import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Db } from '../db/database.ts';
import type { Log } from '../log.ts';
import { beginClaim, claimJobs, lossesUntilAlone } from './claims.ts';
import type { InHand } from './in-hand.ts';
import type { JobError, OnAttempt, QueueSettings, Worker } from './job.ts';
import { type Settled, settleFailure, withinLimit } from './settle-attempt.ts';

export interface WorkerParts {
  readonly boss: PgBoss;
  readonly db: Db;
  readonly log: Log;
  readonly owner: number;
  readonly inHand: InHand;
  readonly onAttempt: OnAttempt;
}

/** Times that a process may die over a job before the job is taken for the cause. */
export const mostLosses = 5;
/** Milliseconds after which finished jobs of a batch do not wait any longer for a slow one. */
const stragglerMs = 1_000;

/** The lane of what was given up: pg-boss copies a job there in the statement that fails it for good. */
export const givenUpOf = (queue: string) => `${queue}-given-up`;

/** Polling beside NOTIFY: what was put off, and what was told while nobody listened. */
const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1 } as const;

/** Works on the jobs of a lane until the queue is stopped. */
export async function runWorker<T, R extends object>(
  parts: WorkerParts,
  queue: QueueSettings,
  worker: Worker<T, R>,
): Promise<void> {
  await parts.boss.work(
    queue.name,
    {
      ...polling,
      batchSize: queue.batch,
      localConcurrency: queue.workers,
      burstWhenBatchFull: true,
      perJobResults: true,
      includeMetadata: true,
    },
    // The statement that fetches them gives them back in any order.
    (jobs: JobWithMetadata<T>[]) => workOnBatch(parts, queue, { jobs: [...jobs].sort(urgentFirst), worker }),
  );
  await parts.boss.work(
    givenUpOf(queue.name),
    { ...polling, batchSize: 1, includeMetadata: true },
    async ([job]: JobWithMetadata<T>[]) => {
      if (job !== undefined) await giveUp(parts, job, worker);
    },
  );
}

const urgentFirst = (a: JobWithMetadata<unknown>, b: JobWithMetadata<unknown>) =>
  b.priority - a.priority || a.createdOn.getTime() - b.createdOn.getTime();

async function giveUp<T, R extends object>(
  { log }: WorkerParts,
  job: JobWithMetadata<T>,
  worker: Worker<T, R>,
): Promise<void> {
  const told = job.sourceOutput as Partial<JobError> | null;
  const error = {
    code: told?.code ?? 'job-stuck',
    detail: told?.detail ?? 'The process that worked on it did not come to an end.',
  };
  log.warn({ job: job.sourceId, queue: job.sourceName, code: error.code }, 'a job was given up');
  // After a replay that failed again the first id still names it.
  await worker.giveUp({ id: job.sourceRootId ?? job.sourceId ?? job.id, data: job.data, error });
}

interface Batch<T, R extends object> {
  readonly jobs: readonly JobWithMetadata<T>[];
  readonly worker: Worker<T, R>;
}

/**
 * All at once; those that processes died over come after the others, one by one, so that one that ends its process is told
 * from those that were only near it.
 */
async function workOnBatch<T, R extends object>(
  parts: WorkerParts,
  queue: QueueSettings,
  { jobs, worker }: Batch<T, R>,
): Promise<Settled[]> {
  const ids = jobs.map((job) => job.id);
  parts.inHand.take(ids);
  try {
    const losses = await claimJobs(parts.db, { queue: queue.name, ids, owner: parts.owner });
    const lost = (job: JobWithMetadata<T>) => losses.get(job.id) ?? 0;
    const attempt = (job: JobWithMetadata<T>) => attemptJob(parts, queue, { job, worker, lost: lost(job) });
    const clean = jobs.filter((job) => lost(job) < lossesUntilAlone);
    const settled = await settleEarly(
      parts,
      queue,
      clean.map((job) => ({ job, settled: attempt(job) })),
    );
    for (const job of jobs.filter((one) => lost(one) >= lossesUntilAlone)) {
      if (lost(job) >= mostLosses) settled.push(suspected(job.id, lost(job)));
      else {
        await beginClaim(parts.db, job.id);
        settled.push(await attempt(job));
      }
    }
    return settled;
  } finally {
    parts.inHand.release(ids);
  }
}

function suspected(id: string, losses: number): Settled {
  const detail = `The process that worked on it ended ${losses} times before it was done.`;
  return { id, status: 'deadletter', output: { code: 'job-stuck', detail } };
}

interface Attempted<T> {
  readonly job: JobWithMetadata<T>;
  readonly settled: Promise<Settled>;
}

/** A slow job does not keep the finished ones of its batch from being told: they are done before it is. */
async function settleEarly<T>(
  { boss }: WorkerParts,
  queue: QueueSettings,
  attempts: readonly Attempted<T>[],
): Promise<Settled[]> {
  const all = Promise.all(attempts.map(({ settled }) => settled));
  let timer: NodeJS.Timeout | undefined;
  const soon = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), stragglerMs);
  });
  const first = await Promise.race([all, soon]);
  clearTimeout(timer);
  if (first !== 'slow') return first;
  const telling = attempts.map(async ({ job, settled }) => {
    const end = await settled;
    // What pg-boss is told again with the batch is not active any more, and left alone; what it could not be told now,
    // it is told with the batch.
    if (end.status === 'completed') await boss.complete(queue.name, job, end.output).catch(() => undefined);
  });
  await Promise.all(telling);
  return all;
}

async function attemptJob<T, R extends object>(
  { log, onAttempt }: WorkerParts,
  queue: QueueSettings,
  { job, worker, lost }: { job: JobWithMetadata<T>; worker: Worker<T, R>; lost: number },
): Promise<Settled> {
  const began = performance.now();
  const attempts = job.retryCount + lost + 1;
  const settled = await withinLimit(
    (signal) => worker.work({ id: job.id, data: job.data }, signal),
    queue.timeLimitSeconds,
  ).then(
    (result): Settled => ({ id: job.id, status: 'completed', output: { result, attempts } }),
    (error: unknown) => {
      log.warn({ err: error, job: job.id, queue: queue.name, attempt: attempts }, 'a job failed');
      return settleFailure(job.id, error);
    },
  );
  const last = settled.status === 'deadletter' || job.retryCount >= job.retryLimit;
  const result = settled.status === 'completed' ? 'done' : last ? 'failed' : 'again';
  onAttempt({ queue: queue.name, result, seconds: (performance.now() - began) / 1000 });
  return settled;
}
