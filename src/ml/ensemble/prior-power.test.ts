import { describe, expect, it } from 'vitest';
import { reportClasses } from '../metrics.ts';
import { liftRareClasses } from './prior-power.ts';
import { simulate } from './simulate-members.ts';

function macroF1(logits: Float64Array, targets: Int32Array, lift: ArrayLike<number>): number {
  const classes = lift.length;
  const guesses = Array.from(targets, (_, r) => {
    const row = Array.from({ length: classes }, (_, c) => logits[r * classes + c]! + lift[c]!);
    return String(row.indexOf(Math.max(...row)));
  });
  return reportClasses([...targets].map(String), guesses).macroF1;
}

/** 180 rows of class 0 by a lead of three, 20 of class 1 that fail by one. */
function leads(rare: number): { logits: Float64Array; targets: Int32Array } {
  const targets = Int32Array.from({ length: 180 + rare }, (_, r) => (r < 180 ? 0 : 1));
  return { targets, logits: Float64Array.from([...targets].flatMap((target) => [target === 0 ? 3 : 1, 0])) };
}

describe('liftRareClasses', () => {
  it('takes the smallest power whose neighbours are as good, exactly', () => {
    const { logits, targets } = leads(20);
    // ln(180.5 / 20.5) = 2.175: from power 0.5 on the rare rows are right, and no power costs a frequent one.
    const lift = liftRareClasses(logits, targets, 2);
    expect(lift[0]).toBeCloseTo(-0.6 * Math.log(180.5 / 201), 12);
    expect(lift[1]).toBeCloseTo(-0.6 * Math.log(20.5 / 201), 12);
    expect(macroF1(logits, targets, [0, 0])).toBeLessThan(0.5);
    expect(macroF1(logits, targets, lift)).toBe(1);
  });

  it('takes the usual power where rows are too few to choose by', () => {
    const { logits, targets } = leads(19);
    expect(liftRareClasses(logits, targets, 2)[1]).toBeCloseTo(-0.5 * Math.log(19.5 / 200), 12);
  });

  it('leaves the logits as they were, and equally frequent classes among themselves', () => {
    const { logits, targets } = leads(180);
    const before = [...logits];
    const [first, second] = liftRareClasses(logits, targets, 2);
    expect(first).toBe(second);
    expect([...logits]).toEqual(before);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'gives rare classes no less, and never costs macro-F1 where it was chosen (%i)',
    (seed) => {
      const { truth, targets } = simulate(500, seed, [2, 0, -1, -2]);
      const lift = liftRareClasses(truth, targets, 4);
      expect([...lift]).toEqual([...lift].sort((a, b) => a - b));
      expect(macroF1(truth, targets, lift)).toBeGreaterThanOrEqual(macroF1(truth, targets, [0, 0, 0, 0]));
    },
  );

  it('is finite for a class without rows and for no rows', () => {
    expect(liftRareClasses(new Float64Array(0), new Int32Array(0), 3).every(Number.isFinite)).toBe(true);
    const { logits, targets } = leads(20);
    const wide = Float64Array.from([...targets].flatMap((_, r) => [logits[2 * r]!, logits[2 * r + 1]!, -9]));
    expect(liftRareClasses(wide, targets, 3).every(Number.isFinite)).toBe(true);
  });
});
