/**
 * A worker process of its own: does the jobs of the lane `trial` and writes each that it does into the table `done`. A
 * job `{kind: "kill"}` ends the process, as a crash of a native library would.
 */
import pg from 'pg';
import { announcePresence, createLog, openDatabase, openJobs } from '../../src/platform/index.ts';

const url = process.argv[2]!;
const owner = 1 + Math.floor(Math.random() * 2 ** 40);
const database = openDatabase(url);
const pool = new pg.Pool({ connectionString: url, max: 2 });
await announcePresence(url, owner, () => undefined);
const jobs = await openJobs({ database, owner, log: createLog('silent') });
await jobs.work<{ kind: string; n: number }, object>(
  { name: 'trial', attempts: 3, timeLimitSeconds: 30, batch: 10, workers: 1 },
  {
    async work({ id, data }) {
      if (data.kind === 'kill') process.kill(process.pid, 'SIGKILL');
      await pool.query('insert into done (job_id, n) values ($1, $2)', [id, data.n]);
      return { n: data.n };
    },
    async giveUp({ id, error }) {
      await pool.query('insert into given_up (job_id, code) values ($1, $2)', [id, error.code]);
    },
  },
);
process.stdout.write('works\n');
