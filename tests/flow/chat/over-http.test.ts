import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '150' });
});
afterAll(() => server?.stop());

interface ChatAnswer {
  response: string;
  session_id: string;
  customer_id: string;
  ticket_id: string;
  escalated: boolean;
  pending: boolean;
  metadata: { response_time: number; confidence: number | null; communication_style: string; strategy: string };
  session_token?: string;
  code?: string;
  detail?: string;
}
const say = (body: object, headers?: Record<string, string>) => server.call<ChatAnswer>('POST', '/chat', body, headers);
const open = async (session_id: string, message: string, context?: object) => {
  const answer = await say({ session_id, message, customer_context: context });
  return { ...answer, token: answer.body.session_token! };
};

describe('first contact', () => {
  it('makes customer, ticket and session, answers from the knowledge and gives the token', async () => {
    const { status, body } = await say({
      session_id: 'first-1',
      message: 'Where do I find my invoices?',
      customer_context: {
        customer_id: 'CUST-7',
        email: 'ana@example.com',
        name: 'Ana Lopez',
        tier: 'premium',
        plan: 'x',
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ session_id: 'first-1', escalated: false, pending: false });
    expect(body.response).toMatch(/invoice/i);
    expect(body.response).toMatch(/machine|automat|AI/i);
    expect(body.session_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(body.metadata.confidence).toBeGreaterThan(0.5);
    const { body: customer } = await server.call('GET', `/customers/${body.customer_id}`);
    expect(customer).toMatchObject({
      customer_id: 'CUST-7',
      email: 'ana@example.com',
      name: 'Ana Lopez',
      tier: 'premium',
      stage: 'new',
      // One short question is no style.
      communication_style: 'neutral',
    });
    const { body: ticket } = await server.call('GET', `/tickets/${body.ticket_id}`);
    expect(ticket).toMatchObject({ channel: 'chat', status: 'resolved', customer_email: 'ana@example.com' });
  });

  it('answers German in German', async () => {
    const { body } = await say({ session_id: 'first-de', message: 'Wo finde ich meine Rechnungen?' });
    expect(body.escalated).toBe(false);
    expect(body.response).toMatch(/Rechnung/);
    expect(body.response).toMatch(/\b(?:die|werden|unter|stehen)\b/);
  });

  it('needs nothing but a message', async () => {
    const { status, body } = await say({ message: 'Where do I find my invoices?' });
    expect(status).toBe(200);
    expect(body.session_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [{ session_id: 'x y', message: 'a' }],
    [{ session_id: 'a'.repeat(129), message: 'a' }],
    [{ session_id: '', message: 'a' }],
    [{ session_id: 'ok', message: '   ' }],
    [{ session_id: 'ok', message: 'a'.repeat(20_001) }],
    [{ session_id: 'ok', message: 'a', customer_context: { email: 'none' } }],
    [{ session_id: 'ok', message: 'a', customer_context: { tier: 'gold' } }],
  ])('%o is refused', async (body) => {
    expect(await say(body)).toMatchObject({ status: 422, body: { code: 'invalid-fields' } });
  });

  it('tells the disclosure in the ledger once a session', async () => {
    const { body, token } = await open('disclosed', 'Where do I find my invoices?');
    await say({ session_id: 'disclosed', message: 'How do I reset my password?', session_token: token });
    const { body: trace } = await server.call<{ events: { action: string }[] }>(
      'GET',
      `/tickets/${body.ticket_id}/trace`,
    );
    expect(trace.events.filter((e) => e.action === 'disclosure-given')).toHaveLength(1);
  });
});

describe('a session belongs to who opened it', () => {
  it('refuses everybody without its token, with what to do', async () => {
    const { token } = await open('mine', 'Where do I find my invoices?');
    const other = await open('other', 'Where do I find my invoices?');
    for (const [body, headers] of [
      [{}, undefined],
      [{ session_token: other.token }, undefined],
      [{ session_token: `${token}x` }, undefined],
      [{ session_token: 'nonsense' }, undefined],
      [{}, { 'x-session-token': other.token }],
    ] as const) {
      const answer = await say({ session_id: 'mine', message: 'let me in', ...body }, headers);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(answer.body.detail).toContain('session_token');
    }
    expect(
      await say({ session_id: 'mine', message: 'Where do I find my invoices?' }, { 'x-session-token': token }),
    ).toMatchObject({
      status: 200,
    });
  });

  it('lets one of several first contacts at once open it', async () => {
    const answers = await Promise.all([1, 2, 3].map((i) => say({ session_id: 'raced', message: `Hello ${i}` })));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 403, 403]);
  });

  it('takes a customer back by the token of an earlier session', async () => {
    const first = await open('monday', 'Where do I find my invoices?', { name: 'Ben' });
    const second = await say({
      session_id: 'friday',
      message: 'How do I reset my password?',
      session_token: first.token,
    });
    expect(second.body).toMatchObject({ customer_id: first.body.customer_id });
    expect(second.body.ticket_id).not.toBe(first.body.ticket_id);
    const { body } = await server.call<{ steps: { step: string; verdict: { customer: object } }[] }>(
      'GET',
      `/tickets/${second.body.ticket_id}/trace`,
    );
    expect(body.steps[0]?.verdict.customer).toMatchObject({
      name: 'Ben',
      earlier: [{ ticketId: first.body.ticket_id, status: 'resolved' }],
      turns: [],
    });
  });

  it('shows the conversation to who has the token', async () => {
    const { token, body } = await open('read-1', 'Where do I find my invoices?');
    const read = (headers?: Record<string, string>, query = '') =>
      server.call<{ items: { id: string; author: string; text: string }[] }>(
        'GET',
        `/chat/read-1/messages${query}`,
        undefined,
        headers,
      );
    expect((await read()).status).toBe(403);
    const { body: all } = await read({ 'x-session-token': token });
    expect(all.items.map((m) => m.author)).toEqual(['customer', 'ai']);
    expect(all.items[1]?.text).toBe(body.response);
    expect((await read({ 'x-session-token': token }, `?since=${all.items[0]?.id}`)).body.items).toHaveLength(1);
    expect((await read({ 'x-session-token': token }, `?since=${all.items[1]?.id}`)).body.items).toHaveLength(0);
    expect((await read({ 'x-session-token': token }, '?since=0190d4cc-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

describe('going on', () => {
  it('keeps the ticket, knows what was said, and answers what is asked now', async () => {
    const { token, body } = await open('on-1', 'Where do I find my invoices?');
    const next = await say({ session_id: 'on-1', message: 'How do I reset my password?', session_token: token });
    expect(next.body.ticket_id).toBe(body.ticket_id);
    const { body: trace } = await server.call<{
      steps: { step: string; run: number; verdict: { customer: { turns: { author: string }[] } } }[];
    }>('GET', `/tickets/${body.ticket_id}/trace`);
    const second = trace.steps.find((s) => s.step === 'intake' && s.run === 2);
    expect(second?.verdict.customer.turns.map((t) => t.author)).toEqual(['customer', 'ai']);
  });

  it('begins a new ticket when the last one is closed', async () => {
    const { token, body } = await open('closed-1', 'Where do I find my invoices?');
    await server.call('POST', `/tickets/${body.ticket_id}/close`);
    const next = await say({ session_id: 'closed-1', message: 'How do I reset my password?', session_token: token });
    expect(next.body).toMatchObject({ customer_id: body.customer_id });
    expect(next.body.ticket_id).not.toBe(body.ticket_id);
  });

  it('begins a new ticket when the last one was resolved more than a week ago', async () => {
    const { token, body } = await open('old-1', 'Where do I find my invoices?');
    const { db } = server.app.engine.parts.database;
    await sql`update intake.tickets set resolved_at = now() - interval '8 days' where id = ${body.ticket_id}`.execute(
      db,
    );
    const next = await say({ session_id: 'old-1', message: 'How do I reset my password?', session_token: token });
    expect(next.body).toMatchObject({ customer_id: body.customer_id, escalated: false });
    expect(next.body.ticket_id).not.toBe(body.ticket_id);
  });

  it('answers somebody who never stops writing, too: if need be, a person does', async () => {
    const { token } = await open('endless-1', 'Where do I find my invoices?');
    const answers: Promise<unknown>[] = [];
    const first = Promise.withResolvers<unknown>();
    // A little faster than the machine waits for.
    const writing = setInterval(() => {
      const message = `and one more thing, number ${answers.length}`;
      const answer = say({ session_id: 'endless-1', message, session_token: token });
      answers.push(answer);
      answer.then(first.resolve, first.reject);
    }, 120);
    expect(await first.promise).toMatchObject({ status: 200, body: { pending: false } });
    clearInterval(writing);
    expect(answers.length).toBeGreaterThan(5);
    await Promise.all(answers);
  });

  it('answers a burst once, together', async () => {
    const { token } = await open('burst-1', 'Where do I find my invoices?');
    const texts = ['One more thing.', 'It is about my account', 'How do I reset my password?'];
    const answers = await Promise.all(
      texts.map((message) => say({ session_id: 'burst-1', message, session_token: token })),
    );
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((a) => a.body.response)).size).toBe(1);
    const { body } = await server.call<{ items: { author: string }[] }>(
      'GET',
      `/tickets/${answers[0]?.body.ticket_id}/messages`,
    );
    expect(body.items.map((m) => m.author)).toEqual(['ai', 'customer', 'customer', 'customer', 'ai']);
  });

  it('is answered once under an Idempotency-Key', async () => {
    const { token } = await open('idem-1', 'Where do I find my invoices?');
    const body = { session_id: 'idem-1', message: 'How do I reset my password?', session_token: token };
    const first = await say(body, { 'idempotency-key': 'chat-1' });
    expect((await say(body, { 'idempotency-key': 'chat-1' })).body).toEqual(first.body);
  });
});

describe('a mere thank-you', () => {
  it.each([
    ['thanks-en', 'Where do I find my invoices?', 'Thank you very much, that helped!'],
    ['thanks-de', 'Wo finde ich meine Rechnungen?', 'Vielen Dank, das hat geholfen!'],
  ])('%s is kept and starts nothing', async (id, question, thanks) => {
    const { token, body } = await open(id, question);
    expect(body.escalated).toBe(false);
    const answer = await say({ session_id: id, message: thanks, session_token: token });
    expect(answer).toMatchObject({ status: 200, body: { response: '', escalated: false, ticket_id: body.ticket_id } });
    expect((await server.call('GET', `/tickets/${body.ticket_id}`)).body['status']).toBe('resolved');
  });
});

describe('after a hand-over', () => {
  it('the machine is silent: it says once that a person has it', async () => {
    const { token, body } = await open('person-1', 'I want to speak to a human being, please.');
    expect(body.escalated).toBe(true);
    expect(body.response).not.toBe('');
    const go = (message: string) => say({ session_id: 'person-1', message, session_token: token });
    const [second, third] = [await go('Where do I find my invoices?'), await go('Hello?')];
    expect(second.body).toMatchObject({ escalated: true, ticket_id: body.ticket_id });
    expect(second.body.response).toContain('person');
    expect(third.body).toMatchObject({ escalated: true, response: '' });
    const { body: trace } = await server.call<{ decisions: unknown[] }>('GET', `/tickets/${body.ticket_id}/trace`);
    expect(trace.decisions).toHaveLength(1);
  });

  it('says it in German', async () => {
    const { token } = await open('person-de', 'Ich möchte bitte mit einem Menschen sprechen.');
    const { body } = await say({ session_id: 'person-de', message: 'Hallo, ist da jemand?', session_token: token });
    expect(body.response).toContain('Person aus unserem Team');
  });

  it('goes on with the machine when the person has resolved it', async () => {
    const { token, body } = await open('back-1', 'I want to speak to a human being, please.');
    const resolve = { reply: 'Done for you.', reason: 'done' };
    expect((await server.call('POST', `/tickets/${body.ticket_id}/resolve`, resolve)).status).toBe(200);
    const next = await say({ session_id: 'back-1', message: 'Where do I find my invoices?', session_token: token });
    expect(next.body).toMatchObject({ ticket_id: body.ticket_id, escalated: false });
    expect(next.body.response).toMatch(/invoice/i);
  });
});
