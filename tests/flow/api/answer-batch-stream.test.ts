import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerEvents } from '../../../src/api/contract/index.ts';
import {
  cut,
  hang,
  type LlmServer,
  pieces,
  refusal,
  serverError,
  slow,
  startLlmServer,
  text,
} from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** `POST /answer/batch` and `POST /answer/stream`, without a language model and with one that misbehaves. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const question = { en: 'How long does a refund to PayPal take?', de: 'Wie lange dauert eine Erstattung auf PayPal?' };

interface Batch {
  results: { message: string; language: string; final_answer: string; ticket_id: string }[];
  count: number;
}
async function storedTickets(at: TestServer = server): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from intake.tickets`.execute(
    at.app.engine.parts.database.db,
  );
  return rows[0]!.n;
}

describe('POST /answer/batch', () => {
  it('answers each message in its language, in the order of the request', async () => {
    const messages = Array.from({ length: 12 }, (_, i) => ({
      message: `${i % 2 === 0 ? question.en : question.de} (${i})`,
    }));
    const { status, body } = await server.call<Batch>('POST', '/answer/batch', { messages });
    expect(status).toBe(200);
    expect(body.count).toBe(12);
    expect(body.results.map((one) => one.message)).toEqual(messages.map((one) => one.message));
    expect(body.results.map((one) => one.language)).toEqual(messages.map((_, i) => (i % 2 === 0 ? 'en' : 'de')));
    expect(new Set(body.results.map((one) => one.ticket_id)).size).toBe(12);
  });

  it.each([
    ['an empty message', { message: '  ' }, 'messages[1].message'],
    ['an unknown tone', { message: question.de, tone: 'grim' }, 'messages[1].tone'],
    ['a category that is not known', { message: question.de, category: 'Zebras' }, 'messages[1].category'],
  ])('stores nothing and names the place of %s', async (_, bad, path) => {
    const before = await storedTickets();
    const { status, body } = await server.call<{ errors: { path: string }[] }>('POST', '/answer/batch', {
      messages: [{ message: question.en }, bad, { message: question.de }],
    });
    expect(status).toBe(422);
    expect(body.errors.map((one) => one.path)).toEqual([path]);
    expect(await storedTickets()).toBe(before);
  });

  it('takes 1 to 100 messages', async () => {
    for (const n of [0, 101]) {
      const messages = Array.from({ length: n }, () => ({ message: question.en }));
      expect((await server.call('POST', '/answer/batch', { messages })).status).toBe(422);
    }
  });

  it('stores each message once under an Idempotency-Key', async () => {
    const messages = [{ message: question.en }, { message: question.de }];
    const send = () => server.call<Batch>('POST', '/answer/batch', { messages }, { 'idempotency-key': 'batch-1' });
    const first = await send();
    const before = await storedTickets();
    const second = await send();
    expect(second.body).toEqual(first.body);
    expect(await storedTickets()).toBe(before);
  });
});

describe('POST /answer for a customer', () => {
  const customer = { customer_email: 'erika@muster.example', customer_name: 'Erika Muster' };
  it.each(['en', 'de'] as const)('greets by the name that came with the message (%s)', async (language) => {
    const { status, body } = await server.call('POST', '/answer', { message: question[language], ...customer });
    expect(status).toBe(200);
    expect(body['answer']).toMatch(/^[^\n]*Erika Muster[,!]\n/);
    const { body: trace } = await server.call<{ steps: { step: string; verdict: Record<string, unknown> }[] }>(
      'GET',
      `/tickets/${String(body['ticket_id'])}/trace`,
    );
    const verdict = trace.steps.find(({ step }) => step === 'answering')!.verdict as {
      draft: { personalised: string[] };
      asks: { outcome: string }[];
      guardrailChecks: { id: string }[];
    };
    expect(verdict.draft.personalised).toContain('name');
    expect(verdict.asks.map(({ outcome }) => outcome)).toEqual(['answered']);
    expect(verdict.guardrailChecks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['judge-score', 'deferred-ask']),
    );
  });

  it('tells the tone that was used, and keeps to one that was asked for', async () => {
    const plain = await server.call('POST', '/answer', { message: question.de });
    expect(plain.body['tone']).toBe('professional');
    const asked = await server.call('POST', '/answer', { message: question.de, tone: 'formal' });
    expect(asked.body['tone']).toBe('formal');
  });
});

interface Told {
  event: string;
  data: Record<string, unknown>;
}

/** The events as they come; `until` stops listening early. */
async function listen(
  at: TestServer,
  body: object,
  until?: string,
  key?: string,
): Promise<{ status: number; told: Told[] }> {
  const abort = new AbortController();
  const response = await fetch(`${at.url}/answer/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(body),
    signal: abort.signal,
  });
  const told: Told[] = [];
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return { status: response.status, told: [{ event: 'body', data: (await response.json()) as Told['data'] }] };
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const found = /^event: (\w+)\ndata: (.*)$/.exec(block);
      if (found !== null) told.push({ event: found[1]!, data: JSON.parse(found[2]!) });
      if (until !== undefined && told.at(-1)?.event === until) {
        abort.abort();
        return { status: response.status, told };
      }
    }
  }
  return { status: response.status, told };
}

