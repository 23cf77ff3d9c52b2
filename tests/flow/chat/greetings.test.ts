import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChat } from '../../support/chat-client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callJson, startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '150' });
});
afterAll(() => server?.stop());

interface ChatAnswer {
  response: string;
  ticket_id: string;
  escalated: boolean;
  pending: boolean;
  metadata: { confidence: number | null; strategy: string };
  session_token?: string;
}
const sayTo = (to: TestServer) => (session_id: string, message: string, session_token?: string) =>
  to.call<ChatAnswer>('POST', '/chat', { session_id, message, session_token });
const say = (...said: Parameters<ReturnType<typeof sayTo>>) => sayTo(server)(...said);
const count = async (path: string) => (await server.call<{ items: unknown[] }>('GET', path)).body.items.length;

const disclosed = { en: /by a machine/, de: /Maschine/ };
const conversations = [
  ['en', 'Hello there!', 'Hello, how can we help you?', 'hi hi hi', 'Where do I find my invoices?', /invoice/i],
  [
    'de',
    'Moin zusammen',
    'Guten Tag, wie können wir Ihnen helfen?',
    'Hallo?',
    'Wo finde ich meine Rechnungen?',
    /Rechnung/,
  ],
] as const;

describe.each(conversations)('a greeting over HTTP, %s', (language, greeting, reply, second, question, answer) => {
  it('is greeted back once, without run, review or interaction, and the question is answered as if alone', async () => {
    const [reviews, interactions] = [await count('/reviews'), await count('/interactions')];
    const { status, body } = await say(`greets-${language}`, greeting);
    expect({ status, ...body }).toMatchObject({ status: 200, escalated: false, pending: false });
    expect(body.response.split('\n')[0]).toBe(reply);
    expect(body.response).toMatch(disclosed[language]);
    const { ticket_id: id, session_token: token } = body;
    const { body: ticket } = await server.call('GET', `/tickets/${id}`);
    expect(ticket).toMatchObject({ status: 'new', assignment: 'none', language });
    const trace = async () =>
      (
        await server.call<{ steps: { step: string; verdict: { messageId?: string } }[]; events: { action: string }[] }>(
          'GET',
          `/tickets/${id}/trace`,
        )
      ).body;
    expect((await trace()).steps).toEqual([]);
    expect((await trace()).events.map((e) => e.action)).toEqual([
      'ticket-received',
      'greeting-answered',
      'disclosure-given',
    ]);

    expect((await say(`greets-${language}`, second, token)).body).toMatchObject({
      response: '',
      ticket_id: id,
      escalated: false,
      pending: false,
    });
    expect([await count('/reviews'), await count('/interactions')]).toEqual([reviews, interactions]);

    const answered = (await say(`greets-${language}`, question, token)).body;
    expect(answered).toMatchObject({ ticket_id: id, escalated: false });
    expect(answered.response).toMatch(answer);
    const alone = (await say(`alone-${language}`, question)).body;
    expect(answered.metadata.confidence).toBe(alone.metadata.confidence);
    const { body: named } = await server.call('GET', `/tickets/${id}`);
    expect(named).toMatchObject({ subject: question, status: 'resolved' });
  });

  it('in one burst with the question costs nothing of the confidence', async () => {
    const client = await openChat(server.url, `/ws/burst-${language}`);
    for (const message of [greeting, question, second]) client.say({ message });
    expect((await client.message()).message).toMatch(answer);
    const { token } = await client.frame((f) => f.type === 'session');
    const { body } = await server.call<{ items: { ticket_id: string; author: string }[] }>(
      'GET',
      `/chat/burst-${language}/messages`,
      undefined,
      { 'x-session-token': token! },
    );
    expect(body.items.map((m) => m.author)).toEqual(['customer', 'customer', 'customer', 'ai']);
    const confidence = async (id: string) =>
      (await server.call<{ confidence: number }>('GET', `/tickets/${id}`)).body.confidence;
    const alone = (await say(`burst-alone-${language}`, question)).body;
    expect(await confidence(body.items[0]!.ticket_id)).toBe(await confidence(alone.ticket_id));
    await client.close();
  });
});

