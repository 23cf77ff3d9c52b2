import { fromKysely, type PgBoss } from 'pg-boss';
import { coalesce } from '../coalesce.ts';
import type { Trx } from '../db/database.ts';
import { isSignalboxError, translateDatabaseError } from '../db/errors.ts';
import type { JobToSend, QueueSettings } from './job.ts';
import { givenUpOf } from './run-worker.ts';

/** The lanes that this process knows, and the way into each. */
export interface Lanes {
  readonly names: readonly string[];
  define(queue: QueueSettings): Promise<void>;
  send(queue: string, job: JobToSend, trx?: Trx): Promise<void>;
}

/** Silence after which pg-boss gives an active job back by itself: the net below the claims. */
const heartbeatSeconds = 20;
const daySeconds = 86_400;

/** Waiting jobs are kept for as long as pg-boss allows; what came of them, and dead letters, for a month. */
const kept = { retentionSeconds: 365 * daySeconds, deleteAfterSeconds: 30 * daySeconds, heartbeatSeconds } as const;
/** Waits of 1, 2, 4 … 60 s between two attempts, each up to as long again by chance. */
const backOff = { retryBackoff: true, retryDelay: 1, retryDelayMax: 60 } as const;

export function createLanes(boss: PgBoss): Lanes {
  const senders = new Map<string, (job: JobToSend) => Promise<void>>();
  const names: string[] = [];
  // The group is for the index it brings (see claims.ts); it limits nothing.
  const grouped = (job: JobToSend) => ({ ...job, group: { id: 'lane' } });
  return {
    names,
    async define(queue) {
      if (senders.has(queue.name)) return;
      await createQueues(boss, queue);
      senders.set(queue.name, createSender(boss, queue.name));
      names.push(queue.name);
    },
    async send(queue, job, trx) {
      const send = senders.get(queue);
      if (send === undefined) throw new Error(`the queue ${queue} is not defined`);
      if (trx !== undefined) await boss.insert(queue, [grouped(job)], { db: fromKysely(trx) });
      else await send(grouped(job));
    },
  };
}

async function createQueues(boss: PgBoss, { name, attempts, timeLimitSeconds }: QueueSettings): Promise<void> {
  const givenUp = givenUpOf(name);
  await boss.createQueue(givenUp, { ...kept, ...backOff, notify: true, retryLimit: 1_000_000, expireInSeconds: 300 });
  const lane = {
    ...kept,
    ...backOff,
    notify: true,
    retryLimit: attempts - 1,
    // Our own limit ends an attempt; this one a process that is stuck as a whole.
    expireInSeconds: timeLimitSeconds * 2 + 60,
    deadLetter: givenUp,
  };
  await boss.createQueue(name, lane);
  // Settings of a later version, or of another process.
  await boss.updateQueue(name, lane);
}

/** Jobs that come at the same time are stored together: 20 times as many a second as one by one. */
function createSender(boss: PgBoss, queue: string): (job: JobToSend) => Promise<void> {
  const send = coalesce(
    async (jobs: readonly JobToSend[]) => {
      const distinct = [...new Map(jobs.map((job) => [job.id, job])).values()];
      try {
        await boss.insert(queue, distinct);
      } catch (error) {
        throw translateDatabaseError(error);
      }
      return jobs;
    },
    {
      most: 500,
      concurrency: 2,
      mayRetryAlone: (error) => !(isSignalboxError(error) && error.code === 'database-unavailable'),
    },
  );
  return async (job) => void (await send(job));
}
