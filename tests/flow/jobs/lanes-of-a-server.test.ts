import { afterEach, expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { allTickets, ended, readJob, sendJob } from './world.ts';

/** What is left at the end of a test, last first. */
let cleaning: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaning.reverse()) await clean();
  cleaning = [];
});

async function start(settings: Record<string, string> = {}): Promise<TestServer> {
  const server = await startTestServer(settings);
  cleaning.push(() => server.stop());
  return server;
}

const body = (i: number) => ({ subject: 'Login', body: `I cannot sign in (${i})`, ticket_id: `job-${i}` });
const counts = async (server: TestServer, queue: string) => {
  const { body: text } = await server.call<string>('GET', '/metrics');
  return Number(new RegExp(`^signalbox_jobs_waiting\\{queue="${queue}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
};

it('who waits for an answer does not wait behind 500 jobs and an index that is built', async () => {
  const server = await start({ EMBEDDING_PROVIDER: 'builtin' });
  const question = (i: number) => ({ subject: 'Backups', body: `How long are backups kept? (${i})` });
  const jobs = await Promise.all([
    ...Array.from({ length: 250 }, (_, i) => sendJob(server.url, body(i))),
    ...Array.from({ length: 250 }, (_, i) =>
      server.call('POST', '/tickets', { ...question(i), customer_email: `c${i}@example.com`, evaluate: 'background' }),
    ),
  ]);
  expect(jobs.map((j) => j.status).filter((s) => s !== 202 && s !== 201)).toEqual([]);
  await server.call('POST', '/knowledge/sync');
  for (let i = 0; i < 5; i++) {
    const routed = await server.call('POST', '/route', { subject: 'Live', body: `I cannot sign in (live ${i})` });
    const answered = await server.call('POST', '/answer', { message: 'How long are backups kept?' });
    expect([routed.status, answered.status]).toEqual([200, 200]);
  }
  // Ten answers were given, and the jobs that came before them still wait.
  expect(await counts(server, 'tickets-evaluate')).toBeGreaterThan(50);
  const ids = jobs.flatMap((j) => ('job_id' in j.body ? [j.body.job_id as string] : []));
  for (const id of ids) expect((await ended(server.url, id, 60_000)).status).toBe('done');
}, 240_000);

it('a process that only accepts keeps jobs, and refuses too many of them until others have done some', async () => {
  const accepting = await start({ SIGNALBOX_ROLE: 'api', JOBS_MAX_WAITING: '5' });
  const { url } = accepting;
  const accepted: string[] = [];
  let refused: Awaited<ReturnType<typeof sendJob>> | undefined;
  await expect
    .poll(
      async () => {
        const answer = await sendJob(url, body(accepted.length));
        if (answer.status === 202) accepted.push(answer.body.job_id);
        else refused = answer;
        return answer.status;
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBe(503);
  expect(refused).toMatchObject({ body: { code: 'queue-full', detail: expect.stringMatching(/JOBS_MAX_WAITING/) } });
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await readJob(url, accepted[0]!)).status).toBe('pending');
  expect(await counts(accepting, 'tickets-route')).toBe(accepted.length);

  await start({ DATABASE_URL: accepting.databaseUrl });
  for (const id of accepted) expect(await ended(url, id)).toMatchObject({ status: 'done', attempts: 1 });
  await expect.poll(async () => (await sendJob(url, body(999))).status, { timeout: 10_000 }).toBe(202);
}, 120_000);

it('of fifteen at the same instant each is done once by two processes that work', async () => {
  const folder = temporaryFolder();
  cleaning.push(() => folder.remove());
  lendStarterModel(folder.path);
  const database = await createTestDatabase();
  cleaning.push(() => database.drop());
  const environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url, SIGNALBOX_ROLE: 'worker' };
  const workers = await Promise.all([startServerProcess(environment), startServerProcess(environment)]);
  cleaning.push(() => Promise.all(workers.map((w) => w.kill('SIGTERM'))));
  const { url } = await start({ DATABASE_URL: database.url, SIGNALBOX_ROLE: 'api' });
  const accepted = await Promise.all(Array.from({ length: 15 }, (_, i) => sendJob(url, body(i))));
  for (const { body: job } of accepted)
    expect(await ended(url, job.job_id)).toMatchObject({ status: 'done', attempts: 1 });
  const ids = (await allTickets(url)).map((t) => t.client_ticket_id);
  expect(ids.sort()).toEqual(Array.from({ length: 15 }, (_, i) => `job-${i}`).sort());
}, 240_000);

it('a calm stop finishes what is in hand and leaves the rest waiting', async () => {
  const folder = temporaryFolder();
  cleaning.push(() => folder.remove());
  lendStarterModel(folder.path);
  const watching = await start({ SIGNALBOX_ROLE: 'api' });
  const environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: watching.databaseUrl };
  const accepted = await Promise.all(Array.from({ length: 400 }, (_, i) => sendJob(watching.url, body(i))));
  let working: ServerProcess = await startServerProcess(environment);
  cleaning.push(() => working.kill('SIGKILL'));
  expect(await working.kill('SIGTERM')).toBe(0);
  const jobs = await Promise.all(accepted.map((a) => readJob(watching.url, a.body.job_id)));
  const seen = new Set(jobs.map((j) => `${j.status} after ${j.attempts}`));
  expect([...seen].filter((s) => s !== 'done after 1' && s !== 'pending after 0')).toEqual([]);
  working = await startServerProcess(environment);
  for (const { body: job } of accepted)
    expect(await ended(watching.url, job.job_id, 60_000)).toMatchObject({ status: 'done', attempts: 1 });
}, 240_000);
