import { expect, it } from 'vitest';
import { guardrailActions } from '../ticket/index.ts';
import { ruleNames } from './decide.ts';
import { type ReviewReason, reviewReasons } from './review-reasons.ts';

const named = (source: ReviewReason['source']) =>
  Object.entries(reviewReasons)
    .filter(([, reason]) => reason.source === source)
    .map(([code]) => code)
    .sort();

it('has words for every rule and every guardrail, and for none that does not exist', () => {
  expect(named('rule')).toEqual([...ruleNames].sort());
  expect(named('guardrail')).toEqual(guardrailActions.filter((a) => a !== 'OK').sort());
});

it('says each reason in both languages', () => {
  for (const { en, de } of Object.values(reviewReasons)) {
    expect(en.length).toBeGreaterThan(3);
    expect(de.length).toBeGreaterThan(3);
    expect(de).not.toBe(en);
  }
});
