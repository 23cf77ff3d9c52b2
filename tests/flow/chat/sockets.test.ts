import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatClient, openChat } from '../../support/chat-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '150' });
});
afterAll(() => server?.stop());

const connect = (path: string, protocols?: string[]) => openChat(server.url, path, protocols);
/** Opens a session of this id; its token is in the first frame. */
const openSession = async (id: string): Promise<ChatClient & { token: string; customer: string }> => {
  const client = await connect(`/ws/${id}`);
  const { token, customer_id } = await client.frame((f) => f.type === 'session');
  return Object.assign(client, { token: token!, customer: customer_id! });
};
const kinds = (client: ChatClient) => client.frames.map((f) => (f.type === 'typing' ? `typing ${f.status}` : f.type));
const ticketOf = async (id: string, token: string) => {
  const headers = { 'x-session-token': token };
  const { body } = await server.call<{ items: { ticket_id: string }[] }>(
    'GET',
    `/chat/${id}/messages`,
    undefined,
    headers,
  );
  return body.items.at(-1)!.ticket_id;
};

describe('a conversation', () => {
  it('goes session, typing, typing, message, and only the opening tells the token', async () => {
    const first = await connect('/ws/talk-1?customer_id=CUST-1');
    first.say({ message: 'Where do I find my invoices?', timestamp: '2026-11-20T10:00:00Z', more: 1 });
    const reply = await first.message();
    expect(kinds(first)).toEqual(['session', 'typing true', 'typing false', 'message']);
    expect(reply).toMatchObject({ session_id: 'talk-1', metadata: { author: 'ai', escalated: false } });
    expect(reply.message).toMatch(/invoice/i);
    const token = first.frames[0]!.token!;
    await first.close();
    // Taken is what the server has noted as taken: before, it would be sent once more.
    const id = await ticketOf('talk-1', token!);
    const delivery = async () =>
      (await server.call<{ items: { delivery: string }[] }>('GET', `/tickets/${id}/messages`)).body.items[0]?.delivery;
    await expect.poll(delivery).toBe('delivered');
    const again = await connect(`/ws/talk-1?token=${token}`);
    again.say({ message: 'How do I reset my password?' });
    expect((await again.message()).message).toMatch(/password/i);
    expect(kinds(again)).toEqual(['typing true', 'typing false', 'message']);
    await again.close();
  });

  it('is in German where the customer is', async () => {
    const client = await openSession('talk-de');
    client.say({ message: 'Wo finde ich meine Rechnungen?' });
    expect((await client.message()).message).toMatch(/Rechnung/);
    await client.close();
  });

  it('answers a burst once, and what comes during the answer with it', async () => {
    const client = await openSession('talk-burst');
    for (const message of ['Hello', 'I have a question', 'Where do I find my invoices?']) client.say({ message });
    await client.message();
    expect(kinds(client)).toEqual(['session', 'typing true', 'typing false', 'message']);
    await client.close();
  });

  it('ignores what is blank, answers what is wrong, and stays open', async () => {
    const client = await openSession('talk-bad');
    for (const bad of ['{', '[]', '7', '"x"', 'null', '{}', '{"message":5}', `{"message":"${'a'.repeat(20_001)}"}`])
      client.say(bad);
    client.say({ message: '   ' });
    await client.frame((f) => f.type === 'error', 8);
    client.say({ message: 'Where do I find my invoices?' });
    await client.message();
    expect(client.frames.filter((f) => f.type === 'error')).toHaveLength(8);
    await client.close();
  });

  it('closes with a reason when a frame is too large', async () => {
    const client = await openSession('talk-large');
    client.say(`{"message":"${'a'.repeat(70_000)}"}`);
    expect(await client.closed).toMatchObject({ code: 1009, reason: expect.stringContaining('64 KB') });
  });

  it('slows a flood down without storing it', async () => {
    const client = await openSession('talk-flood');
    for (let i = 0; i < 60; i++) client.say({ message: `message ${i}` });
    await client.frame((f) => f.type === 'error' && /wait a moment/.test(f.message ?? ''), 20);
    await client.close();
  });
});

