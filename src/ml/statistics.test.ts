import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import {
  bootstrap,
  exactInterval,
  incompleteBeta,
  lowerBound,
  pairedBootstrap,
  quantile,
  wilsonInterval,
} from './statistics.ts';

/** Chance of at most k successes of n at share p, summed term by term. */
function binomialCdf(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

describe('intervals of a share', () => {
  it('59 faultless of 59 prove 95 %, 58 do not; 299 prove 99 %', () => {
    expect(lowerBound(59, 59)).toBeGreaterThan(0.95);
    expect(lowerBound(58, 58)).toBeLessThan(0.95);
    expect(lowerBound(299, 299)).toBeGreaterThanOrEqual(0.99);
    expect(lowerBound(298, 298)).toBeLessThan(0.99);
    expect(lowerBound(0, 10)).toBe(0);
  });

  it('at the lower bound, so many successes or more have exactly the chance asked for', () => {
    const counts = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.tuple(fc.integer({ min: 1, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const p = lowerBound(k, n, 0.05);
        expect(1 - binomialCdf(k - 1, n, p)).toBeCloseTo(0.05, 8);
      }),
    );
  });

  it('the exact interval mirrors when successes and failures change places, and holds the share', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (hits, misses) => {
        const n = hits + misses;
        const interval = exactInterval(hits, n);
        const mirrored = exactInterval(misses, n);
        expect(interval.low).toBeCloseTo(1 - mirrored.high, 10);
        if (n > 0) expect(interval.low).toBeLessThanOrEqual(hits / n);
        if (n > 0) expect(interval.high).toBeGreaterThanOrEqual(hits / n);
      }),
    );
    expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('Wilson solves its own equation: both ends are z standard errors away', () => {
    const { low, high } = wilsonInterval(7, 20);
    for (const p of [low, high]) expect(Math.abs(0.35 - p) / Math.sqrt((p * (1 - p)) / 20)).toBeCloseTo(1.96, 4);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilsonInterval(5, 5).high).toBe(1);
  });

  it('the incomplete beta function of whole numbers is a binomial tail', () => {
    expect(incompleteBeta(0.3, 4, 7)).toBeCloseTo(1 - binomialCdf(3, 10, 0.3), 12);
    expect(incompleteBeta(0.9, 40, 2)).toBeCloseTo(1 - binomialCdf(39, 41, 0.9), 12);
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });
});

describe('bootstrap', () => {
  const random = createRandom(2);
  const values = Array.from({ length: 200 }, () => random.next());
  const mean = (rows: readonly number[]): number => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;

  it('gives about the normal interval of a mean, and the same for the same seed', () => {
    const estimate = bootstrap(200, mean, { seed: 3 });
    const error = 1.96 * Math.sqrt(1 / 12 / 200);
    expect(estimate.high - estimate.low).toBeGreaterThan(1.6 * error);
    expect(estimate.high - estimate.low).toBeLessThan(2.4 * error);
    expect(bootstrap(200, mean, { seed: 3 })).toEqual(estimate);
    expect(bootstrap(200, mean, { seed: 4 })).not.toEqual(estimate);
  });

  it('rows of one group are drawn together, which widens the interval of repeated rows', () => {
    const repeated = (row: number): number => values[row % 20]!;
    const statistic = (rows: readonly number[]): number =>
      rows.reduce((sum, row) => sum + repeated(row), 0) / rows.length;
    const groups = values.map((_, row) => String(row % 20));
    const byRow = bootstrap(200, statistic, { seed: 1 });
    const byGroup = bootstrap(200, statistic, { seed: 1, groups });
    expect(byGroup.high - byGroup.low).toBeGreaterThan(2 * (byRow.high - byRow.low));
  });

  it('a paired difference is sure where the second is always better, and unsure where both are the same', () => {
    const better = (rows: readonly number[]): number => mean(rows) + 0.01;
    const sure = pairedBootstrap(200, { first: mean, second: better }, { seed: 1, rounds: 200 });
    expect(sure.value).toBeCloseTo(0.01);
    expect(sure.chanceNotBetter).toBe(0);
    expect(sure.high - sure.low).toBeLessThan(1e-9);
    expect(pairedBootstrap(200, { first: mean, second: mean }, { seed: 1, rounds: 50 }).chanceNotBetter).toBe(1);
  });

  it('quantiles lie between neighbours', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([1], 0.9)).toBe(1);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
