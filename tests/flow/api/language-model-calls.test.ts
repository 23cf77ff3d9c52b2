import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmServer, startLlmServer, text } from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What leaves for the model, what comes back, and what it cost: over HTTP, with a server that speaks the protocol. */
let model: LlmServer;
let server: TestServer;
beforeAll(async () => {
  model = await startLlmServer();
  server = await startTestServer({
    OPENAI_BASE_URL: model.baseUrl,
    LLM_MODEL: 'scripted-1',
    LLM_PRICES: 'scripted-1=1000/2000',
    MASKING: 'always',
  });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => {
  for (const purpose of ['decision', 'draft', 'judge'] as const) model.script(purpose);
});

const personal = {
  en: {
    subject: 'Return for Oliver Brandt',
    body: 'Hi, my name is Oliver Brandt. How long do I have to return the Panel? Call 020 7946 0321 or write to oliver@example.net, card 4111 1111 1111 1111.',
    values: ['Oliver', 'Brandt', '7946', 'oliver@example.net', '4111', 'brandt.private', 'Zacharias'],
  },
  de: {
    subject: 'Rückgabe von Katrin Hollerbach',
    body: 'Guten Tag, mein Name ist Katrin Hollerbach. Wie lange kann ich das Panel zurückgeben? Tel. 0171 3920055, IBAN DE44 5001 0517 5407 3249 31.',
    values: ['Katrin', 'Hollerbach', '3920055', '5001', 'brandt.private', 'Zacharias'],
  },
} as const;

describe.each(['en', 'de'] as const)('a message with personal data (%s)', (language) => {
  it('leaves without it', async () => {
    const { subject, body, values } = personal[language];
    const from = model.requests.length;
    const { status } = await server.call('POST', '/answer', {
      subject,
      message: body,
      customer_name: 'Nils Zacharias',
      customer_email: 'brandt.private@example.com',
      method: 'ai',
    });
    expect(status).toBe(200);
    const sent = JSON.stringify(model.requests.slice(from).map((request) => request.body));
    expect(model.requests.length).toBeGreaterThan(from);
    expect(sent).toContain('[PERSON_1]');
    for (const value of values) expect(sent).not.toContain(value);
    expect(sent).toMatch(/Panel/);
  });
});

it('puts values back in what the model writes', async () => {
  model.script('draft', text('Please report a faulty Panel to [email 1]. [1]'));
  const { status, body } = await server.call('POST', '/answer', {
    message: 'My name is Oliver Brandt, oliver@example.net. How long do I have to return the Panel?',
    customer_email: 'oliver@example.net',
    method: 'ai',
  });
  expect(status).toBe(200);
  // The address of the house in a passage is masked on its way out and comes back like any other.
  expect(body['answer']).toContain('Please report a faulty Panel to support@quillhaven.example.');
  expect(JSON.stringify(body)).not.toMatch(/\[(?:EMAIL|PERSON)_\d+\]/);
});

it('tells what was used and what it cost, by purpose and by hour', async () => {
  model.script('draft', text('A reply. [1]'));
  await server.call('POST', '/answer', {
    message: 'How long do I have to return the Panel?',
    customer_email: 'a@example.com',
    method: 'ai',
  });
  interface Item {
    key: string;
    calls: number;
    input_tokens: number;
    output_tokens: number;
    cost: number;
    unpriced: number;
  }
  const { status, body } = await server.call<{ items: Item[]; budget: object }>('GET', '/llm/usage?by=purpose');
  expect(status).toBe(200);
  const draft = body.items.find((item) => item.key === 'draft')!;
  expect(draft.calls).toBeGreaterThan(0);
  expect(draft.unpriced).toBe(0);
  expect(draft.cost).toBeCloseTo((draft.input_tokens * 1000 + draft.output_tokens * 2000) / 1e6, 6);
  expect(body.budget).toMatchObject({ tokens_per_hour: null, cost_per_hour: null });
  const byHour = await server.call<{ items: Item[] }>('GET', '/llm/usage?by=hour');
  const total = (items: readonly Item[]) => items.reduce((sum, item) => sum + item.input_tokens, 0);
  expect(total(byHour.body.items)).toBe(total(body.items));
  const metrics = await fetch(`${server.url}/metrics`).then((response) => response.text());
  expect(metrics).toMatch(/signalbox_llm_tokens_total\{purpose="draft",direction="input"\} [1-9]/);
  expect(metrics).toMatch(/signalbox_llm_cost_total\{purpose="draft"\} 0?\.?[0-9]/);
  expect(await server.call('GET', '/llm/usage?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')).toMatchObject({
    status: 422,
  });
});

it('makes answers without the model once the hour is spent', async () => {
  const poor = await startTestServer({
    OPENAI_BASE_URL: model.baseUrl,
    LLM_MODEL: 'scripted-1',
    LLM_BUDGET_PER_HOUR: '10',
  });
  try {
    const from = model.requests.length;
    const { status } = await poor.call('POST', '/answer', {
      message: 'How long do I have to return the Panel?',
      customer_email: 'a@example.com',
      method: 'auto',
    });
    expect(status).toBe(200);
    expect(model.requests.length).toBe(from);
    const { body } = await poor.call<{ items: { refused: number; calls: number }[] }>('GET', '/llm/usage?by=model');
    expect(body.items[0]).toMatchObject({ calls: 0 });
    expect(body.items[0]!.refused).toBeGreaterThan(0);
  } finally {
    await poor.stop();
  }
});
