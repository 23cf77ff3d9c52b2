import { describe, expect, test } from 'vitest';
import { comparedPercents, percent, score } from '../../console/lib/format.ts';
import { speechIn } from '../../console/lib/i18n/speech.ts';
import { lastRun } from '../../console/lib/verdicts.ts';
import { checkDetail } from '../../console/ui/run/check-detail.ts';
import { outcomeOf, reviewReason } from '../../console/ui/run/outcome.ts';
import { checkTimes } from '../../src/answering/guardrails/check.ts';
import { guardrails } from '../../src/answering/guardrails/checks/index.ts';
import type { Interaction } from '../../src/api/contract/index.ts';
import { setAsideKinds } from '../../src/intake/untrusted/set-aside.ts';
import { ruleNames as rules } from '../../src/policy/decide.ts';
import { reviewReasons } from '../../src/policy/review-reasons.ts';
import { guardrailActions, personalisations } from '../../src/ticket/index.ts';
import { personReasons } from '../../src/triage/person-reasons.ts';

const interaction = {
  review_id: '0199aa00-0000-7000-8000-000000000001',
  category: 'Refund',
  abstained: false,
  guardrail_action: 'NO_PASSAGE_ESCALATE',
  guardrail_notes: ['decided by guardrail-ok'],
} as unknown as Interaction;

/** What a trace says, as the rooms write their verdicts. */
function verdictsOf(passed: boolean, decision: object | null = { intent: 'billing' }, category: string | null = null) {
  const verdict = {
    intake: { language: 'de', languageConfidence: 1, customerId: null, customerKnown: false, wishes: { category } },
    triage: {
      category: 'Refund',
      department: 'Billing',
      intent: 'billing',
      confidence: 0.6,
      abstained: false,
      alternatives: [],
      urgencyScore: 0.629,
      personReasons: passed ? [] : ['declaration', 'repeated-contact'],
      priority: 'high',
      urgencyCues: [],
      categoryCues: [],
      sentiment: 'neutral',
      signals: { thanks: false, frustration: false, wantsPerson: false, notWorking: false },
    },
    answering: {
      attempts: [],
      draft: {
        method: 'template',
        strategy: 'focused',
        text: 'x',
        citations: [{ document: 'd', heading: 'd', quote: 'x' }],
        model: null,
      },
      judge: null,
      modelFailure: null,
      modelDecision: decision,
    },
    policy: {
      outcome: passed ? 'resolve' : 'review',
      decidedBy: 'not-urgent',
      checks: rules.map((rule) => ({ rule, passed, detail: 'what the server says' })),
      confidence: 0.749,
      threshold: 0.75,
    },
  };
  const steps = Object.entries(verdict).map(([step, found]) => ({ run: 1, step, verdict: found, milliseconds: 1 }));
  return lastRun({ steps } as unknown as Parameters<typeof lastRun>[0]).verdicts;
}

const told = (language: 'en' | 'de', rule: string, passed: boolean, verdicts = verdictsOf(passed)) =>
  checkDetail({ check: { rule, passed, detail: 'what the server says' }, interaction, verdicts }, speechIn(language));

