import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketFeatures } from '../../../src/api/contract/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

type Body = Record<string, unknown>;
const ticket = {
  subject: 'Cannot log in',
  body: 'My password is not accepted since this morning.',
  customer_email: 'Kim@Example.com',
};
const create = async (more: Body = {}) =>
  (await server.call('POST', '/tickets', { ...ticket, ...more })).body['id'] as string;
const act = (id: string, action: string, body?: Body) => server.call('POST', `/tickets/${id}/${action}`, body);
const status = async (id: string) => (await server.call('GET', `/tickets/${id}`)).body['status'];

describe('a ticket of its own id', () => {
  it('comes back with the first answer when the same is sent again, and is refused with other content', async () => {
    const sent = { ...ticket, ticket_id: 'client-1' };
    const first = await server.call('POST', '/route', sent);
    const second = await server.call('POST', '/route', sent);
    expect(second.body['ticket_id']).toBe(first.body['ticket_id']);
    expect(second.body['client_ticket_id']).toBe('client-1');
    expect(await server.call('POST', '/route', { ...sent, body: 'something else' })).toMatchObject({
      status: 409,
      body: { code: 'client-id-conflict' },
    });
    expect(await server.call('POST', '/tickets', { ...sent, body: 'else' })).toMatchObject({ status: 409 });
  });

  it('is stored once by twenty senders at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.call('POST', '/route', { ...ticket, ticket_id: 'client-2' })),
    );
    expect(new Set(answers.map((a) => a.body['ticket_id'])).size).toBe(1);
    expect(answers.every((a) => a.status === 200)).toBe(true);
  });

  it('finds the customer by address, whatever its case', async () => {
    const [a, b] = await Promise.all([create(), create({ customer_email: 'kim@example.COM' })]);
    const emails = await Promise.all(
      [a, b].map(async (id) => (await server.call('GET', `/tickets/${id}`)).body['customer_email']),
    );
    expect(emails[0]).toBe(emails[1]);
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again, refuses another body, and stores once', async () => {
    const key = { 'idempotency-key': 'key-1' };
    const first = await server.call('POST', '/route', ticket, key);
    const again = await server.call('POST', '/route', ticket, key);
    expect(again.body).toEqual(first.body);
    expect(await server.call('POST', '/route', { ...ticket, body: 'other' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-mismatch' },
    });
  });

  it('of ten at once one is done; the others get its answer or are told to wait', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => server.call('POST', '/tickets', ticket, { 'idempotency-key': 'key-2' })),
    );
    const created = answers.filter((a) => a.status === 201);
    expect(created.length).toBeGreaterThanOrEqual(1);
    expect(new Set(created.map((a) => a.body['id'])).size).toBe(1);
    for (const other of answers.filter((a) => a.status !== 201))
      expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-in-flight' } });
  });

  it('works for answers and messages', async () => {
    const key = { 'idempotency-key': 'key-3' };
    const [one, two] = [
      await server.call('POST', '/answer', { message: 'How do I change my e-mail address?' }, key),
      await server.call('POST', '/answer', { message: 'How do I change my e-mail address?' }, key),
    ];
    expect(two.body).toEqual(one.body);
    const id = await create();
    await server.call('POST', `/tickets/${id}/messages`, { text: 'still waiting', author: 'customer' }, key);
    await server.call('POST', `/tickets/${id}/messages`, { text: 'still waiting', author: 'customer' }, key);
    const { body } = await server.call<{ items: unknown[] }>('GET', `/tickets/${id}/messages`);
    expect(body.items).toHaveLength(1);
  });
});

