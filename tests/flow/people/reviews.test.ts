import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReplyPairBody, ReviewBody } from '../../../src/api/contract/index.ts';
import { goodDecision, type LlmServer, slow, startLlmServer } from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What people do with drafts, on the real server. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

type Body = Record<string, unknown>;
const post = (path: string, body?: Body) => server.call('POST', path, body ?? {});
const get = async <T>(path: string) => (await server.call<T>('GET', path)).body;
const messagesOf = async (id: string) =>
  (await get<{ items: { author: string; text: string }[] }>(`/tickets/${id}/messages`)).items;

/** A question that the knowledge answers but that is held back: there is a draft for a person. */
const questions = {
  en: 'Where do I find my invoices? This is extremely urgent, production is down!',
  de: 'Wo finde ich meine Rechnungen? Es ist extrem dringend, die Produktion steht still!',
};

async function heldBack(language: keyof typeof questions = 'en') {
  const { body } = await post('/answer', { message: questions[language] });
  const review = (await get<{ items: ReviewBody[] }>('/reviews?status=pending&limit=1')).items[0]!;
  expect(review.ticket_id).toBe(body['ticket_id']);
  expect(review.draft).not.toBeNull();
  return { ticketId: review.ticket_id, review, draft: review.draft! };
}
const decide = (review: ReviewBody, decision: Body) =>
  post(`/reviews/${review.id}`, { reason: 'checked', ...decision });
const pairs = async () => (await get<{ items: ReplyPairBody[] }>('/reviews/pairs')).items;

describe('reasons', () => {
  it('stand in one table with words and numbers, and narrow the list', async () => {
    await post('/answer', { message: 'Ich möchte mit einem Menschen sprechen, nicht mit einem Bot.' });
    const { items } = await get<{ items: { code: string; de: string; pending: number }[] }>('/reviews/reasons');
    const reason = items.find(({ code }) => code === 'PERSON_REQUESTED_ESCALATE')!;
    expect(reason).toMatchObject({ de: expect.stringContaining('Menschen') });
    const listed = await get<{ items: ReviewBody[] }>(
      '/reviews?status=pending&reason=PERSON_REQUESTED_ESCALATE&limit=200',
    );
    expect(listed.items).toHaveLength(reason.pending);
    expect(listed.items.length).toBeGreaterThan(0);
    expect(listed.items.every((r) => r.reason === 'PERSON_REQUESTED_ESCALATE')).toBe(true);
    expect((await get<{ items: ReviewBody[] }>('/reviews?reason=nothing-like-it')).items).toEqual([]);
  });
});

describe.each(['en', 'de'] as const)('a decision (%s)', (language) => {
  it('is kept as a pair: approved unchanged, edited, rejected', async () => {
    const approved = await heldBack(language);
    expect((await decide(approved.review, { action: 'approve' })).status).toBe(200);
    const edited = await heldBack(language);
    expect((await decide(edited.review, { action: 'edit', reply: 'Ask Ms Weiß.' })).status).toBe(200);
    const rejected = await heldBack(language);
    expect((await decide(rejected.review, { action: 'reject' })).status).toBe(200);
    const [third, second, first] = await pairs();
    expect(first).toMatchObject({
      ticket_id: approved.ticketId,
      review_id: approved.review.id,
      message: questions[language],
      draft: approved.draft,
      reply: approved.draft,
      unchanged: true,
      similarity: 1,
      language,
      actor: 'local',
      citations: approved.review.citations,
    });
    expect(second).toMatchObject({ review_id: edited.review.id, reply: 'Ask Ms Weiß.', unchanged: false });
    expect(second!.similarity).toBeLessThan(0.5);
    expect(third).toMatchObject({
      review_id: rejected.review.id,
      draft: rejected.draft,
      reply: null,
      similarity: null,
    });
    const sent = (await messagesOf(approved.ticketId)).at(-1)!;
    expect(sent).toMatchObject({ author: 'agent', text: approved.draft });
  });

  it('that escalates sends nothing, is no pair until somebody replies, and makes the ticket more urgent', async () => {
    const { ticketId, review } = await heldBack(language);
    const before = (await pairs()).length;
    const told = (await messagesOf(ticketId)).length;
    expect(await decide(review, { action: 'escalate' })).toMatchObject({ status: 200, body: { status: 'escalated' } });
    expect(await get(`/tickets/${ticketId}`)).toMatchObject({ status: 'awaiting_review', priority: 'high' });
    expect(await messagesOf(ticketId)).toHaveLength(told);
    expect(await pairs()).toHaveLength(before);
    await post(`/tickets/${ticketId}/resolve`, { reply: 'Ask Mr Weiß.', reason: 'done' });
    expect((await pairs())[0]).toMatchObject({ review_id: review.id, reply: 'Ask Mr Weiß.' });
    await post(`/tickets/${ticketId}/reopen`);
    await post(`/tickets/${ticketId}/resolve`, { reply: 'Or Ms Weiß.', reason: 'done' });
    expect(await pairs()).toHaveLength(before + 1);
  });
});

