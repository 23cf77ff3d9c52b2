import { PgBoss } from 'pg-boss';
import type { Cursor } from '../cursor.ts';
import type { Database, Trx } from '../db/database.ts';
import type { Log } from '../log.ts';
import { forgetClaim } from './claims.ts';
import { createInHand } from './in-hand.ts';
import type { JobState, JobStatus, JobToSend, OnAttempt, QueueDepth, QueueSettings, Worker } from './job.ts';
import { createLanes } from './lanes.ts';
import { takeUpOrphans } from './orphans.ts';
import { countWaiting, findJob, listJobs, readDepth } from './read-jobs.ts';
import { givenUpOf, runWorker } from './run-worker.ts';

/**
 * Background jobs on pg-boss, in the schema `jobs` of the same database. A process may send without working: only
 * `repeat` and `work` take jobs up. A repeated job is sent by every process and done once per interval (singleton), so
 * that several processes need no leader.
 */
export interface Jobs {
  /** Does `work` about every `everySeconds`, by one of all processes. */
  repeat(name: string, everySeconds: number, work: () => Promise<void>): Promise<void>;
  /** Asks for one run now; while one waits, a second asking joins it. */
  trigger(name: string): Promise<void>;
  /** Makes a lane known, so that jobs can be sent to it. */
  define(queue: QueueSettings): Promise<void>;
  /** The job is stored when this returns; in `trx`, when that is committed. */
  send(queue: string, job: JobToSend, trx?: Trx): Promise<void>;
  /** Works on the jobs of a lane until the stop. What dead processes had in hand is taken up within seconds. */
  work<T, R extends object>(queue: QueueSettings, worker: Worker<T, R>): Promise<void>;
  find(id: string): Promise<JobState | null>;
  /** Newest first; up to `limit`. */
  list(asked: { status: JobStatus; limit: number; after?: Cursor | undefined }): Promise<JobState[]>;
  /** Begins a failed job anew, under its id. False when it is not failed, or somebody else has just done so. */
  replay(id: string): Promise<boolean>;
  depth(): Promise<QueueDepth[]>;
  /** Jobs of a lane that wait, as it was at most a second ago: cheap enough to ask for each request. */
  waitingIn(queue: string): Promise<number>;
  /** Jobs that wait, in all lanes; throws when the queue cannot be reached. */
  waiting(): Promise<number>;
  /** Takes nothing more up from the lanes; what is in hand goes on. The first step of a stop. */
  rest(): Promise<void>;
  /** Waits for what is being done, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface JobsParts {
  readonly database: Database;
  readonly log: Log;
  /** The number of this process (see platform/db/presence). */
  readonly owner: number;
  readonly onAttempt?: OnAttempt;
}

export async function openJobs({ database, log, owner, onAttempt }: JobsParts): Promise<Jobs> {
  const { db } = database;
  const boss = new PgBoss({
    connectionString: database.url,
    schema: 'jobs',
    max: 5,
    application_name: 'signalbox-jobs',
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue reported an error'));
  await boss.start();
  const lanes = createLanes(boss);
  const repeated = createRepeated(boss, log);
  const parts = {
    boss,
    db,
    log,
    owner,
    inHand: createInHand(),
    onAttempt: onAttempt ?? ignore,
    queues: () => lanes.names,
  };
  let orphans: Promise<() => void> | undefined;
  return {
    ...repeated,
    ...lanes,
    async work(queue, worker) {
      await lanes.define(queue);
      orphans ??= takeUpOrphans(parts);
      await orphans;
      await runWorker(parts, queue, worker);
    },
    find: (id) => findJob(db, lanes.names, id),
    list: (asked) => listJobs(db, { queues: lanes.names, ...asked }),
    async replay(id) {
      const job = await findJob(db, lanes.names, id);
      if (job?.status !== 'failed') return false;
      await forgetClaim(db, id);
      const { affected } = (await boss.retry(job.queue, id)) as { affected?: number };
      return affected === 1;
    },
    depth: () => readDepth(db, lanes.names),
    waitingIn: rememberFor(1_000, (queue) => countWaiting(db, queue)),
    async waiting() {
      const depths = await readDepth(db, [...lanes.names, ...repeated.names]);
      return depths.reduce((sum, { waiting }) => sum + waiting, 0);
    },
    async rest() {
      const worked = lanes.names.flatMap((name) => [name, givenUpOf(name)]);
      await Promise.all(worked.map((name) => boss.offWork(name, { wait: false })));
    },
    async stop(graceMs) {
      repeated.end();
      (await orphans)?.();
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}

const ignore: OnAttempt = () => undefined;

const repeatedQueue = { retryLimit: 2, retryDelay: 5, policy: 'short' } as const;

function createRepeated(boss: PgBoss, log: Log) {
  const timers: NodeJS.Timeout[] = [];
  const names: string[] = [];
  return {
    names,
    async repeat(name: string, everySeconds: number, work: () => Promise<void>): Promise<void> {
      names.push(name);
      await boss.createQueue(name, repeatedQueue);
      await boss.work(name, { pollingIntervalSeconds: 1 }, () =>
        work().catch((error) => {
          // The queue only notes it in its own table, where nobody looks.
          log.warn({ err: error, job: name }, 'a job failed');
          throw error;
        }),
      );
      const send = () =>
        void boss
          .send(name, {}, { singletonSeconds: everySeconds })
          .catch((error) => log.warn({ err: error, job: name }, 'a job could not be sent'));
      if (everySeconds > 0) timers.push(setInterval(send, everySeconds * 1000).unref());
    },
    async trigger(name: string): Promise<void> {
      // No worker may have run on this database yet.
      await boss.createQueue(name, repeatedQueue);
      await boss.send(name, {});
    },
    end(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

/** Asks at most once in `ms` for each key; those who come meanwhile get the same answer. */
function rememberFor<K, V>(ms: number, ask: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const last = new Map<K, { at: number; value: Promise<V> }>();
  return (key) => {
    const known = last.get(key);
    if (known !== undefined && performance.now() - known.at < ms) return known.value;
    const value = ask(key);
    last.set(key, { at: performance.now(), value });
    value.catch(() => last.delete(key));
    return value;
  };
}
