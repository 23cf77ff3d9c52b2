import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createLog,
  type Database,
  type Jobs,
  newId,
  openDatabase,
  openJobs,
  type QueueSettings,
} from '../../../src/platform/index.ts';
import { SignalboxError } from '../../../src/ticket/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** Lanes by themselves, with work that misbehaves as it is told. */
let test: TestDatabase;
let database: Database;
let jobs: Jobs;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  jobs = await openJobs({ database, log: createLog('silent'), owner: 1 });
});
afterAll(async () => {
  await jobs.stop(1_000);
  await database.close();
  await test.drop();
});

const lane = (name: string, more: Partial<QueueSettings> = {}): QueueSettings => ({
  name,
  attempts: 3,
  timeLimitSeconds: 30,
  batch: 2,
  workers: 1,
  ...more,
});

const statusOf = async (id: string) => (await jobs.find(id))?.status;
const becomes = (id: string, status: string) => expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe(status);

it('the urgent go first, and within a priority who came first', async () => {
  const queue = lane('urgency');
  await jobs.define(queue);
  const names = ['low 1', 'high 1', 'low 2', 'critical', 'high 2'];
  const ids: string[] = [];
  for (const name of names) {
    const id = newId();
    ids.push(id);
    await jobs.send(queue.name, {
      id,
      data: { name },
      priority: name === 'critical' ? 3 : name.startsWith('high') ? 2 : 0,
    });
  }
  const begun: string[] = [];
  await jobs.work<{ name: string }, object>(queue, {
    work: async ({ data }) => ({ at: begun.push(data.name) }),
    giveUp: async () => undefined,
  });
  await Promise.all(ids.map((id) => becomes(id, 'done')));
  expect(begun).toEqual(['critical', 'high 1', 'high 2', 'low 1', 'low 2']);
});

it('a passing failure is tried again; one for good is not, and a second job of the same id is none', async () => {
  const queue = lane('failures');
  const [passing, lasting, hopeless] = [newId(), newId(), newId()];
  const begun = new Map<string, number>();
  const givenUp: unknown[] = [];
  await jobs.work<object, object>(queue, {
    async work({ id }) {
      const attempt = (begun.get(id) ?? 0) + 1;
      begun.set(id, attempt);
      if (id === lasting) throw new SignalboxError('client-id-conflict', 'Use another id.');
      if (id === hopeless || attempt === 1) throw new SignalboxError('database-unavailable', 'It is away.');
      return { attempt };
    },
    giveUp: async ({ id, error }) => void givenUp.push([id, error.code]),
  });
  for (const id of [passing, passing, lasting, hopeless]) await jobs.send(queue.name, { id, data: {}, priority: 0 });
  await Promise.all([becomes(passing, 'done'), becomes(lasting, 'failed'), becomes(hopeless, 'failed')]);
  expect(await jobs.find(passing)).toMatchObject({ attempts: 2, result: { attempt: 2 }, error: null });
  expect(await jobs.find(lasting)).toMatchObject({ attempts: 1, result: null, error: { code: 'client-id-conflict' } });
  expect(await jobs.find(hopeless)).toMatchObject({ attempts: 3, error: { code: 'database-unavailable' } });
  await expect.poll(() => givenUp.length).toBe(2);
  expect(givenUp).toEqual([
    [lasting, 'client-id-conflict'],
    [hopeless, 'database-unavailable'],
  ]);
});

it('a job that hangs is given up after its time, and those that came with it are done before that', async () => {
  const queue = lane('hanging', { attempts: 1, timeLimitSeconds: 3, batch: 10 });
  const [stuck, quick] = [newId(), newId()];
  const { promise: toldOfEnd, resolve: endIt } = Promise.withResolvers<unknown>();
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<unknown>();
  await jobs.define(queue);
  for (const id of [stuck, quick]) await jobs.send(queue.name, { id, data: {}, priority: 0 });
  await jobs.work<object, object>(queue, {
    async work({ id }, signal) {
      if (id === quick) return {};
      signal.addEventListener('abort', () => endIt(signal.reason));
      return new Promise(() => undefined);
    },
    giveUp: async ({ id, error }) => giveUp([id, error.code]),
  });
  await becomes(quick, 'done');
  expect(await statusOf(stuck)).toBe('processing');
  expect(await toldOfEnd).toMatchObject({ code: 'job-stuck' });
  expect(await givenUp).toEqual([stuck, 'job-stuck']);
  expect(await jobs.find(stuck)).toMatchObject({ status: 'failed', error: { code: 'job-stuck' } });
});

