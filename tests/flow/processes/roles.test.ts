import { afterAll, beforeAll, expect, it } from 'vitest';
import { callJson, startTestServer, type TestServer } from '../../support/server.ts';

/** A worker that others can reach. */
const adminKey = 'an-admin-key-for-tests';
let worker: TestServer;
beforeAll(async () => {
  worker = await startTestServer({
    SIGNALBOX_ROLE: 'worker',
    HOST: '0.0.0.0',
    SIGNALBOX_ADMIN_KEY: adminKey,
    RATE_LIMIT: '30',
  });
}, 120_000);
afterAll(() => worker?.stop());

const get = (path: string, key?: string) =>
  callJson(`http://127.0.0.1:${new URL(worker.url).port}`, {
    method: 'GET',
    path,
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
  });

it('a worker says how it is to everybody, its metrics to who has a key, and answers nothing else', async () => {
  expect(await get('/health')).toMatchObject({ status: 200, body: { role: 'worker', processes: { worker: 1 } } });
  expect((await get('/ready')).status).toBe(200);
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/processes')).status).toBe(401);
  const { status, body } = await get('/metrics', adminKey);
  expect(status).toBe(200);
  expect(body).toContain('signalbox_watchdog_restarts_total');
  for (const path of ['/stats', '/tickets', '/docs', '/ui', '/'])
    expect(await get(path, adminKey)).toMatchObject({ status: 404, body: { detail: expect.stringMatching(/worker/) } });
});

it('a worker counts guesses of keys as every server does', async () => {
  const seen: number[] = [];
  for (let n = 0; n < 40; n++) seen.push((await get('/metrics', `a-guess-number-${n}`)).status);
  expect(seen.at(-1)).toBe(429);
  expect((await get('/metrics', adminKey)).status).toBe(200);
  expect((await get('/health')).status).toBe(200);
});
