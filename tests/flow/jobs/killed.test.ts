import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { allTickets, readJob, sendJob } from './world.ts';

/**
 * The fault test that counts: a real server is ended with SIGKILL at twenty points among 1,000 jobs, in the midst of
 * accepting and of working. Every accepted job is done once; each has one ticket; no ticket is there twice.
 */
const kills = 20;
const total = 1_000;

const folder = temporaryFolder();
let database: TestDatabase;
let environment: Record<string, string>;
let running: ServerProcess | undefined;
let watcher: pg.Client;

beforeAll(async () => {
  lendStarterModel(folder.path);
  database = await createTestDatabase();
  // A start is nearly all of this test's time; what one calm run leaves in the cache takes a quarter of it away.
  const cache = join(folder.path, 'compiled');
  environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url, NODE_COMPILE_CACHE: cache };
  await (await startServerProcess(environment)).kill('SIGTERM');
  watcher = new pg.Client({ connectionString: database.url });
  await watcher.connect();
}, 60_000);
afterAll(async () => {
  await running?.kill('SIGKILL');
  await watcher.end();
  await database.drop();
  folder.remove();
});

/** The same points each time: a linear congruential generator with a fixed seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const texts = [
  'Production is down, nothing works',
  'Wo finde ich meine Rechnung?',
  'I cannot sign in since this morning',
  'Bitte kündigen Sie meinen Vertrag',
];

const bodyOf = (i: number) => ({ subject: `Question ${i}`, body: `${texts[i % 4]} (${i})`, ticket_id: `killed-${i}` });

async function doneCount(): Promise<number> {
  const rows = await watcher.query<{ n: number }>(
    `select count(*)::int as n from jobs.job where name = 'tickets-route' and state = 'completed'`,
  );
  return rows.rows[0]?.n ?? 0;
}

/** What is not done, with all that is known of it. */
async function notDone(): Promise<object[]> {
  const { rows } = await watcher.query<object>(
    `select j.state, j.retry_count, j.output, c.losses, c.begun, count(*)::int as n
     from jobs.job j left join platform.job_claims c on c.job_id = j.id
     where j.name = 'tickets-route' and j.state <> 'completed' group by 1, 2, 3, 4, 5`,
  );
  return rows;
}

/** Sends until all are accepted, and stops when the server is gone: what got no 202 is sent again to the next one. */
async function sendAll(url: string, accepted: Map<number, string>, most: number): Promise<void> {
  const left = Array.from({ length: total }, (_, i) => i).filter((i) => !accepted.has(i));
  const sendNext = async (): Promise<void> => {
    for (let i = left.shift(); i !== undefined && accepted.size < most; i = left.shift()) {
      const answer = await sendJob(url, bodyOf(i)).catch(() => null);
      if (answer === null) return;
      if (answer.status === 202) accepted.set(i, answer.body.job_id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, sendNext));
}

it('does each of 1,000 jobs once, however often its process is killed', async () => {
  const random = seeded(20_261_120);
  const accepted = new Map<number, string>();
  running = await startServerProcess(environment);
  for (let kill = 0; kill < kills; kill++) {
    // Two thirds are accepted little by little, the rest comes at the end: each kill meets jobs that wait.
    const most = Math.ceil(((kill + 1) / kills) * total * 0.9) + 60;
    const sending = sendAll(running.url, accepted, most);
    const before = await doneCount();
    const point = before + Math.floor(random() * 45);
    await expect.poll(doneCount, { timeout: 30_000, interval: 3 }).toBeGreaterThanOrEqual(Math.min(point, total));
    await running.kill('SIGKILL');
    await sending;
    running = await startServerProcess(environment);
  }
  await sendAll(running.url, accepted, total);
  expect(accepted.size).toBe(total);
  // A job whose 202 was lost with its process is sent again: there may be some more jobs than tickets.
  await expect.poll(notDone, { timeout: 60_000, interval: 50 }).toEqual([]);

  const { url } = running;
  const tickets = await allTickets(url);
  const byClient = new Map(tickets.map((t) => [t.client_ticket_id, t.id]));
  expect(tickets, 'no ticket is stored twice').toHaveLength(total);
  expect(byClient.size).toBe(total);
  for (const [i, jobId] of accepted) {
    const job = await readJob(url, jobId);
    expect(job, `killed-${i}`).toMatchObject({ status: 'done', result: { ticket_id: byClient.get(`killed-${i}`) } });
  }
  await expectEachReceivedOnce();
}, 900_000);

/** What was done stands in the ledger: each ticket came in once and was given to one person. */
async function expectEachReceivedOnce(): Promise<void> {
  const rows = await watcher.query<{ action: string; n: number; tickets: number }>(
    `select action, count(*)::int as n, count(distinct subject_id)::int as tickets from platform.ledger
     where subject_type = 'ticket' and action in ('ticket-received', 'ticket-assigned') group by action`,
  );
  for (const { action, n, tickets } of rows.rows) expect(n, action).toBe(tickets);
  expect(rows.rows.find((r) => r.action === 'ticket-received')?.n).toBe(total);
}