describe('limits', () => {
  it('a further socket or session of the same customer is no further allowance', async () => {
    const first = await openSession('talk-many');
    const second = await connect(`/ws/talk-many?token=${first.token}`);
    const third = await connect(`/ws/talk-many-2?token=${first.token}`);
    const all = [first, second, third];
    for (let i = 0; i < 20; i++) for (const client of all) client.say({ message: `message ${i}` });
    const refused = (f: { type: string; message?: string }) =>
      f.type === 'error' && /wait a moment/.test(f.message ?? '');
    // 20 at once and some that come in again meanwhile: of 60, at least 30 are refused over all three together.
    const seen = () => all.reduce((sum, { frames }) => sum + frames.filter(refused).length, 0);
    await Promise.all(all.map((client) => client.frame(refused, 5)));
    await first.frame((f) => refused(f) && seen() >= 30);
    await Promise.all(all.map((c) => c.close()));
  });
});

describe('whose it is', () => {
  it('refuses everybody without the token of the session', async () => {
    const mine = await openSession('whose-1');
    const other = await openSession('whose-2');
    for (const path of ['', '?token=nonsense', `?token=${other.token}`, `?customer_id=${mine.customer}`])
      await expect(connect(`/ws/whose-1${path}`)).rejects.toThrow('refused');
    const second = await connect('/ws/whose-1', ['signalbox', `token.${mine.token}`]);
    await Promise.all([mine, other, second].map((c) => c.close()));
  });

  it.each([
    ['another site', 'https://evil.example', 403],
    ['this site', null, 101],
  ])('a page of %s', async (_, origin, status) => {
    const { host, port, hostname } = new URL(server.url);
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      origin: origin ?? `http://${host}`,
    };
    const asked = request({ hostname, port, path: `/ws/origin-${status}`, headers });
    asked.end();
    const answered = await Promise.race([
      once(asked, 'upgrade').then(([response, socket]) => {
        (socket as { destroy(): void }).destroy();
        return (response as { statusCode: number }).statusCode;
      }),
      once(asked, 'response').then(([response]) => {
        (response as { resume(): void }).resume();
        return (response as { statusCode: number }).statusCode;
      }),
    ]);
    expect(answered).toBe(status);
  });

  it('tells who comes by HTTP what to do', async () => {
    expect(await server.call('GET', '/ws/plain')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('people', () => {
  it('reach the socket: reply, resolution with a reply; private notes do not', async () => {
    const client = await openSession('people-1');
    client.say({ message: 'I want to speak to a human being, please.' });
    expect(await client.message()).toMatchObject({ metadata: { escalated: true, strategy: 'handover' } });
    const id = await ticketOf('people-1', client.token);
    const write = (text: string, more: object = {}) =>
      server.call('POST', `/tickets/${id}/messages`, { text, author: 'agent', ...more });
    await write('He is angry.', { private: true });
    expect((await write('This is Maria, how can I help?')).body).toMatchObject({ delivery: 'pending' });
    expect(await client.message(2)).toMatchObject({
      message: 'This is Maria, how can I help?',
      metadata: { author: 'agent' },
    });
    client.say({ message: 'Where do I find my invoices?' });
    await client.frame((f) => f.type === 'typing' && f.status === false, 2);
    await server.call('POST', `/tickets/${id}/resolve`, { reply: 'Below Billing. Bye!', reason: 'told' });
    await client.message(3);
    expect(client.texts().slice(1)).toEqual(['This is Maria, how can I help?', 'Below Billing. Bye!']);
    const delivery = async () => {
      const { body } = await server.call<{ items: { author: string; private: boolean; delivery: string | null }[] }>(
        'GET',
        `/tickets/${id}/messages`,
      );
      return body.items.filter((m) => m.author !== 'customer' && !m.private).map((m) => m.delivery);
    };
    await expect.poll(delivery).toEqual(['delivered', 'delivered', 'delivered']);
    await client.close();
  });

  it('an approved draft reaches the socket', async () => {
    const client = await openSession('people-2');
    client.say({ message: 'I want to speak to a human being, please.' });
    await client.message();
    const id = await ticketOf('people-2', client.token);
    const { body } = await server.call<{ items: { id: string; ticket_id: string }[] }>(
      'GET',
      '/reviews?status=pending&limit=200',
    );
    const review = body.items.find((r) => r.ticket_id === id)!;
    const decision = { action: 'edit', reply: 'Call us at noon.', reason: 'asked' };
    expect(await server.call('POST', `/reviews/${review.id}`, decision)).toMatchObject({ status: 200 });
    expect((await client.message(2)).message).toBe('Call us at noon.');
    await client.close();
  });
});

describe('several sockets and coming back', () => {
  it('two sockets of one session both get everything', async () => {
    const one = await openSession('two-1');
    const two = await connect(`/ws/two-1?token=${one.token}`);
    one.say({ message: 'Where do I find my invoices?' });
    const [a, b] = await Promise.all([one.message(), two.message()]);
    expect(a).toMatchObject({ message: b.message });
    expect(kinds(two)).toEqual(['typing true', 'typing false', 'message']);
    two.say({ message: 'How do I reset my password?' });
    await Promise.all([one.message(2), two.message(2)]);
    expect(one.texts()).toEqual(two.texts());
    await Promise.all([one.close(), two.close()]);
  });

  it('gets what was missed, in order, once', async () => {
    const client = await openSession('back-1');
    client.say({ message: 'I want to speak to a human being, please.' });
    const { metadata } = await client.message();
    const id = await ticketOf('back-1', client.token);
    await client.close();
    const said = ['one', 'two', 'three', 'four'];
    for (const text of said) await server.call('POST', `/tickets/${id}/messages`, { text, author: 'agent' });
    // Nobody took them yet: they come without being asked for.
    const fresh = await connect(`/ws/back-1?token=${client.token}`);
    await fresh.message(4);
    expect(fresh.texts()).toEqual(said);
    const since = await connect(`/ws/back-1?token=${client.token}&since=${metadata!.message_id}`);
    await since.message(4);
    await server.call('POST', `/tickets/${id}/messages`, { text: 'five', author: 'agent' });
    await Promise.all([fresh.message(5), since.message(5)]);
    expect(since.texts()).toEqual([...said, 'five']);
    expect(fresh.texts()).toEqual([...said, 'five']);
    const all = await connect(`/ws/back-1?token=${client.token}&since=0`);
    await all.message(6);
    const lost = await connect(`/ws/back-1?token=${client.token}&since=0190d4cc-0000-7000-8000-000000000000`);
    expect(await lost.frame((f) => f.type === 'error')).toMatchObject({
      message: expect.stringContaining('no message'),
    });
    expect(lost.texts()).toEqual([]);
    await Promise.all([fresh, since, all, lost].map((c) => c.close()));
  });

  it('serves fifty at once, each with its own answer', async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, (_, i) => openSession(`fifty-${i}`)));
    for (const [i, client] of clients.entries())
      client.say({ message: i % 2 ? 'Wo finde ich meine Rechnungen?' : 'Where do I find my invoices?' });
    await Promise.all(clients.map((c) => c.message()));
    for (const [i, client] of clients.entries()) {
      expect(client.texts()).toHaveLength(1);
      expect(client.texts()[0]).toMatch(i % 2 ? /Rechnung/ : /invoice/i);
      expect(client.frames.at(-1)).toMatchObject({ session_id: `fifty-${i}`, customer_id: client.customer });
    }
    await Promise.all(clients.map((c) => c.close()));
  });
});