const heldToContract = (told: readonly Told[]) => {
  for (const { event, data } of told)
    expect(answerEvents[event as keyof typeof answerEvents].safeParse(data).error, event).toBeUndefined();
};

describe('POST /answer/stream', () => {
  it.each(['en', 'de'] as const)('tells the steps, the draft and the end (%s)', async (language) => {
    const { status, told } = await listen(server, { message: question[language] });
    expect(status).toBe(200);
    heldToContract(told);
    const names = told.map((one) => one.event);
    expect(told.filter((one) => one.event === 'step').map((one) => one.data['step'])).toEqual([
      'intake',
      'triage',
      'knowledge',
      'answering',
      'policy',
      'routing',
    ]);
    expect(names.at(-1)).toBe('final');
    expect(names.filter((name) => name === 'draft').length).toBeGreaterThan(0);
    const final = told.at(-1)!.data;
    const drafts = told.filter((one) => one.event === 'draft').map((one) => one.data['text']);
    expect(drafts).toContain(final['answer']);
    const { body } = await server.call<{ items: { interaction_id: string }[] }>('GET', '/interactions?limit=1');
    expect(body.items[0]!.interaction_id).toBe(final['interaction_id']);
  });

  it('makes one ticket of two sendings under one key, and tells the end to both', async () => {
    const message = `${question.de} Und danke.`;
    const [first, second] = [
      await listen(server, { message }, undefined, 'stream-key'),
      await listen(server, { message }, undefined, 'stream-key'),
    ];
    expect(second.told.map((one) => one.event)).toEqual(['final']);
    expect(second.told[0]!.data['ticket_id']).toBe(first.told.at(-1)!.data['ticket_id']);
  });

  it('answers a faulty request as a problem, before any event', async () => {
    for (const body of [{ message: '' }, { message: question.de, category: 'Zebras' }]) {
      const { status, told } = await listen(server, body);
      expect(status).toBe(422);
      expect(told[0]!.data).toMatchObject({ code: 'invalid-fields' });
    }
  });
});