it('a given-up job is begun anew under its id, by one of two who ask at once', async () => {
  const queue = lane('replayed', { attempts: 1 });
  const id = newId();
  let mended = false;
  await jobs.work<object, object>(queue, {
    async work() {
      if (!mended) throw new SignalboxError('invalid-state', 'Not yet.');
      return { mended };
    },
    giveUp: async () => undefined,
  });
  await jobs.send(queue.name, { id, data: {}, priority: 0 });
  await becomes(id, 'failed');
  mended = true;
  expect((await Promise.all([jobs.replay(id), jobs.replay(id)])).sort()).toEqual([false, true]);
  await becomes(id, 'done');
  expect(await jobs.find(id)).toMatchObject({ result: { mended: true }, error: null, attempts: 2 });
});

it('a job that is sent in a transaction is there when that is committed, and not at all when it is not', async () => {
  const queue = lane('transactions');
  await jobs.define(queue);
  const [kept, dropped] = [newId(), newId()];
  await database.transaction(async (trx) => {
    await jobs.send(queue.name, { id: kept, data: {}, priority: 0 }, trx);
    expect(await jobs.find(kept)).toBeNull();
  });
  const undone = database.transaction(async (trx) => {
    await jobs.send(queue.name, { id: dropped, data: {}, priority: 0 }, trx);
    throw new Error('never mind');
  });
  await expect(undone).rejects.toThrow();
  expect([await statusOf(kept), await statusOf(dropped)]).toEqual(['pending', undefined]);
  expect((await jobs.depth()).find((d) => d.queue === queue.name)).toMatchObject({ waiting: 1, active: 0, failed: 0 });
});

async function startWorkerProcess(): Promise<ChildProcess> {
  const script = resolve(import.meta.dirname, '../../support/jobs-process.ts');
  const child = spawn(process.execPath, [script, test.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  return child;
}

it('a job that ends its process is found out; those beside it are done, within seconds of the next start', async () => {
  const client = new pg.Client({ connectionString: test.url });
  await client.connect();
  await client.query('create table done (job_id uuid, n int); create table given_up (job_id uuid, code text)');
  const queue = lane('trial', { batch: 10 });
  await jobs.define(queue);
  const killer = newId();
  const others = Array.from({ length: 20 }, newId);
  await jobs.send(queue.name, { id: killer, data: { kind: 'kill', n: -1 }, priority: 3 });
  for (const [n, id] of others.entries()) await jobs.send(queue.name, { id, data: { kind: 'work', n }, priority: 0 });
  for (let round = 0; (await statusOf(killer)) !== 'failed'; round++) {
    expect(round).toBeLessThan(7);
    const worker = await startWorkerProcess();
    const gone = once(worker, 'exit');
    const found = becomes(killer, 'failed').then(() => worker.kill('SIGTERM'));
    await Promise.race([gone, found]);
    found.catch(() => undefined);
  }
  expect(await jobs.find(killer)).toMatchObject({ error: { code: 'job-stuck' } });
  const last = await startWorkerProcess();
  const began = performance.now();
  await Promise.all(others.map((id) => becomes(id, 'done')));
  expect(performance.now() - began).toBeLessThan(15_000);
  await expect
    .poll(async () => (await client.query('select job_id, code from given_up')).rows, { timeout: 40_000 })
    .toEqual([{ job_id: killer, code: 'job-stuck' }]);
  const gone = once(last, 'exit');
  last.kill('SIGKILL');
  await gone;
  await client.end();
}, 180_000);
