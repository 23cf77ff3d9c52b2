import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAbstentionThreshold, energy, largestLogit, logOfLargestProbability, margin } from './abstention.ts';

describe('the threshold', () => {
  const inScope = Array.from({ length: 100 }, (_, i) => i);

  it('loses at most the share that it may, and tells what it catches', () => {
    expect(chooseAbstentionThreshold(inScope, [-1, 2, 50], 0.05)).toEqual({ threshold: 5, caught: 2 / 3, lost: 0.05 });
    expect(chooseAbstentionThreshold(inScope, [], 0)).toEqual({ threshold: 0, caught: 0, lost: 0 });
  });

  it('abstains from nothing when nothing is known', () => {
    expect(chooseAbstentionThreshold([], [1], 0.05).threshold).toBe(Number.NEGATIVE_INFINITY);
  });
});

const logits = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 });

describe('signs', () => {
  it('are what their formulas say', () => {
    const row = [Math.log(2), Math.log(5), Math.log(1)];
    expect(largestLogit(row)).toBe(Math.log(5));
    expect(energy(row)).toBeCloseTo(Math.log(8), 12);
    expect(logOfLargestProbability(row)).toBeCloseTo(Math.log(5 / 8), 12);
    expect(margin(row)).toBeCloseTo(Math.log(5 / 2), 12);
    expect(margin([4])).toBe(0);
  });

  it('are finite and do not depend on the order of classes', () => {
    fc.assert(
      fc.property(logits, (row) => {
        const turned = [...row].reverse();
        for (const sign of [largestLogit, energy, logOfLargestProbability, margin]) {
          expect(Number.isFinite(sign(row))).toBe(true);
          expect(sign(turned)).toBeCloseTo(sign(row), 9);
        }
        expect(logOfLargestProbability(row)).toBeLessThanOrEqual(0);
        expect(margin(row)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