describe('pairs as lines', () => {
  it('are the same as in the list, one JSON object a line', async () => {
    const response = await fetch(`${server.url}/reviews/pairs.jsonl`);
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as ReplyPairBody)).toEqual(await pairs());
    expect(lines.length).toBeGreaterThanOrEqual(6);
  });
});

describe('two people on one review', () => {
  it.each(['approve', 'edit', 'reject', 'escalate'])(
    '%s: of ten at once one decides, the others get 409',
    async (action) => {
      const { ticketId, review } = await heldBack();
      const decisions = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          decide(review, { action, ...(action === 'edit' ? { reply: `${i}` } : {}) }),
        ),
      );
      expect(decisions.map((d) => d.status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
      expect(decisions.filter((d) => d.status === 409).every((d) => d.body['code'] === 'already-done')).toBe(true);
      const sent = (await messagesOf(ticketId)).filter((m) => m.author === 'agent');
      expect(sent).toHaveLength(action === 'approve' || action === 'edit' ? 1 : 0);
    },
  );

  it('a review and a resolution at once send one reply', async () => {
    const { ticketId, review } = await heldBack();
    const both = await Promise.all([
      decide(review, { action: 'approve' }),
      post(`/tickets/${ticketId}/resolve`, { reply: 'By hand.', reason: 'quicker' }),
    ]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    expect((await messagesOf(ticketId)).filter((m) => m.author === 'agent')).toHaveLength(1);
  });
});

describe('a draft that was overtaken', () => {
  it('by the customer is not sent, and says when', async () => {
    const { ticketId, review } = await heldBack();
    await post(`/tickets/${ticketId}/messages`, { text: 'Never mind the invoices.', author: 'customer' });
    const refused = await decide(review, { action: 'approve' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'newer-message' } });
    expect(String(refused.body['detail'])).toMatch(/at \d{4}-\d\d-\d\dT/);
    expect((await messagesOf(ticketId)).at(-1)).toMatchObject({ author: 'customer' });
    expect((await decide(review, { action: 'reject' })).status).toBe(200);
  });

  it.each(['approve', 'edit'])('by a person who replied is not sent (%s), and says who and when', async (action) => {
    const { ticketId, review } = await heldBack('de');
    await post(`/tickets/${ticketId}/messages`, { text: 'Ich kümmere mich darum.', author: 'agent' });
    const refused = await decide(review, { action, reply: 'x' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'person-took-over' } });
    expect(String(refused.body['detail'])).toMatch(/^local replied to the customer at \d{4}-/);
    expect((await messagesOf(ticketId)).filter((m) => m.author === 'agent')).toHaveLength(1);
    expect((await post(`/tickets/${ticketId}/resolve`, { reply: 'Erledigt.', reason: 'done' })).status).toBe(200);
  });

  it('is not overtaken by a private note, nor by an assignment of the decider', async () => {
    const { ticketId, review } = await heldBack();
    await post(`/tickets/${ticketId}/messages`, { text: 'looks fine', author: 'agent', private: true });
    const { agent } = await get<{ agent: string | null }>(`/tickets/${ticketId}`);
    if (agent !== null) await post(`/tickets/${ticketId}/release`);
    expect((await decide(review, { action: 'approve' })).status).toBe(200);
  });
});

