import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationErrorOf, equalMassBins } from './calibration.ts';
import { reportClasses } from './metrics.ts';
import { createRandom } from './random.ts';
import { resampleScores, type ScoredRows } from './resample-scores.ts';
import { bootstrap } from './statistics.ts';

function scored(rows: number, groups: number, seed = 1): ScoredRows {
  const random = createRandom(seed);
  const truth = Int32Array.from({ length: rows }, () => random.integer(3));
  return {
    truth,
    predicted: truth.map((label) => (random.next() < 0.7 ? label : random.integer(3))),
    classes: 3,
    confidences: Float64Array.from({ length: rows }, () => 0.4 + 0.6 * random.next()),
    groups: Array.from({ length: rows }, (_, row) => (groups === 0 ? null : `g${row % groups}`)),
  };
}

const names = (classes: Int32Array) => Array.from(classes, String);

describe('scores with intervals', () => {
  it('have the values of the plain measures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 9 }), (rows, groups) => {
        const given = scored(rows, groups, rows + groups);
        const found = resampleScores(given, { seed: 1, rounds: 2 });
        const plain = reportClasses(names(given.truth), names(given.predicted));
        expect(found.accuracy.value).toBeCloseTo(plain.accuracy, 12);
        expect(found.macroF1.value).toBeCloseTo(plain.macroF1, 12);
        for (const { label, f1 } of plain.classes) expect(found.f1[Number(label)]!.value).toBeCloseTo(f1, 12);
        const right = Array.from(given.truth, (label, i) => label === given.predicted[i]);
        const bins = equalMassBins(given.confidences, right);
        expect(found.calibration.value).toBeCloseTo(calibrationErrorOf(bins), 12);
        expect(found.units).toBe(groups === 0 ? rows : Math.min(groups, rows));
      }),
    );
  });

  it('agree with the bootstrap that copies rows', () => {
    const given = scored(400, 0);
    const found = resampleScores(given, { seed: 3 });
    const accuracyOf = (rows: readonly number[]) =>
      rows.filter((row) => given.truth[row] === given.predicted[row]).length / rows.length;
    const plain = bootstrap(400, accuracyOf, { seed: 4 });
    expect(found.accuracy.low).toBeCloseTo(plain.low, 1.7);
    expect(found.accuracy.high).toBeCloseTo(plain.high, 1.7);
  });

  it('are wider when rows come in groups, and the same for the same seed', () => {
    const alone = scored(600, 0);
    const truth = alone.truth.map((_, row) => row % 3);
    // Whole groups are right or wrong: ten observations, not 600.
    const predicted = truth.map((label, row) => (row % 10 < 6 ? label : (label + 1) % 3));
    const together = { ...alone, truth, predicted, groups: Array.from(truth, (_, row) => `g${row % 10}`) };
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const grouped = resampleScores(together, { seed: 1 });
    expect(width(grouped.accuracy)).toBeGreaterThan(
      3 * width(resampleScores({ ...together, groups: alone.groups }, { seed: 1 }).accuracy),
    );
    expect(resampleScores(together, { seed: 1 })).toEqual(grouped);
    expect(resampleScores(together, { seed: 2 })).not.toEqual(grouped);
  });

  it('hold the calibration error of a model that is well calibrated near zero', () => {
    const random = createRandom(9);
    const confidences = Float64Array.from({ length: 3000 }, () => 0.5 + 0.5 * random.next());
    const truth = Int32Array.from(confidences, (c) => (random.next() < c ? 0 : 1));
    const groups = Array.from(truth, () => null);
    const found = resampleScores(
      { truth, predicted: new Int32Array(3000), classes: 2, confidences, groups },
      { seed: 1 },
    );
    expect(found.calibration.low).toBeLessThan(found.calibration.value);
    expect(found.calibration.high).toBeLessThan(0.06);
  });

  it('take no rows, one row and a class that does not occur', () => {
    const empty = { truth: new Int32Array(0), predicted: new Int32Array(0), confidences: new Float64Array(0) };
    const none = resampleScores({ ...empty, classes: 2, groups: [] }, { seed: 1 });
    expect(none).toMatchObject({ units: 0, accuracy: { value: 0 }, macroF1: { value: 0 }, calibration: { value: 0 } });
    expect(none.f1[0]!.value).toBeNaN();
    const one = { truth: Int32Array.of(1), predicted: Int32Array.of(1), confidences: Float64Array.of(0.8) };
    const found = resampleScores({ ...one, classes: 3, groups: [null] }, { seed: 1 });
    expect(found.accuracy).toEqual({ value: 1, low: 1, high: 1 });
    expect(found.macroF1.value).toBe(1);
    expect(found.f1[2]!.value).toBeNaN();
  });
});
