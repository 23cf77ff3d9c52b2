import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { get, keepSending, routeTicket, type Sender, storedIds } from './support.ts';

/** Several servers on one data folder, with the PostgreSQL that one of them runs. */
const folder = temporaryFolder();
let servers: ServerProcess[];

const start = (settings: Record<string, string> = {}) =>
  startServerProcess({ SIGNALBOX_DATA: folder.path, LOG_LEVEL: 'warn', ...settings });
const ownerOf = () => {
  const { pid } = JSON.parse(readFileSync(join(folder.path, 'running.json'), 'utf8')) as { pid: number };
  return servers.find((server) => server.pid === pid)!;
};

beforeAll(async () => {
  lendStarterModel(folder.path);
  // At the same instant, on an empty folder: one makes the database, all wait for its tables.
  servers = await Promise.all([start(), start(), start({ SIGNALBOX_ROLE: 'api' })]);
}, 180_000);
afterAll(async () => {
  for (const server of servers ?? []) await server.kill('SIGTERM');
  folder.remove();
});

it('each of them sees what another one stored', async () => {
  const ids: string[] = [];
  for (const [n, { url }] of servers.entries()) {
    const answer = await routeTicket(url, `seen-${n}`);
    expect(answer?.status).toBe(200);
    ids.push(answer!.body.ticket_id);
  }
  for (const { url } of servers) for (const id of ids) expect((await get(url, `/tickets/${id}`)).status).toBe(200);
});

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'the owner ends by %s: another takes the database over, and nothing that was accepted is lost',
  async (signal) => {
    const owner = ownerOf();
    const rest = servers.filter((server) => server !== owner);
    const sender = keepSending(rest, `by-${signal}`);
    await expect.poll(() => sender.accepted.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(40);
    await owner.kill(signal);
    const before = sender.accepted.size;
    await expect.poll(() => sender.accepted.size, { timeout: 15_000, interval: 20 }).toBeGreaterThan(before + 40);
    await sender.stop();
    expect(rest).toContain(ownerOf());
    await expectKept(sender, `by-${signal}`);
    servers = [...rest, await start()];
  },
  120_000,
);

async function expectKept(sender: Sender, prefix: string): Promise<void> {
  for (const { status, body, headers } of sender.refused) {
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'database-unavailable' });
    expect(headers.get('retry-after')).not.toBeNull();
  }
  expect(sender.unknown.size).toBe(0);
  for (const { url } of servers.filter((server) => server.isRunning())) {
    const stored = await storedIds(url, prefix);
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored).toEqual(expect.arrayContaining([...sender.accepted]));
  }
}