describe('POST /answer/stream with a language model', () => {
  let model: LlmServer;
  let asking: TestServer;
  beforeAll(async () => {
    model = await startLlmServer();
    asking = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_TIMEOUT_MS: '1500', LLM_MODEL: 'scripted-1' });
  });
  afterAll(async () => {
    await asking?.stop();
    await model?.close();
  });
  beforeEach(() => {
    for (const purpose of ['decision', 'draft', 'judge'] as const) model.script(purpose);
  });

  it('says that a draft does not count when another one is written', async () => {
    model.script('draft', text('You have 90 days to return the Panel, and we pay you double.'));
    const { told } = await listen(asking, { message: question.en, method: 'hybrid' });
    heldToContract(told);
    const names = told.map((one) => one.event);
    expect(names.indexOf('discarded')).toBeGreaterThan(names.indexOf('draft'));
    expect(told.find((one) => one.event === 'discarded')!.data['attempt']).toBe(1);
    expect(told.findLast((one) => one.event === 'draft')!.data['attempt']).toBe(2);
    expect(names.at(-1)).toBe('final');
  });

  it('shows no marks of passages in the pieces of a draft', async () => {
    const { told } = await listen(asking, { message: question.de, method: 'ai' });
    const pieces = told.filter((one) => one.event === 'draft').map((one) => String(one.data['text']));
    expect(pieces.join('')).not.toBe('');
    expect(pieces.join('')).not.toMatch(/\[\d/);
  });

  const cited = 'Eine Erstattung auf PayPal dauert bis zu 2 Werktage [1].';
  const draftsOf = (told: readonly Told[], attempt: number) =>
    told.filter((one) => one.event === 'draft' && one.data['attempt'] === attempt).map((one) => one.data['text']);

  it('hands on the pieces of a draft as the model writes them', async () => {
    model.script('draft', pieces(cited.split(/(?<= )/), { pauseMs: 5 }));
    const { told } = await listen(asking, { message: question.de, method: 'ai' });
    heldToContract(told);
    expect(draftsOf(told, 1).length).toBeGreaterThan(3);
    expect(draftsOf(told, 1).join('').trim()).toBe(cited.replace(' [1]', ''));
  });

  it.each([
    ['a stream that breaks off', cut(cited)],
    ['a stream that falls silent', pieces(cited.split(/(?<= )/), { hangs: true })],
    ['garbage in the stream', pieces(cited.split(/(?<= )/), { noise: 'data: {"broken\n\n' })],
    ['a server error', serverError(500)],
    ['a refusal', refusal()],
  ])('takes back what %s has told, and ends with a person or an answer from the passages', async (_, reply) => {
    model.script('draft', reply);
    for (const method of ['ai', 'auto']) {
      const { told } = await listen(asking, { message: question.de, method });
      heldToContract(told);
      const final = told.at(-1)!;
      expect(final.event).toBe('final');
      if (final.data['guardrail_action'] === 'OK') continue;
      expect(final.data['final_answer']).not.toBe(final.data['answer']);
      const lastDraft = told.findLastIndex((one) => one.event === 'draft');
      if (final.data['answer'] === null && lastDraft !== -1)
        expect(told.findLastIndex((one) => one.event === 'discarded')).toBeGreaterThan(lastDraft);
    }
  });

  it('ends with the hand-over when the model gives nothing', async () => {
    model.script('decision', hang());
    const { told } = await listen(asking, { message: question.en });
    expect(told.at(-1)!.event).toBe('final');
    expect(told.at(-1)!.data['guardrail_action']).toBe('MODEL_FAILURE_ESCALATE');
  });

  it('carries the run to its end when the reader leaves', async () => {
    model.script('decision', slow(300, { intent: 'billing', priority: 'low', confidence: 0.9, suggestion: 'x' }));
    const message = `${question.de} Danke im Voraus.`;
    const { told } = await listen(asking, { message }, 'step');
    expect(told.at(-1)!.event).toBe('step');
    const { inHand } = asking.app.engine.parts;
    await expect.poll(() => inHand.size, { timeout: 10_000 }).toBe(0);
    const { body } = await asking.call<{ items: { message: string }[] }>('GET', '/interactions?limit=1');
    expect(body.items[0]!.message).toBe(message);
  });
});

it('a stream that is under way when the server stops is told to its end', async () => {
  const model = await startLlmServer();
  const stopping = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted-1' });
  model.script('decision', slow(500, { intent: 'billing', priority: 'low', confidence: 0.9, suggestion: 'x' }));
  const arrived = listen(stopping, { message: question.de });
  await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const stopped = stopping.stop();
  const { told } = await arrived;
  expect(told.at(-1)!.event).toBe('final');
  await stopped;
  await model.close();
});