describe('the checks of the policy in words', () => {
  test.each(rules)('%s: English and German differ, all is filled in, both ways have words', (rule) => {
    for (const passed of [true, false]) {
      const [en, de] = [told('en', rule, passed), told('de', rule, passed)];
      expect(en).toMatch(/\S/);
      expect(de).toMatch(/\S/);
      expect(de).not.toBe(en);
      expect(`${en} ${de}`).not.toMatch(/[{}_]|what the server says|undefined/);
    }
    for (const language of ['en', 'de'] as const)
      for (const kind of ['rule', 'reason']) expect(speechIn(language).name(kind, rule)).not.toBe(rule);
  });

  test('numbers and categories are those of the verdicts', () => {
    expect(told('de', 'not-urgent', false)).toBe('Dringlichkeit 0,62, über 0,50 übernimmt ein Mensch');
    expect(told('en', 'not-urgent', false)).toBe('urgency 0.62, a person from above 0.50');
    expect(told('de', 'confidence-at-threshold', false)).toBe('74\u00a0%, nötig 75\u00a0% für Erstattung');
    expect(told('de', 'no-reason-for-a-person', false)).toBe(
      'kündigt, widerruft oder widerspricht; meldet sich wiederholt',
    );
    expect(told('de', 'has-citation', true)).toBe('1 Quelle');
    expect(told('de', 'guardrail-ok', false)).toBe('Keine Textstelle');
    expect(told('de', 'category-trusted', true)).toBe('die Kategorie ist Erstattung');
    expect(told('de', 'category-trusted', true, verdictsOf(true, null, 'Refund'))).toBe(
      'der Absender hat die Kategorie angegeben',
    );
    expect(told('de', 'model-agrees', true, verdictsOf(true, null))).toBe('kein Sprachmodell wurde gefragt');
    expect(told('de', 'model-agrees', false)).toBe('das Modell sagt Abrechnung, das passt nicht zu Erstattung');
  });

  const vocabulary = {
    check: [...checkTimes.flatMap((time) => guardrails[time].map(({ id }) => id)), 'deferred-ask'],
    setAside: setAsideKinds,
    personalised: personalisations,
    guardrail: guardrailActions,
    rule: [...rules, 'newer-message', 'person-took-over', 'run-failed'],
  };
  test.each(Object.entries(vocabulary))('every %s of the server has words in both languages', (kind, values) => {
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      const [en, de] = [speechIn('en').name(kind, value), speechIn('de').name(kind, value)];
      expect(new Set([value, en, de]).size, `${value}: ${en}, ${de}`).toBeGreaterThan(1);
      expect(de, value).not.toBe(value);
    }
  });

  test('every reason of a review has words in both languages', () => {
    for (const [code, { source }] of Object.entries(reviewReasons))
      for (const language of ['en', 'de'] as const)
        expect(speechIn(language).name(source === 'guardrail' ? 'guardrail' : 'reason', code), code).not.toBe(code);
  });

  test.each(personReasons)('the reason %s has words in both languages', (reason) => {
    const [en, de] = [speechIn('en').name('matter', reason), speechIn('de').name('matter', reason)];
    expect(new Set([reason, en, de]).size).toBe(3);
  });

  test('a rule without words, or without a verdict to read, is left to the server', () => {
    expect(told('de', 'new-rule', false)).toBeUndefined();
    expect(told('de', 'toString', false)).toBeUndefined();
    expect(told('de', 'not-urgent', false, {})).toBeUndefined();
  });
});

describe('the outcome in the list', () => {
  const of = (changed: Partial<Interaction>) => {
    const row = { ...interaction, ...changed };
    return [outcomeOf(row), reviewReason(row, speechIn('de'))];
  };

  test('the guardrail is the reason, else the rule that decided', () => {
    expect(of({})).toEqual(['review', 'Keine Textstelle']);
    expect(of({ guardrail_action: 'OK', guardrail_notes: ['a note', 'decided by confidence-at-threshold'] })).toEqual([
      'review',
      'Konfidenz zu niedrig',
    ]);
    expect(of({ guardrail_action: 'OK', guardrail_notes: [] })).toEqual(['review', '']);
    expect(of({ guardrail_action: 'OK', guardrail_notes: [], review_id: null })[0]).toBe('resolve');
  });

  test('what happened to the run goes before what it found, also where every rule passed', () => {
    const row = { ...interaction, guardrail_notes: ['decided by newer-message'] };
    const { policy } = verdictsOf(true);
    expect(policy?.outcome).toBe('resolve');
    expect(outcomeOf(row, { verdicts: { policy } } as unknown as Parameters<typeof outcomeOf>[1])).toBe('review');
    expect(reviewReason(row, speechIn('de'))).toBe('Kunde schrieb erneut');
    expect(of({ guardrail_notes: ['a step broke', 'decided by run-failed'] })).toEqual([
      'review',
      'Ein Schritt ist gescheitert',
    ]);
  });
});

test('percentages and scores are cut, never rounded up to a limit that they miss', () => {
  expect(percent(0.7499, 'de')).toBe('74\u00a0%');
  expect(percent(0.29, 'en')).toBe('29\u00a0%');
  expect(percent(0.004, 'en')).toBe('< 1\u00a0%');
  expect(score(0.499, 'de')).toBe('0,49');
  expect(score(0.57, 'en')).toBe('0.57');
  expect(comparedPercents(0.75, 0.75, 'en')).toEqual(['75\u00a0%', '75\u00a0%']);
  expect(comparedPercents(0.7521, 0.755, 'de')).toEqual(['75,2\u00a0%', '75,5\u00a0%']);
});