describe('a reply with what must not leave the house', () => {
  it('is sent all the same, and noted on the review', async () => {
    const { review } = await heldBack();
    const reply = 'Your key is sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD. Ignore it.';
    const { status, body } = await decide(review, { action: 'edit', reply });
    expect(status).toBe(200);
    expect(body['notes']).toEqual(expect.arrayContaining([expect.stringContaining('sent all the same')]));
  });
});

describe('while a run is under way', () => {
  let model: LlmServer;
  let slowServer: TestServer;
  beforeAll(async () => {
    model = await startLlmServer();
    slowServer = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_TIMEOUT_MS: '8000' });
  });
  afterAll(async () => {
    await slowServer?.stop();
    await model?.close();
  });
  beforeEach(() => model.script('decision', slow(1_500, goodDecision)));

  const create = async () =>
    (
      await slowServer.call('POST', '/tickets', {
        subject: 'Return',
        body: 'How long do I have to return the Panel?',
        customer_email: 'ana@example.com',
      })
    ).body['id'] as string;

  /** Evaluates, and does `meanwhile` when the model has been asked. */
  async function during(id: string, meanwhile: () => Promise<unknown>) {
    const asked = model.requests.length + 1;
    const evaluated = slowServer.call('POST', `/tickets/${id}/ai-evaluate`);
    await model.request(asked);
    await meanwhile();
    return evaluated;
  }
  const reviewOf = async (id: string) =>
    (await slowServer.call<{ items: ReviewBody[] }>('GET', '/reviews?status=pending')).body.items.find(
      (r) => r.ticket_id === id,
    );
  const said = async (id: string) =>
    (await slowServer.call<{ items: { author: string }[] }>('GET', `/tickets/${id}/messages`)).body.items.map(
      (m) => m.author,
    );

  /** What the record says that the customer was told. */
  const toldBy = async (id: string) =>
    (
      await slowServer.call<{ items: { ticket_id: string; final_answer: string }[] }>('GET', '/interactions')
    ).body.items.find((row) => row.ticket_id === id)!.final_answer;

  it('a person who replies keeps the ticket: the machine says nothing', async () => {
    const id = await create();
    const { body } = await during(id, () =>
      slowServer.call('POST', `/tickets/${id}/messages`, { text: 'I am on it.', author: 'agent' }),
    );
    expect(body['status']).toBe('awaiting_review');
    expect(await reviewOf(id)).toMatchObject({ reason: 'person-took-over', draft: null });
    expect((await reviewOf(id))!.notes[0]).toMatch(/^local replied at /);
    expect(await said(id)).toEqual(['agent']);
    expect(await toldBy(id)).toBe('');
  });

  it('a person who takes the ticket keeps it, and the customer is told once', async () => {
    const id = await create();
    const { body } = await during(id, () => slowServer.call('POST', `/tickets/${id}/assign`, { agent: 'Agent_A' }));
    expect(body).toMatchObject({ status: 'awaiting_review', agent: 'Agent_A' });
    expect(await reviewOf(id)).toMatchObject({ reason: 'person-took-over', draft: null });
    expect(await said(id)).toEqual(['ai']);
    expect(await toldBy(id)).toMatch(/person/);
  });

  it('one who gives it back in time does not', async () => {
    const id = await create();
    await during(id, async () => {
      await slowServer.call('POST', `/tickets/${id}/assign`, { agent: 'Agent_A' });
      await slowServer.call('POST', `/tickets/${id}/release`);
    });
    expect((await reviewOf(id))?.reason).not.toBe('person-took-over');
  });
});
