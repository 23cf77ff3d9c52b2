import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AnsweringModel,
  failures,
  languages,
  startAnsweringModel,
} from '../../../tests/support/answering-model.ts';
import {
  confidenceAsText,
  fenced,
  goodDecision,
  hang,
  json,
  tooSure,
  wrongEnum,
} from '../../../tests/support/llm-server.ts';
import { decideWithModel } from './decide-with-model.ts';

let model: AnsweringModel;
beforeAll(async () => {
  model = await startAnsweringModel();
});
afterAll(() => model.close());
beforeEach(() => model.forgetScripts());

describe.each(languages)('decideWithModel, %s', (_name, context) => {
  it('returns the decision with model and prompt hash', async () => {
    model.server.script('decision', fenced({ ...goodDecision, extra: 'ignored' }));
    const result = await decideWithModel(model.tools(), context);
    expect(result).toEqual({
      ok: true,
      decision: {
        ...goodDecision,
        model: 'scripted-1',
        promptHash: model.prompts.versions()[`decision.${context.language}`],
      },
    });
    const { prompt, system, body } = model.server.requests.at(-1)!;
    expect(prompt).toContain(context.message);
    expect(prompt).toContain(`[2] ${context.passages[1].heading}`);
    expect(system).not.toContain(context.message);
    expect(JSON.stringify(body['response_format'])).toContain('technical_issue');
  });

  it.each([
    ...failures,
    ['a wrong enum', wrongEnum(), 'schema-mismatch'],
    ['confidence 1.2', tooSure(), 'schema-mismatch'],
    ['confidence "0.9"', confidenceAsText(), 'schema-mismatch'],
    ['an empty suggestion', json({ ...goodDecision, suggestion: ' ' }), 'schema-mismatch'],
  ])('fails with its reason: %s', async (_case, reply, reason) => {
    model.server.script('decision', reply);
    const result = await decideWithModel(model.tools(), context);
    expect(result).toMatchObject({ ok: false, reason });
    expect(!result.ok && result.failure.startsWith(`${reason}: `)).toBe(true);
  });

  it('fails when the time is up', async () => {
    model.server.script('decision', hang());
    expect(await decideWithModel(model.tools({}), { ...context, deadlineMs: 80 })).toMatchObject({
      ok: false,
      reason: 'timeout',
    });
  });
});