describe('what is no mere greeting', () => {
  it.each(['Hi, my Panel is broken', 'Guten Tag, Rechnung falsch'])('%s has its run', async (message) => {
    const { body } = await say(`near-${message.length}`, message);
    const { body: trace } = await server.call<{ steps: unknown[] }>('GET', `/tickets/${body.ticket_id}/trace`);
    expect(trace.steps.length).toBeGreaterThan(0);
  });
});

describe('later in a session', () => {
  it('a greeting after an answer is greeted without the disclosure, and says nothing of the answer', async () => {
    const first = (await say('later-1', 'Where do I find my invoices?')).body;
    const { body } = await say('later-1', 'Hello again', first.session_token);
    expect(body).toMatchObject({ response: 'Hello, how can we help you?', ticket_id: first.ticket_id });
    const { rows } = await sql`select kind from audit.outcomes where ticket_id = ${first.ticket_id}`.execute(
      server.app.engine.parts.database.db,
    );
    expect(rows).toEqual([]);
    const next = (await say('later-1', 'How do I reset my password?', first.session_token)).body;
    expect(next.response).toMatch(/password/i);
  });
});

describe('on a socket', () => {
  it('goes typing, typing, message, and the second greeting ends in silence', async () => {
    const client = await openChat(server.url, '/ws/greets-socket');
    const kinds = () => client.frames.map((f) => (f.type === 'typing' ? `typing ${f.status}` : f.type));
    client.say({ message: 'Guten Tag' });
    const { message, metadata } = await client.message();
    expect(message).toMatch(/^Guten Tag, wie können wir Ihnen helfen\?/);
    expect(metadata).toMatchObject({ author: 'ai', escalated: false, strategy: 'none' });
    client.say({ message: 'Hallo?' });
    await client.frame((f) => f.type === 'typing' && f.status === false, 2);
    client.say({ message: 'Wo finde ich meine Rechnungen?' });
    expect((await client.message(2)).message).toMatch(/Rechnung/);
    const round = ['typing true', 'typing false'];
    expect(kinds()).toEqual(['session', ...round, 'message', ...round, ...round, 'message']);
    await client.close();
  });
});

describe('by the settings', () => {
  it('says du, and nothing of a machine', async () => {
    const other = await startTestServer({ CHAT_BURST_MS: '0', ANSWER_FORM: 'du', AI_DISCLOSURE: 'false' });
    try {
      expect((await sayTo(other)('du-1', 'Hallo')).body.response).toBe('Hallo, wie können wir dir helfen?');
    } finally {
      await other.stop();
    }
  });
});

describe('killed between greeting and reply', () => {
  const folder = temporaryFolder();
  let database: TestDatabase;
  let running: ServerProcess | undefined;
  beforeAll(async () => {
    lendStarterModel(folder.path);
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await running?.kill('SIGTERM');
    await database?.drop();
    folder.remove();
  });

  it('greets after the restart, once', async () => {
    const environment = { SIGNALBOX_DATA: folder.path, DATABASE_URL: database.url, CHAT_BURST_MS: '3000' };
    running = await startServerProcess(environment);
    const client = await openChat(running.url, '/ws/killed-hi');
    const { token } = await client.frame((f) => f.type === 'session');
    const authors = async (url: string) => {
      const headers = { 'x-session-token': token! };
      const path = '/chat/killed-hi/messages';
      const { body } = await callJson<{ items: { author: string }[] }>(url, { method: 'GET', path, headers });
      return body.items.map((m) => m.author);
    };
    client.say({ message: 'Hi' });
    await expect.poll(() => authors(running!.url), { timeout: 20_000 }).toEqual(['customer']);
    await running.kill('SIGKILL');
    running = await startServerProcess(environment);
    const back = await openChat(running.url, `/ws/killed-hi?token=${token}`);
    expect((await back.message()).message).toMatch(/^Hello, how can we help you\?/);
    expect(await authors(running.url)).toEqual(['customer', 'ai']);
    await back.close();
  }, 120_000);
});
