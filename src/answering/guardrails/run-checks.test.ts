import { describe, expect, it } from 'vitest';
import { checkTimes } from './check.ts';
import { calm, factsOf } from './checks/facts.ts';
import { guardrails } from './checks/index.ts';
import { runChecks } from './run-checks.ts';

describe('the guardrails', () => {
  it('tell what every check found, and do nothing when all pass', () => {
    const { results, action } = runChecks(
      'after-draft',
      factsOf('en', 'A refund to PayPal takes up to 2 business days.'),
    );
    expect(action).toBeNull();
    expect(results.map(({ id }) => id)).toContain('citation-support');
    expect(results.every(({ passed }) => passed)).toBe(true);
  });

  it('act by the first check that fails, and name all that fail for its reason', () => {
    const text = 'We guarantee it, and I have refunded you. The fee is 99 euros at https://evil.example.';
    const { action } = runChecks('after-draft', factsOf('en', text));
    expect(action?.action).toBe('UNSAFE_ANSWER_ESCALATE');
    expect(action?.notes).toHaveLength(3);
    const wanting = {
      ...calm,
      triage: { ...calm.triage, confidence: 0.1, signals: { ...calm.triage.signals, wantsPerson: true } },
    };
    expect(runChecks('before-draft', wanting).action?.action).toBe('PERSON_REQUESTED_ESCALATE');
    expect(runChecks('before-draft', calm).action).toBeNull();
  });

  it('look at what a person sends only for what nobody may send', () => {
    expect(runChecks('at-send', factsOf('de', 'Ich habe Ihr Konto entsperrt.')).action).toBeNull();
    expect(runChecks('at-send', factsOf('de', 'Das Passwort lautet Sommer2024!')).action?.action).toBe(
      'UNSAFE_ANSWER_ESCALATE',
    );
  });

  it('have an id of their own each, and stand in the lists of their times', () => {
    const all = new Set<{ readonly id: string }>(
      checkTimes.flatMap((when) => [...guardrails[when]] as { id: string }[]),
    );
    expect(new Set([...all].map(({ id }) => id)).size).toBe(all.size);
    for (const when of checkTimes) for (const check of guardrails[when]) expect(check.when).toContain(when);
  });
});
