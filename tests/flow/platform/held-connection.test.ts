import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenTo } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { query } from '../../support/serve-postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('empty');
});
afterAll(() => database?.drop());

/** A way to the database that can fall silent without a word, as one through a firewall does. */
async function openWay(url: string) {
  const there = new URL(url);
  const folder = there.searchParams.get('host');
  const open = (): Socket =>
    folder === null ? connect(Number(there.port || 5432), there.hostname) : connect(join(folder, '.s.PGSQL.5432'));
  const pairs: [Socket, Socket][] = [];
  const server = createServer((here) => {
    const far = open();
    for (const socket of [here, far]) socket.on('error', () => undefined);
    here.pipe(far);
    far.pipe(here);
    pairs.push([here, far]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const through = new URL(url);
  through.searchParams.delete('host');
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.href,
    fallSilent() {
      for (const [here, far] of pairs) {
        here.unpipe(far);
        far.unpipe(here);
      }
    },
    close() {
      for (const sockets of pairs) for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

it('a connection that falls silent is noticed and made anew, and what was missed is looked for', async () => {
  const way = await openWay(database.url);
  const heard: (string | undefined)[] = [];
  const listening = await listenTo(way.url, ['news'], {
    heard: (_, payload) => void heard.push(payload),
    onError: () => undefined,
    asking: { everyMs: 50, answerMs: 200 },
  });
  expect(heard).toEqual([undefined]);
  way.fallSilent();
  await query(database.url, `select pg_notify('news', 'lost')`);
  await expect.poll(() => heard, { timeout: 15_000, interval: 10 }).toEqual([undefined, undefined]);
  await query(database.url, `select pg_notify('news', 'heard again')`);
  await expect.poll(() => heard.at(-1), { timeout: 10_000, interval: 10 }).toBe('heard again');
  await listening.close();
  way.close();
}, 60_000);
