import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { goodDecision, type LlmServer, slow, startLlmServer } from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What happens to a ticket while the machine is still at it (a language model that takes its time). */
let model: LlmServer;
let server: TestServer;
beforeAll(async () => {
  model = await startLlmServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_TIMEOUT_MS: '8000' });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => model.script('decision', slow(1_500, goodDecision)));

const create = async () => {
  const ticket = {
    subject: 'Return',
    body: 'How long do I have to return the Panel?',
    customer_email: 'ana@example.com',
  };
  return (await server.call('POST', '/tickets', ticket)).body['id'] as string;
};

/** Evaluates and does `meanwhile` when the model has been asked. */
async function during(id: string, meanwhile: () => Promise<unknown>) {
  const asked = model.requests.length + 1;
  const evaluated = server.call('POST', `/tickets/${id}/ai-evaluate`);
  await model.request(asked);
  await meanwhile();
  return evaluated;
}

describe('a customer who writes again meanwhile', () => {
  it('is not answered with the answer to the old message: a person gets both', async () => {
    const id = await create();
    const { status, body } = await during(id, () =>
      server.call('POST', `/tickets/${id}/messages`, {
        text: 'Forget that, the panel is smoking!',
        author: 'customer',
      }),
    );
    expect({ status, ticket: body['status'] }).toEqual({ status: 200, ticket: 'awaiting_review' });
    const { body: reviews } = await server.call<{
      items: { ticket_id: string; reason: string; draft: string | null }[];
    }>('GET', '/reviews?status=pending&limit=1');
    expect(reviews.items[0]).toMatchObject({ ticket_id: id, reason: 'newer-message', draft: null });
    expect(['assigned', 'waiting']).toContain(body['assignment']);
    const { body: rows } = await server.call<{ items: { ticket_id: string; guardrail_notes: string[] }[] }>(
      'GET',
      '/interactions?limit=1',
    );
    expect(rows.items[0]).toMatchObject({
      ticket_id: id,
      guardrail_notes: expect.arrayContaining(['decided by newer-message']),
    });
  });
});

describe('a person who resolves meanwhile', () => {
  it('is told that the machine is at it, and nothing is overrun', async () => {
    const id = await create();
    let refused: { status: number } | undefined;
    await during(id, async () => {
      refused = await server.call('POST', `/tickets/${id}/resolve`, { reason: 'by phone' });
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'invalid-state' } });
    const { body } = await server.call<{ decisions: unknown[] }>('GET', `/tickets/${id}/trace`);
    expect(body.decisions).toHaveLength(1);
  });
});

describe('a ticket that was created and then sent to be routed', () => {
  it('is classified and finds an agent or waits', async () => {
    const ticket = {
      subject: 'Invoice',
      body: 'The VAT id is missing on my invoice.',
      customer_email: 'bo@example.com',
      ticket_id: 'twice-1',
    };
    const { body: created } = await server.call('POST', '/tickets', ticket);
    expect(created).toMatchObject({ category: null, assignment: 'none' });
    const { status, body } = await server.call('POST', '/route', ticket);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ticket_id: created['id'], category: 'Billing' });
    expect(body['confidence']).toBeGreaterThan(0.5);
    expect(['assigned', 'waiting']).toContain(body['assignment']);
  });
});

describe('characters of more than one code unit', () => {
  it.each([
    `Hello ${'😀'.repeat(60)} how do I return the Panel?`,
    `x${'😀'.repeat(100)}`,
    '😀'.repeat(81),
    `${'ß𝕌'.repeat(300)}?`,
  ])('%s is answered or handed over', async (message) => {
    model.script('decision');
    const { status, body } = await server.call('POST', '/answer', { message, method: 'template' });
    expect(status).toBe(200);
    expect(body['message']).toBe(message);
    expect(body['guardrail_action']).not.toBe('MODEL_FAILURE_ESCALATE');
  });
});
