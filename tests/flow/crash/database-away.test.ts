import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog, parseConfig, type RunningPostgres, startPostgres } from '../../../src/platform/index.ts';
import { type App, startApp } from '../../../src/wiring.ts';
import { callJson } from '../../support/server.ts';
import { lendStarterModel, startServerProcess } from '../../support/server-process.ts';

/** The database goes away under a running server and comes back; a PostgreSQL of this test's own is stopped for it. */
let folder: string;
let postgres: RunningPostgres;
let app: App;
const log = createLog('silent');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-away-'));
  postgres = await startPostgres({ dataFolder: folder, log });
  const config = parseConfig({
    PORT: '0',
    AUTO_SYNC_INTERVAL: '0',
    SIGNALBOX_DATA: join(tmpdir(), 'signalbox-test-data'),
    DATABASE_URL: postgres.url,
  });
  app = await startApp(config, { log, checkResponses: true });
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const route = (n: number) =>
  callJson<{ ticket_id: string; code: string; detail: string }>(app.url, {
    method: 'POST',
    path: '/route',
    body: { subject: 'Invoice', body: 'The VAT id is missing.', ticket_id: `away-${n}` },
  });

it('says 503 with what to do while it is away, and goes on by itself when it is back', async () => {
  expect((await route(1)).status).toBe(200);
  await postgres.stop();
  const refused = await route(2);
  expect(refused).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(refused.body.detail).toMatch(/send it again/);
  expect(await callJson(app.url, { method: 'GET', path: '/health' })).toMatchObject({
    status: 503,
    body: { status: 'unhealthy' },
  });
  const answer = await callJson(app.url, {
    method: 'POST',
    path: '/answer',
    body: { message: 'Where are my invoices?' },
  });
  expect(answer.status).toBe(503);

  postgres = await startPostgres({ dataFolder: folder, log });
  await expect.poll(async () => (await route(2)).status, { timeout: 30_000 }).toBe(200);
  expect(await callJson(app.url, { method: 'GET', path: '/tickets?q=VAT' })).toMatchObject({
    status: 200,
    body: { items: [{ client_ticket_id: 'away-2' }, { client_ticket_id: 'away-1' }] },
  });
  await expect
    .poll(async () => (await callJson(app.url, { method: 'GET', path: '/ready' })).status, { timeout: 30_000 })
    .toBe(200);
}, 120_000);

/** A connection that breaks between two statements of a transaction has nobody who waits for it to tell. */
it('lives on when the database ends in the midst of transactions, and answers again', async () => {
  lendStarterModel(folder);
  const server = await startServerProcess({ SIGNALBOX_DATA: folder, DATABASE_URL: postgres.url });
  try {
    for (let round = 0; round < 3; round++) {
      const load = startLoad(server.url, round);
      await expect.poll(() => load.answered(), { timeout: 60_000, interval: 5 }).toBeGreaterThan(30);
      await postgres.stop({ fast: 0, immediate: 10_000 });
      postgres = await startPostgres({ dataFolder: folder, log });
      await load.stop();
      const again = async () => (await routeAt(server.url, `back-${round}`)).status;
      await expect.poll(again, { timeout: 30_000 }).toBe(200);
    }
    expect(server.words()).not.toMatch(/Unhandled|uncaught/i);
  } finally {
    await server.kill('SIGTERM');
  }
}, 180_000);

const routeAt = (url: string, id: string) =>
  callJson(url, {
    method: 'POST',
    path: '/route',
    body: { subject: 'Invoice', body: 'The VAT id is missing.', ticket_id: id },
  }).catch(() => ({ status: 0 }));

/** Eight senders without a pause, until they are stopped. */
function startLoad(url: string, round: number): { answered(): number; stop(): Promise<unknown> } {
  let going = true;
  let answered = 0;
  const message = { message: 'How long are backups kept?' };
  const senders = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = 0; going; n++) {
      const sent =
        lane % 2 === 0
          ? routeAt(url, `load-${round}-${lane}-${n}`)
          : callJson(url, { method: 'POST', path: '/answer', body: message }).catch(() => ({ status: 0 }));
      if ((await sent).status === 200) answered++;
    }
  });
  return {
    answered: () => answered,
    stop() {
      going = false;
      return Promise.all(senders);
    },
  };
}
