import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cut,
  empty,
  goodDecision,
  hang,
  json,
  type LlmServer,
  prose,
  type Reply,
  rateLimited,
  refusal,
  serverError,
  slow,
  startLlmServer,
  text,
  wrongEnum,
} from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** The whole way with a language model that speaks the real protocol and misbehaves on demand. */
let model: LlmServer;
let server: TestServer;
beforeAll(async () => {
  model = await startLlmServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_TIMEOUT_MS: '1500', LLM_MODEL: 'scripted-1' });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => {
  for (const purpose of ['decision', 'draft', 'judge'] as const) model.script(purpose);
});

const question = { en: 'How long do I have to return the Panel?', de: 'Wie lange kann ich das Panel zurückgeben?' };
const ticket = { subject: 'Return', body: question.en, customer_email: 'ana@example.com' };

async function evaluate(language: 'en' | 'de' = 'en') {
  const { body } = await server.call('POST', '/tickets', {
    ...ticket,
    subject: language === 'de' ? 'Rückgabe' : 'Return',
    body: question[language],
  });
  return server.call('POST', `/tickets/${body['id']}/ai-evaluate`);
}

const broken: [string, Reply][] = [
  ['a server error', serverError(500)],
  ['429 without end', rateLimited()],
  ['no answer at all', hang()],
  ['an answer that comes too late', slow(4_000, goodDecision)],
  ['a cut reply', cut()],
  ['prose instead of JSON', prose()],
  ['a refusal', refusal()],
  ['an empty reply', empty()],
  ['an intent that does not exist', wrongEnum()],
  ['NaN as confidence', text('{"intent":"billing","priority":"low","confidence":NaN,"suggestion":"x"}')],
  ['a confidence of 1.2', json({ ...goodDecision, confidence: 1.2 })],
  ['a confidence as text', json({ ...goodDecision, confidence: '0.9' })],
];

describe('a decision of the model that cannot be used', () => {
  it.each(broken)('%s ends in review, with the reason recorded', async (_, reply) => {
    model.script('decision', reply);
    const { status, body } = await evaluate();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'awaiting_review', model_intent: null, model_confidence: null });
    const { body: reviews } = await server.call<{ items: { ticket_id: string; reason: string; notes: string[] }[] }>(
      'GET',
      '/reviews?status=pending&limit=1',
    );
    expect(reviews.items[0]).toMatchObject({ ticket_id: body['id'], reason: 'MODEL_FAILURE_ESCALATE' });
    expect(reviews.items[0]?.notes.join(' ')).toMatch(/language model failed: \S/);
  });
});

describe('a judge that fails never passes', () => {
  it.each(broken.slice(0, 8))('%s', async (_, reply) => {
    model.script('judge', reply);
    const { body } = await server.call('POST', '/answer', { message: question.en, method: 'ai' });
    expect(body['guardrail_action']).not.toBe('OK');
    expect(body['final_answer']).not.toBe(body['answer']);
    expect(body['review_id']).not.toBeNull();
  });
});

describe('a model that works', () => {
  it.each(['en', 'de'] as const)('recommends, and the system decides (%s)', async (language) => {
    const { status, body } = await evaluate(language);
    expect(status).toBe(200);
    expect(body['model_intent']).toBe(goodDecision.intent);
    expect(body['model_confidence']).toBe(goodDecision.confidence);
    expect(body['confidence']).toBeLessThanOrEqual(goodDecision.confidence);
    expect(body['suggestion']).toBe(goodDecision.suggestion);
  });

  it('another intent than ours means review', async () => {
    model.script('decision', json({ ...goodDecision, intent: 'account' }));
    const { body } = await evaluate();
    expect(body).toMatchObject({ status: 'awaiting_review', model_intent: 'account' });
    const { body: trace } = await server.call<{ decisions: { checks: { rule: string; passed: boolean }[] }[] }>(
      'GET',
      `/tickets/${body['id']}/trace`,
    );
    expect(trace.decisions[0]?.checks.find((c) => c.rule === 'model-agrees')?.passed).toBe(false);
  });

  it('a low confidence of the model lowers that of the ticket', async () => {
    model.script('decision', json({ ...goodDecision, confidence: 0.3 }));
    const { body } = await evaluate();
    expect(body).toMatchObject({ status: 'awaiting_review', confidence: 0.3 });
  });

  it('a high confidence of the model raises nothing', async () => {
    model.script('decision', json({ ...goodDecision, confidence: 1 }));
    const { body } = await server.call('POST', '/answer', { message: 'hm, so, well, you know, that thing' });
    expect(body['router_confidence']).toBeLessThan(1);
  });

  it('a draft that cites nothing is not sent', async () => {
    model.script('draft', text('You have 90 days to return the Panel, and we pay you double.'));
    const { body } = await server.call('POST', '/answer', { message: question.en, method: 'ai' });
    expect(body['final_answer']).not.toContain('90 days');
  });

  it('is told of in health, and its calls are counted', async () => {
    const { body } = await server.call<{ components: { llm: { status: string } } }>('GET', '/health');
    expect(body.components.llm.status).toBe('ok');
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/signalbox_llm_calls_total\{purpose="decision",result="ok"\} \d+/);
    expect(metrics).toMatch(/signalbox_llm_calls_total\{purpose="decision",result="timeout"\} \d+/);
  });
});
