import { describe, expect, it } from 'vitest';
import { missingQuestions, type RunToRead } from './missing-questions.ts';

const run = (more: {
  text?: string;
  found?: boolean;
  asks?: RunToRead['answering']['asks'];
  guardrail?: RunToRead['answering']['guardrail'];
  wantsPerson?: boolean;
  personReasons?: string[];
}): RunToRead => ({
  text: more.text ?? 'Liefern Sie nach Norwegen?',
  triage: {
    personReasons: more.personReasons ?? [],
    signals: { thanks: false, frustration: false, notWorking: false, wantsPerson: more.wantsPerson ?? false },
  },
  knowledge: { found: more.found ?? false },
  answering: { asks: more.asks ?? [], guardrail: more.guardrail ?? 'NO_PASSAGE_ESCALATE' },
});
const answered = { ask: 'Where are my invoices?', outcome: 'answered' } as const;
const deferred = { ask: 'Do you deliver to Norway?', outcome: 'deferred' } as const;

describe('missingQuestions', () => {
  it.each<[string, RunToRead, string[]]>([
    ['nothing found: the text', run({}), ['Liefern Sie nach Norwegen?']],
    ['nothing found: every ask', run({ asks: [answered, deferred] }), [answered.ask, deferred.ask]],
    ['found: what was deferred', run({ found: true, guardrail: 'OK', asks: [answered, deferred] }), [deferred.ask]],
    ['found and answered: none', run({ found: true, guardrail: 'OK', asks: [answered] }), []],
    ['found and weak, no asks: none', run({ found: true, guardrail: 'LLM_POOR_ANSWER_RETRY' }), []],
    ['a wish for a person is none', run({ wantsPerson: true }), []],
    ['what only a person can do is none', run({ personReasons: ['declaration'] }), []],
    [
      'out of scope is for a person to say',
      run({ guardrail: 'OUT_OF_SCOPE_ESCALATE' }),
      ['Liefern Sie nach Norwegen?'],
    ],
    ['frustration is none', run({ guardrail: 'FRUSTRATED_CUSTOMER_ESCALATE' }), []],
    ['the same twice is one', run({ asks: [deferred, deferred] }), [deferred.ask]],
    ['what is no question at all is none', run({ text: '😀 42 ?' }), []],
  ])('%s', (_, given, expected) => expect(missingQuestions(given)).toEqual(expected));

  it('is one line of at most 300 characters, and five at most', () => {
    const long = missingQuestions(run({ text: `${'wort '.repeat(200)}\n😀` }))[0]!;
    expect(long.length).toBeLessThanOrEqual(300);
    expect(long).not.toContain('\n');
    const many = Array.from({ length: 9 }, (_, i) => ({ ask: `Frage Nummer ${i}?`, outcome: 'deferred' as const }));
    expect(missingQuestions(run({ asks: many }))).toHaveLength(5);
    expect(missingQuestions(run({ text: `${'😀'.repeat(400)}abc` }))).toHaveLength(0);
  });
});
