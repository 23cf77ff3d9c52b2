import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog, type RunningPostgres, startPostgres } from '../../../src/platform/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { allTickets, ended, sendJob } from './world.ts';

/** The database ends in the midst of 300 jobs and comes back: nothing that was accepted is lost, nothing done twice. */
const log = createLog('silent');
let folder: string;
let postgres: RunningPostgres;
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-jobs-away-'));
  postgres = await startPostgres({ dataFolder: folder, log });
  server = await startTestServer({ DATABASE_URL: postgres.url });
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('jobs go on where they were when the database is back', async () => {
  const body = (i: number) => ({ subject: 'Invoice', body: `The VAT id is missing (${i}).`, ticket_id: `away-${i}` });
  const accepted = new Map<number, string>();
  const sending = Array.from({ length: 300 }, async (_, i) => {
    const answer = await sendJob(server.url, body(i)).catch(() => null);
    if (answer?.status === 202) accepted.set(i, answer.body.job_id);
  });
  await expect.poll(() => accepted.size, { timeout: 20_000, interval: 2 }).toBeGreaterThan(50);
  await postgres.stop({ fast: 0, immediate: 10_000 });
  await Promise.all(sending);
  postgres = await startPostgres({ dataFolder: folder, log });
  for (const [, id] of accepted) expect(await ended(server.url, id, 60_000)).toMatchObject({ status: 'done' });
  const tickets = (await allTickets(server.url)).map((t) => t.client_ticket_id);
  expect(new Set(tickets).size).toBe(tickets.length);
  for (const [i] of accepted) expect(tickets).toContain(`away-${i}`);
}, 240_000);
