import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LlmServer, startLlmServer } from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** When what may be spent in an hour is spent, customers are answered from the passages: that alone is no failure. */
let model: LlmServer;
let server: TestServer;
beforeAll(async () => {
  model = await startLlmServer();
  server = await startTestServer({
    OPENAI_BASE_URL: model.baseUrl,
    LLM_MODEL: 'scripted-1',
    LLM_BUDGET_PER_HOUR: '1',
  });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});

interface Answered {
  method: string;
  guardrail_action: string;
  guardrail_notes: string[];
  review_id: string | null;
  final_answer: string;
}

describe('a language model whose budget is used up', () => {
  it.each([
    ['How long does a refund to PayPal take?', 'up to 2 business days'],
    ['Wie lange dauert eine Erstattung auf PayPal?', 'bis zu 2 Werktage'],
  ])('is not asked, and the templates answer: %s', async (message, fact) => {
    for (const method of ['auto', 'ai', 'hybrid']) {
      const { body } = await server.call<Answered>('POST', '/answer', { message, method, category: 'Refund' });
      expect(body.guardrail_action).toBe('OK');
      expect(body.review_id).toBeNull();
      expect(body.method).toBe('template');
      expect(body.final_answer).toContain(fact);
      expect(body.guardrail_notes.join(' ')).toContain('budget of this hour is used up');
    }
    expect(model.requests.filter(({ purpose }) => purpose !== 'unknown')).toEqual([]);
  });
});
