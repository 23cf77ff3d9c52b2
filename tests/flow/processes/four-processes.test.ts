import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callJson, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { get, keepSending, storedIds } from './support.ts';

/** Two that answer and two that work, each with a data folder of its own as on four machines, on one PostgreSQL. */
const folders = [1, 2, 3, 4].map(() => temporaryFolder());
let database: TestDatabase;
let apis: ServerProcess[];
let workers: ServerProcess[];

const start = (role: 'api' | 'worker', n: number) =>
  startServerProcess({ SIGNALBOX_ROLE: role, SIGNALBOX_DATA: folders[n]!.path, DATABASE_URL: database.url });

beforeAll(async () => {
  for (const { path } of folders) lendStarterModel(path);
  database = await createTestDatabase('empty');
  // At the same instant on an empty database: one makes the tables, the others wait for them.
  const [a, b, c, d] = await Promise.all([start('api', 0), start('api', 1), start('worker', 2), start('worker', 3)]);
  apis = [a, b];
  workers = [c, d];
}, 240_000);
afterAll(async () => {
  for (const server of [...(apis ?? []), ...(workers ?? [])]) await server.kill('SIGTERM');
  await database?.drop();
  for (const folder of folders) folder.remove();
});

interface Job {
  readonly job_id: string;
  readonly status: string;
  readonly attempts: number;
}

it('know of each other', async () => {
  for (const { url } of [...apis, ...workers]) {
    const { status, body } = await get<{ processes: object }>(url, '/health');
    expect({ status, processes: body.processes }).toEqual({ status: 200, processes: { all: 0, api: 2, worker: 2 } });
  }
});

it('what one is told all know: knowledge, agents and an Idempotency-Key', async () => {
  const [one, two] = apis as [ServerProcess, ServerProcess];
  const agent = { name: 'Agent_X', skills: { Billing: 1 }, capacity: 3 };
  const put = await callJson(one.url, { method: 'PUT', path: '/agents/Agent_X', body: agent });
  expect(put.status).toBeLessThan(300);
  expect(JSON.stringify((await get(two.url, '/agents')).body)).toContain('Agent_X');
  const documents = (url: string) => get<{ documents: number }>(url, '/knowledge/status');
  expect((await documents(one.url)).body).toMatchObject({ documents: (await documents(two.url)).body.documents });
  const send = ({ url }: ServerProcess) =>
    callJson<{ ticket_id: string }>(url, {
      method: 'POST',
      path: '/route',
      body: { subject: 'Invoice', body: 'The VAT id is missing.' },
      headers: { 'idempotency-key': 'the-same-on-both' },
    });
  const [first, second] = [await send(one), await send(two)];
  expect(second.body.ticket_id).toBe(first.body.ticket_id);
}, 60_000);

it('an api and a worker are killed in the middle: everything accepted is done, once', async () => {
  const sender = keepSending(apis, 'killed');
  const accepted: string[] = [];
  const submit = async (n: number) => {
    const body = { subject: 'Invoice', body: 'The VAT id is missing.', ticket_id: `job-${n}` };
    for (const { url } of [apis[n % 2]!, apis[(n + 1) % 2]!]) {
      const answer = await callJson<Job>(url, { method: 'POST', path: '/route/async', body }).catch(() => null);
      if (answer?.status !== 202) continue;
      accepted.push(answer.body.job_id);
      return;
    }
  };
  for (let n = 0; n < 60; n++) {
    await submit(n);
    if (n === 20) await workers[0]!.kill('SIGKILL');
    if (n === 40) await apis[0]!.kill('SIGKILL');
  }
  const living = apis[1]!;
  expect(accepted.length).toBe(60);
  const before = sender.accepted.size;
  await expect.poll(() => sender.accepted.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before + 20);
  await sender.stop();
  const stateOf = async (id: string) => (await get<Job>(living.url, `/route/async/${id}`)).body.status;
  await expect
    .poll(async () => new Set(await Promise.all(accepted.map(stateOf))), { timeout: 60_000, interval: 200 })
    .toEqual(new Set(['done']));
  for (const prefix of ['killed', 'job']) {
    const stored = await storedIds(living.url, `${prefix}-`);
    expect(new Set(stored).size).toBe(stored.length);
    if (prefix === 'killed') expect(stored).toEqual(expect.arrayContaining([...sender.accepted]));
    else expect(stored).toHaveLength(60);
  }
  const { body } = await get<{ processes: object }>(living.url, '/health');
  expect(body.processes).toEqual({ all: 0, api: 1, worker: 1 });
}, 180_000);

it('one after the other is started anew while the others go on', async () => {
  apis[0] = await start('api', 0);
  workers[0] = await start('worker', 2);
  const sender = keepSending(apis, 'rolling', 2);
  for (const [n, role] of ['api', 'worker'].entries()) {
    const list = role === 'api' ? apis : workers;
    expect(await list[1]!.kill('SIGTERM')).toBe(0);
    list[1] = await start(role as 'api' | 'worker', n === 0 ? 1 : 3);
  }
  const before = sender.accepted.size;
  await expect.poll(() => sender.accepted.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before + 10);
  await sender.stop();
  const stored = await storedIds(apis[1]!.url, 'rolling-');
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining([...sender.accepted]));
}, 180_000);
