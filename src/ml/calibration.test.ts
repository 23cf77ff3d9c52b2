import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAbstentionThreshold, energy } from './abstention.ts';
import {
  calibrationErrorOf,
  equalMassBins,
  expectedCalibrationError,
  fitTemperature,
  logLossAt,
  reliabilityBins,
} from './calibration.ts';
import { softmaxInPlace } from './linear/linear-logits.ts';
import { createRandom } from './random.ts';

/** Rows whose labels are drawn from softmax(logits), with the logits then multiplied by `sharpened`. */
function drawn(rows: number, sharpened: number): { logits: Float64Array; targets: Int32Array; classes: number } {
  const random = createRandom(8);
  const classes = 4;
  const logits = Float64Array.from({ length: rows * classes }, () => 3 * (random.next() - 0.5));
  const targets = Int32Array.from({ length: rows }, (_, r) => {
    const row = logits.slice(r * classes, (r + 1) * classes);
    softmaxInPlace(row);
    let rest = random.next();
    let drawnClass = 0;
    while (drawnClass < classes - 1 && rest >= row[drawnClass]!) rest -= row[drawnClass++]!;
    return drawnClass;
  });
  return { logits: logits.map((logit) => logit * sharpened), targets, classes };
}

describe('temperature', () => {
  it('finds the factor by which logits were sharpened', () => {
    expect(fitTemperature(drawn(4000, 5))).toBeGreaterThan(4.4);
    expect(fitTemperature(drawn(4000, 5))).toBeLessThan(5.6);
    expect(fitTemperature(drawn(4000, 0.2))).toBeCloseTo(0.2, 1);
  });

  it('no nearby temperature is better', () => {
    const data = drawn(300, 2);
    const best = fitTemperature(data);
    const costAt = (temperature: number) => 300 * logLossAt(data, temperature) + 0.5 * Math.log(temperature) ** 2;
    for (const factor of [0.9, 0.99, 1.01, 1.1]) expect(costAt(best * factor)).toBeGreaterThan(costAt(best));
  });

  it('a few rows that are all right do not ask for certainty, many do', () => {
    const separable = (rows: number) => ({
      logits: Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? 1 : -1)),
      targets: new Int32Array(rows),
      classes: 2,
    });
    expect(fitTemperature(separable(60))).toBeGreaterThan(0.25);
    expect(fitTemperature(separable(60_000))).toBeLessThan(0.2);
  });

  it('no rows leave the logits as they are', () => {
    expect(fitTemperature({ logits: new Float64Array(0), targets: new Int32Array(0), classes: 3 })).toBe(1);
  });
});

describe('calibration error', () => {
  it('is the distance of claim and truth', () => {
    expect(expectedCalibrationError([0.9, 0.9, 0.9, 0.9], [true, true, false, false])).toBeCloseTo(0.4);
    expect(expectedCalibrationError([1, 1], [true, true])).toBe(0);
    expect(expectedCalibrationError([], [])).toBe(0);
  });

  it('bins hold every row once, at their borders too', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0.1, 0.2, 0.35, 0.5, 0.999, 1)), (confidences) => {
        const bins = reliabilityBins(
          confidences,
          confidences.map(() => true),
          10,
        );
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(confidences.length);
        for (const bin of bins.filter(({ count }) => count > 0)) {
          expect(bin.confidence).toBeGreaterThanOrEqual(bin.from);
          expect(bin.confidence).toBeLessThanOrEqual(bin.to + 1e-12);
        }
      }),
    );
  });
});

describe('bins of equal mass', () => {
  it('hold as many rows each as they can, none twice, and do not depend on the order of rows', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom(0.2, 0.4, 0.41, 0.7, 0.9, 1), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (given, wanted) => {
        const binsOf = (list: typeof given) =>
          equalMassBins(
            list.map(([c]) => c),
            list.map(([, r]) => r),
            wanted,
          );
        const bins = binsOf(given);
        expect(bins.length).toBeLessThanOrEqual(wanted);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
        for (const bin of bins) {
          expect(bin.count).toBeGreaterThan(0);
          expect(given.filter(([c]) => c > bin.from && c <= bin.to)).toHaveLength(bin.count);
        }
        const backwards = binsOf([...given].reverse());
        expect(backwards.map(({ count, accuracy }) => [count, accuracy])).toEqual(
          bins.map(({ count, accuracy }) => [count, accuracy]),
        );
      }),
    );
  });

  it('are even where all confidences differ, and find an error that wide bins hide', () => {
    const confidences = Array.from({ length: 30 }, (_, i) => 0.5 + i / 1000);
    const right = confidences.map((_, i) => i < 15);
    const bins = equalMassBins(confidences, right, 15);
    expect(bins.map(({ count }) => count)).toEqual(new Array(15).fill(2));
    expect(expectedCalibrationError(confidences, right, 1)).toBeLessThan(0.02);
    expect(calibrationErrorOf(bins)).toBeGreaterThan(0.45);
  });
});

describe('abstention', () => {
  it('loses no more in-scope rows than allowed and catches what lies below', () => {
    const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (inScope, outOfScope, maxLost) => {
        const { threshold, caught, lost } = chooseAbstentionThreshold(inScope, outOfScope, maxLost);
        expect(lost).toBeLessThanOrEqual(maxLost);
        expect(caught).toBe(outOfScope.filter((score) => score < threshold).length / outOfScope.length);
      }),
    );
  });

  it('without in-scope rows nothing is abstained', () => {
    expect(chooseAbstentionThreshold([], [1], 0.1).threshold).toBe(Number.NEGATIVE_INFINITY);
  });

  it('energy is the logarithm of the summed exponentials, for large logits too', () => {
    expect(energy([1, 2, 3])).toBeCloseTo(Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)));
    expect(energy([1000, 1000])).toBeCloseTo(1000 + Math.log(2));
  });
});
