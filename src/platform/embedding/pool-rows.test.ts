import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseRows, poolRows } from './pool-rows.ts';

const hidden = {
  rows: 2,
  width: 2,
  dimension: 2,
  values: Float32Array.of(3, 0, 0, 4, /* row 1, then padding */ 0, 2, 100, 100),
  mask: BigInt64Array.of(1n, 1n, 1n, 0n),
};

describe('poolRows', () => {
  it('takes the mean of the tokens and nothing of the padding', () => {
    const pooled = poolRows(hidden, 'mean');
    [0.6, 0.8, 0, 1].forEach((value, i) => {
      expect(pooled[i]).toBeCloseTo(value, 6);
    });
  });

  it('takes the first token for cls', () => {
    expect([...poolRows(hidden, 'cls')]).toEqual([1, 0, 0, 1]);
  });
});

describe('normaliseRows', () => {
  it('gives rows of length 1 that point where they did', () => {
    const number = fc.float({ min: Math.fround(0.01), max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 3 }), (row) => {
        const scaled = normaliseRows(Float32Array.from(row), 3);
        expect(Math.hypot(...scaled)).toBeCloseTo(1, 5);
        expect(scaled[0]! * row[1]!).toBeCloseTo(scaled[1]! * row[0]!, 1);
      }),
    );
  });

  it.each([
    ['zeros', [0, 0]],
    ['no number', [Number.NaN, 1]],
    ['an infinite number', [Number.POSITIVE_INFINITY, 1]],
  ])('refuses %s', (_, row) => {
    expect(() => normaliseRows(Float32Array.from(row), 2)).toThrow(RangeError);
  });
});
