import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase } from '../../support/database.ts';
import { callJson, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

const folder = temporaryFolder();
lendStarterModel(folder.path);
let running: ServerProcess | undefined;
afterEach(async () => {
  await running?.kill('SIGKILL');
  running = undefined;
});
afterAll(() => folder.remove());

const refused = async (environment: Record<string, string>) => {
  const error = await startServerProcess(environment).then(
    (server) => server.kill('SIGKILL').then(() => new Error('it started')),
    (e: Error) => e,
  );
  return error.message;
};

describe('a start that cannot be', () => {
  it.each([
    ['a wrong port', { PORT: '99999' }, /PORT="99999" is not valid/],
    [
      'a variable of a part that is not built',
      { NEO4J_URI: 'bolt://x.example' },
      /NEO4J_URI is set, but the Neo4j graph is not built yet/,
    ],
    ['an open address without a key', { HOST: '0.0.0.0' }, /set SIGNALBOX_ADMIN_KEY/],
    [
      'a database that is not there',
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      /DATABASE_URL names cannot be reached/,
    ],
  ])('%s ends with one line that says what to do, and exit code 1', async (_, environment, words) => {
    const message = await refused({ SIGNALBOX_DATA: folder.path, ...environment });
    expect(message).toMatch(/ended with code 1/);
    expect(message).toMatch(words);
    expect(message).not.toMatch(/\n\s+at /);
  });

  it('a database that has no connection left', async () => {
    const database = await createTestDatabase();
    const { db, close } = openDatabase(database.url, { poolSize: 1 });
    const role = `few_${Date.now()}`;
    await sql.raw(`create role ${role} login connection limit 4`).execute(db);
    await sql.raw(`do $$ begin execute format('grant %I to ${role}', current_user); end $$`).execute(db);
    const url = new URL(database.url);
    url.username = role;
    const message = await refused({ SIGNALBOX_DATA: folder.path, DATABASE_URL: url.href });
    expect(message).toMatch(/no connection left.*DATABASE_POOL/);
    expect(message).not.toMatch(/\n\s+at /);
    await close();
    await database.drop();
  });

  it('a port in use', async () => {
    const database = await createTestDatabase();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await refused({ SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url, PORT: String(port) })).toMatch(
      new RegExp(`Port ${port} on 127.0.0.1 is in use`),
    );
    await new Promise((resolve) => other.close(resolve));
    await database.drop();
  });
});

/** A client that writes `text` and then nothing; resolves when it is connected and the text is sent. */
function hold(url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, () => resolve(socket)));
    socket.once('error', reject);
  });
}

describe('a calm stop', () => {
  it('ends within 15 s whatever clients do', async () => {
    const database = await createTestDatabase();
    running = await startServerProcess({ SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url });
    const head = 'POST /route HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const held = await Promise.all(
      ['', 'GET /stats HTTP/1.1\r\nHost: loc', `${head}Content-Length: 100\r\n\r\n{"subject":`].map((text) =>
        hold(running!.url, text),
      ),
    );
    for (const socket of held) socket.on('error', () => undefined);
    expect((await callJson(running.url, { method: 'GET', path: '/ready' })).status).toBe(200);
    const began = performance.now();
    expect(await running.kill('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
    for (const socket of held) socket.destroy();
    await database.drop();
  }, 180_000);

  it('finishes what is in flight, and loses nothing', async () => {
    const database = await createTestDatabase();
    const environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url };
    running = await startServerProcess(environment);
    const { url } = running;
    const acknowledged: string[] = [];
    let answered = 0;
    const requests = Array.from({ length: 60 }, async (_, i) => {
      const { status, body } = await callJson<{ ticket_id: string }>(url, {
        method: 'POST',
        path: '/answer',
        body: { message: `Where are my invoices? ${i}` },
      });
      answered++;
      if (status === 200) acknowledged.push(body.ticket_id);
    });
    const all = Promise.allSettled(requests);
    await expect.poll(() => answered, { timeout: 60_000, interval: 5 }).toBeGreaterThan(5);
    expect(await running.kill('SIGTERM')).toBe(0);
    await all;
    expect(acknowledged.length).toBeGreaterThan(5);
    running = await startServerProcess(environment);
    for (const id of acknowledged)
      expect((await callJson(running.url, { method: 'GET', path: `/tickets/${id}` })).status).toBe(200);
    const processing = await callJson<{ items: unknown[] }>(running.url, {
      method: 'GET',
      path: '/tickets?status=processing',
    });
    expect(processing.body.items).toHaveLength(0);
    await running.kill('SIGTERM');
    await database.drop();
  }, 180_000);
});