describe('states', () => {
  it('resolve → close → close again → reopen; anything else is refused with both states named', async () => {
    const id = await create();
    expect(await act(id, 'close')).toMatchObject({ status: 409 });
    expect(await act(id, 'resolve', { reason: 'solved by phone', reply: 'Glad it works.' })).toMatchObject({
      status: 200,
      body: { status: 'resolved', handled_by: 'human' },
    });
    const twice = await act(id, 'resolve', { reason: 'again' });
    expect(twice).toMatchObject({ status: 409, body: { code: 'invalid-state' } });
    expect(String(twice.body['detail'])).toMatch(/resolved cannot become resolved/);
    expect((await act(id, 'close')).status).toBe(200);
    expect((await act(id, 'close')).status).toBe(200);
    expect((await act(id, 'reopen')).body['status']).toBe('new');
    expect((await act(id, 'ai-evaluate')).status).toBe(200);
  });

  it("a customer's message makes a resolved ticket new again", async () => {
    const id = await create();
    await act(id, 'resolve', { reason: 'done' });
    await server.call('POST', `/tickets/${id}/messages`, { text: 'It is not working again.', author: 'customer' });
    expect(await status(id)).toBe('new');
  });

  it('of two evaluations at once one wins', async () => {
    const id = await create();
    const answers = await Promise.all([act(id, 'ai-evaluate'), act(id, 'ai-evaluate')]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    const { body } = await server.call<{ decisions: unknown[]; steps: { step: string }[] }>(
      'GET',
      `/tickets/${id}/trace`,
    );
    expect(body.decisions).toHaveLength(1);
    expect(body.steps.map((s) => s.step)).toEqual(['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']);
  });

  it('shows what can be read off the text, and no card in clear', async () => {
    const text = 'Order 4711-22 was charged twice to 4111 1111 1111 1111. I want my money back!';
    const id = await create({ subject: 'Invoice RE-2024-001', body: text });
    const { status, body } = await server.call<TicketFeatures>('GET', `/tickets/${id}/features`);
    expect(status).toBe(200);
    expect(body.entities.map(({ kind, field, value }) => [kind, field, value])).toEqual([
      ['invoice-number', 'subject', 'RE-2024-001'],
      ['order-number', 'body', '4711-22'],
      ['card', 'body', '•••• 1111'],
    ]);
    expect(body.patterns).toEqual(expect.arrayContaining(['refund-wanted', 'money-dispute']));
    expect(body.style).toMatchObject({ exclamations: 1, readability: { formula: 'flesch' } });
    expect(body.topics[0]?.words).toEqual(expect.arrayContaining(['money', 'refund']));
    expect(body.topics.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.002);
    expect(body.examples).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('4111');
    const unknown = await server.call('GET', '/tickets/0190d4cc-0000-7000-8000-000000000000/features');
    expect(unknown.status).toBe(404);
  });

  it('feedback is given once, and not while the ticket is open', async () => {
    const id = await create();
    const feedback = { rating: 4, resolved: true };
    expect((await act(id, 'feedback', feedback)).status).toBe(409);
    await act(id, 'resolve', { reason: 'done' });
    expect((await act(id, 'feedback', feedback)).status).toBe(201);
    expect(await act(id, 'feedback', feedback)).toMatchObject({ status: 409, body: { code: 'already-done' } });
  });

  it('assigns, refuses a second agent, releases to another', async () => {
    const id = await create();
    expect((await act(id, 'assign', { agent: 'Nobody' })).status).toBe(404);
    expect(await act(id, 'assign', { agent: 'Agent_D' })).toMatchObject({
      status: 200,
      body: { agent: 'Agent_D', assignment: 'assigned' },
    });
    expect((await act(id, 'assign', { agent: 'Agent_D' })).status).toBe(200);
    expect(await act(id, 'assign', { agent: 'Agent_A' })).toMatchObject({
      status: 409,
      body: { code: 'ticket-taken' },
    });
    expect((await act(id, 'release')).body['agent']).not.toBe('Agent_D');
  });
});

describe('reviews', () => {
  const escalated = async () => {
    const { body } = await server.call('POST', '/answer', {
      message: 'I want to speak to a human being about the colour of the moon, not to a bot.',
    });
    return { ticketId: body['ticket_id'] as string, reviewId: body['review_id'] as string, body };
  };

  it('an escalated answer stands in the queue with its reason, and the customer is told that a person takes over', async () => {
    const { ticketId, reviewId, body } = await escalated();
    expect(reviewId).not.toBeNull();
    expect(body['final_answer']).not.toBe(body['answer']);
    expect(await status(ticketId)).toBe('awaiting_review');
    const { body: list } = await server.call<{ items: { id: string; reason: string }[] }>(
      'GET',
      '/reviews?status=pending',
    );
    expect(list.items.find((r) => r.id === reviewId)?.reason.length).toBeGreaterThan(3);
  });

  it('edit sends the reply and resolves; a second decision is refused', async () => {
    const { ticketId, reviewId } = await escalated();
    const decided = await server.call('POST', `/reviews/${reviewId}`, {
      action: 'edit',
      reply: 'It is grey.',
      reason: 'simple question',
    });
    expect(decided).toMatchObject({ status: 200, body: { status: 'edited', reply: 'It is grey.' } });
    expect(await status(ticketId)).toBe('resolved');
    const { body } = await server.call<{ items: { author: string; text: string }[] }>(
      'GET',
      `/tickets/${ticketId}/messages`,
    );
    expect(body.items.at(-1)).toMatchObject({ author: 'agent', text: 'It is grey.' });
    expect(await server.call('POST', `/reviews/${reviewId}`, { action: 'reject', reason: 'late' })).toMatchObject({
      status: 409,
      body: { code: 'already-done' },
    });
  });

  it('reject sends nothing and leaves the ticket with people', async () => {
    const { ticketId, reviewId } = await escalated();
    expect(
      (
        await server.call('POST', `/reviews/${reviewId}`, {
          action: 'reject',
          reason: 'wrong draft',
          category: 'General',
        })
      ).status,
    ).toBe(200);
    expect((await server.call('GET', `/tickets/${ticketId}`)).body).toMatchObject({
      status: 'awaiting_review',
      category: 'General',
    });
  });

  it('a newer message of the customer stops the approval', async () => {
    const { ticketId, reviewId } = await escalated();
    await server.call('POST', `/tickets/${ticketId}/messages`, {
      text: 'Forget it, the question is another one.',
      author: 'customer',
    });
    expect(
      await server.call('POST', `/reviews/${reviewId}`, { action: 'edit', reply: 'x', reason: 'y' }),
    ).toMatchObject({ status: 409, body: { code: 'newer-message' } });
  });

  it('of ten decisions at once one wins', async () => {
    const { ticketId, reviewId } = await escalated();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        server.call('POST', `/reviews/${reviewId}`, { action: 'edit', reply: `reply ${i}`, reason: 'r' }),
      ),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    const { body } = await server.call<{ items: { author: string }[] }>('GET', `/tickets/${ticketId}/messages`);
    expect(body.items.filter((m) => m.author === 'agent')).toHaveLength(1);
  });
});
