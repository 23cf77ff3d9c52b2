import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReplies, contradicts } from './compare-replies.ts';

describe('compareReplies', () => {
  it.each([
    ['Refunds take 5 days.', 'Refunds take 5 days.', 1],
    ['Refunds take five days.', 'refunds  take\nfive days.', 1],
    ['one two three four', 'one two four', 0.75],
    ['eins zwei drei vier', 'eins zwei fünf vier', 0.75],
    ['a b c d', 'e f', 0],
  ])('%j and %j: %f', (draft, reply, similarity) => {
    expect(compareReplies(draft, reply).similarity).toBeCloseTo(similarity, 10);
  });

  it('is symmetric, within [0,1], and 1 for the same words', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'ä', '7'), { maxLength: 12 }).map((w) => w.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { similarity, unchanged } = compareReplies(a, b);
        expect(similarity).toBe(compareReplies(b, a).similarity);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(similarity === 1).toBe(a === b);
        expect(unchanged).toBe(a === b);
      }),
    );
  });

  it('compares long texts by what they have in common, quickly', () => {
    const long = Array.from({ length: 3_000 }, (_, i) => `w${i}`).join(' ');
    expect(compareReplies(long, long).similarity).toBe(1);
    expect(compareReplies(long, 'nothing of it').similarity).toBe(0);
  });
});

describe('contradicts', () => {
  const draft = 'You can return the panel within 30 days. We pay the postage, and the money is back in a week at most.';
  it.each([
    ['a corrected greeting is none', `Hello! ${draft}`, false],
    ['a number that was wrong is one', draft.replace('30', '14'), true],
    ['a number more is none', draft.replace('the panel', 'panel 4711'), false],
    ['another answer is one', 'Please send us a picture of the panel first, so that we can see what is broken.', true],
  ])('%s', (_, reply, expected) => {
    expect(contradicts(compareReplies(draft, reply))).toBe(expected);
  });
});
