import { PgBoss } from 'pg-boss';
import type { Log } from './log.ts';

/**
 * Background jobs on pg-boss, in the schema `jobs` of the same database. A repeated job is sent by every
 * process and done once per interval (singleton), so that several processes need no leader.
 */
export interface Jobs {
  /** Does `work` about every `everySeconds`, by one of all processes. */
  repeat(name: string, everySeconds: number, work: () => Promise<void>): Promise<void>;
  /** Asks for one run now; while one waits, a second asking joins it. */
  trigger(name: string): Promise<void>;
  /** Jobs that wait; throws when the queue cannot be reached. */
  waiting(): Promise<number>;
  /** Waits for what is being done, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export async function startJobs(url: string, log: Log): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: url, schema: 'jobs', max: 3, application_name: 'signalbox-jobs' });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue reported an error'));
  await boss.start();
  const timers: NodeJS.Timeout[] = [];
  const names: string[] = [];
  return {
    async repeat(name, everySeconds, work) {
      names.push(name);
      await boss.createQueue(name, { retryLimit: 2, retryDelay: 5, policy: 'short' });
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
    async trigger(name) {
      await boss.send(name, {});
    },
    async waiting() {
      const queues = await Promise.all(names.map((name) => boss.getQueueStats(name)));
      return queues.flat().reduce((sum, queue) => sum + queue.queuedCount, 0);
    },
    async stop(graceMs) {
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}
