import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChat } from '../../support/chat-client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callJson, startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

describe('two processes on one database', () => {
  let database: TestDatabase;
  let one: TestServer;
  let two: TestServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    const settings = { DATABASE_URL: database.url, CHAT_BURST_MS: '150' };
    one = await startTestServer(settings);
    two = await startTestServer(settings);
  });
  afterAll(async () => {
    await one?.stop();
    await two?.stop();
    await database?.drop();
  });

  it('a socket on one sees what the other answers, and tokens count on both', async () => {
    const here = await openChat(one.url, '/ws/both-1');
    const { token } = await here.frame((f) => f.type === 'session');
    const there = await openChat(two.url, `/ws/both-1?token=${token}`);
    const { status, body } = await two.call('POST', '/chat', {
      session_id: 'both-1',
      message: 'Where do I find my invoices?',
      session_token: token,
    });
    expect(status).toBe(200);
    const [a, b] = await Promise.all([here.message(), there.message()]);
    expect(a.message).toBe(body['response']);
    expect(b.message).toBe(body['response']);
    await Promise.all([here.close(), there.close()]);
  });

  it('a burst that comes in on both is answered once', async () => {
    const here = await openChat(one.url, '/ws/both-2');
    const { token } = await here.frame((f) => f.type === 'session');
    const there = await openChat(two.url, `/ws/both-2?token=${token}`);
    here.say({ message: 'I have a question' });
    there.say({ message: 'Where do I find my invoices?' });
    await Promise.all([here.message(), there.message()]);
    const { body } = await one.call<{ items: { author: string }[] }>('GET', '/chat/both-2/messages', undefined, {
      'x-session-token': token!,
    });
    expect(body.items.map((m) => m.author)).toEqual(['customer', 'customer', 'ai']);
    await Promise.all([here.close(), there.close()]);
  });
});

describe('one process', () => {
  const folder = temporaryFolder();
  let database: TestDatabase;
  let running: ServerProcess | undefined;
  let environment: Record<string, string>;
  beforeAll(async () => {
    lendStarterModel(folder.path);
    database = await createTestDatabase();
    environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url, CHAT_BURST_MS: '3000' };
  });
  afterAll(async () => {
    await running?.kill('SIGTERM');
    await database?.drop();
    folder.remove();
  });

  it('killed between message and answer, it answers after the restart, once', async () => {
    running = await startServerProcess(environment);
    const client = await openChat(running.url, '/ws/killed-1');
    const { token } = await client.frame((f) => f.type === 'session');
    client.say({ message: 'Guten Tag!' });
    client.say({ message: 'Wo finde ich meine Rechnungen?' });
    const read = async (url: string) =>
      (
        await callJson<{ items: { author: string; text: string }[] }>(url, {
          method: 'GET',
          path: '/chat/killed-1/messages',
          headers: { 'x-session-token': token! },
        })
      ).body.items;
    await expect.poll(async () => (await read(running!.url)).length, { timeout: 20_000 }).toBe(2);
    await running.kill('SIGKILL');
    running = await startServerProcess(environment);
    const back = await openChat(running.url, `/ws/killed-1?token=${token}`);
    const reply = await back.message();
    expect(reply.message).toMatch(/Rechnung/);
    expect((await read(running.url)).map((m) => m.author)).toEqual(['customer', 'customer', 'ai']);
    // A calm stop tells the sockets to come back.
    const stopped = running.kill('SIGTERM');
    expect(await back.closed).toMatchObject({ code: 1012 });
    expect(await stopped).toBe(0);
  }, 120_000);
});
