import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  averagePrecision,
  brierScore,
  kendall,
  logLoss,
  pearson,
  ranksOf,
  reportClasses,
  rocAuc,
  spearman,
} from './metrics.ts';

describe('classification figures', () => {
  const truth = ['a', 'a', 'a', 'b', 'b', 'c'];
  const predicted = ['a', 'a', 'b', 'b', 'a', 'b'];

  it('counts precision, recall, F1, support and confusion per label', () => {
    const report = reportClasses(truth, predicted);
    expect(report.accuracy).toBeCloseTo(0.5);
    expect(report.confusion).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 1, 0],
    ]);
    expect(report.classes[0]).toEqual({ label: 'a', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
    expect(report.classes[1]).toMatchObject({ precision: 1 / 3, recall: 1 / 2 });
    expect(report.classes[1]?.f1).toBeCloseTo(0.4);
    expect(report.classes[2]).toMatchObject({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(report.macroF1).toBeCloseTo((2 / 3 + 0.4 + 0) / 3);
  });

  it('a label that is only predicted counts in the macro mean', () => {
    expect(reportClasses(['a', 'a'], ['a', 'x']).classes.map((c) => c.label)).toEqual(['a', 'x']);
  });

  it('no rows give zeros', () => {
    expect(reportClasses([], [])).toMatchObject({ rows: 0, accuracy: 0, macroF1: 0, classes: [] });
    expect(accuracy([], [])).toBe(0);
  });
});

describe('scores of probabilities', () => {
  it('Brier and log loss of two rows by hand', () => {
    const probabilities = [0.8, 0.2, 0.5, 0.5];
    expect(brierScore(probabilities, [0, 1], 2)).toBeCloseTo((0.04 + 0.04 + 0.25 + 0.25) / 2);
    expect(logLoss(probabilities, [0, 1], 2)).toBeCloseTo(-(Math.log(0.8) + Math.log(0.5)) / 2);
    expect(logLoss([1, 0], [1], 2)).toBeCloseTo(-Math.log(1e-15));
  });
});

describe('rank figures', () => {
  it('area under the ROC curve equals the share of pairs in the right order, ties half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, scores, (positive, negative) => {
        let wins = 0;
        for (const p of positive) for (const n of negative) wins += p > n ? 1 : p === n ? 0.5 : 0;
        expect(rocAuc(positive, negative)).toBeCloseTo(wins / (positive.length * negative.length), 10);
      }),
    );
    expect(rocAuc([], [1])).toBeNaN();
  });

  it('average precision of a known list, and of ties in any order', () => {
    expect(averagePrecision([0.9, 0.8, 0.7, 0.6], [true, false, true, false])).toBeCloseTo((1 + 2 / 3) / 2);
    expect(averagePrecision([1, 1, 0], [true, false, true])).toBeCloseTo(
      averagePrecision([1, 1, 0], [false, true, true]),
    );
    expect(averagePrecision([1], [false])).toBeNaN();
  });

  it('ties share their rank', () => {
    expect([...ranksOf([10, 20, 10, 30])]).toEqual([1.5, 3, 1.5, 4]);
  });

  it('correlations are 1 for the same order, -1 for the opposite, NaN for a constant', () => {
    const values = [3, 1, 4, 1.5, 9];
    const doubled = values.map((v) => v ** 3);
    const turned = values.map((v) => -v);
    for (const correlation of [spearman, kendall]) {
      expect(correlation(values, doubled)).toBeCloseTo(1);
      expect(correlation(values, turned)).toBeCloseTo(-1);
      expect(correlation(values, [1, 1, 1, 1, 1])).toBeNaN();
    }
    expect(pearson(values, doubled)).toBeLessThan(0.999);
    expect(kendall([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(4 / 6);
    expect(spearman([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8);
  });
});
