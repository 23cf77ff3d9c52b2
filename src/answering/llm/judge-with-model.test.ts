import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AnsweringModel,
  type de,
  type en,
  failures,
  languages,
  startAnsweringModel,
} from '../../../tests/support/answering-model.ts';
import { goodJudgement, hang, json } from '../../../tests/support/llm-server.ts';
import { judgeWithModel } from './judge-with-model.ts';

let model: AnsweringModel;
beforeAll(async () => {
  model = await startAnsweringModel();
});
afterAll(() => model.close());
beforeEach(() => model.forgetScripts());

const judgeOf = (context: typeof de | typeof en) =>
  judgeWithModel(model.tools(), { ...context, reply: 'Alle Rechnungen stehen unter Verwaltung.' });

describe.each(languages)('judgeWithModel, %s', (_name, context) => {
  it('returns the settled verdict', async () => {
    model.server.script('judge', json(goodJudgement));
    const verdict = await judgeOf(context);
    expect(verdict).toMatchObject({ kind: 'llm', accuracy: 0.95, failure: null, unansweredAsks: [] });
    expect(verdict.score).toBeCloseTo(0.9, 10);
    model.server.script('judge', json({ ...goodJudgement, unsupported_claims: ['Es kostet nichts.'] }));
    const overridden = await judgeOf(context);
    expect(overridden.score).toBeLessThan(0.5);
    expect(overridden.unsupportedClaims).toEqual(['Es kostet nichts.']);
  });

  it.each([
    ...failures,
    ['a number out of range', json({ ...goodJudgement, accuracy: 5 }), 'schema-mismatch'],
    ['a number as text', json({ ...goodJudgement, clarity: '0.9' }), 'schema-mismatch'],
    ['a score without findings', json({ score: 1 }), 'schema-mismatch'],
  ])('never passes when it fails: %s', async (_case, reply, reason) => {
    model.server.script('judge', reply);
    const verdict = await judgeOf(context);
    expect(verdict.score).toBe(0);
    expect(verdict.failure).toMatch(new RegExp(`^${reason}: `));
    expect(verdict.reasoning).toContain(context.language === 'de' ? 'nicht geprüft' : 'not checked');
  });

  it('never passes when the time is up', async () => {
    model.server.script('judge', hang());
    const request = { ...context, reply: 'Ja.', deadlineMs: 80 };
    expect(await judgeWithModel(model.tools({}), request)).toMatchObject({
      score: 0,
      failure: expect.stringMatching(/^timeout: /),
    });
  });
});
