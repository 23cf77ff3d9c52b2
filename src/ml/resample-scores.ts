import { calibrationErrorOf, equalMassBins, type ReliabilityBin } from './calibration.ts';
import { createRandom } from './random.ts';
import { type Estimate, quantile } from './statistics.ts';

/** What was said of rows; lists run in parallel, classes are numbers from 0. */
export interface ScoredRows {
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly classes: number;
  /** Of what was predicted, in [0,1]. */
  readonly confidences: Float64Array;
  /** Rows of one group are drawn together; null: by itself. */
  readonly groups: readonly (string | null)[];
}

export interface ResampledScores {
  /** What is drawn: groups, and rows without one. With few of these intervals are too narrow. */
  readonly units: number;
  readonly accuracy: Estimate;
  /** Mean F1 of the classes that occur in truth or prediction. */
  readonly macroF1: Estimate;
  /** Of each class; NaN for one that does not occur. */
  readonly f1: readonly Estimate[];
  /** Expected calibration error over 15 bins of equal mass, which stay those of all rows. */
  readonly calibration: Estimate;
}

/**
 * 95 % intervals by group bootstrap (Efron and Tibshirani 1993; percentiles) of several scores at once. Rows are not
 * copied: a round draws a weight for each group and adds up counts. O(rounds · (rows + classes)); 20,000 rows of 150
 * classes take 0.3 s for 1,000 rounds.
 *
 * Drawing adds noise to every bin, which only ever makes a calibration error larger: its interval is moved back by the
 * mean of that. The others are as they are drawn.
 */
export function resampleScores(rows: ScoredRows, options: { seed: number; rounds?: number }): ResampledScores {
  const { seed, rounds = 1000 } = options;
  const { unitOf, units } = numberUnits(rows.groups);
  const tally = new Tally(rows);
  const weights = new Int32Array(units).fill(1);
  tally.count(weights, unitOf);
  const value = tally.scores();
  const drawn = { accuracy: [] as number[], macroF1: [] as number[], calibration: [] as number[] };
  const f1 = Array.from(value.f1, (): number[] => []);
  const random = createRandom(seed);
  for (let round = 0; round < rounds && units > 0; round++) {
    weights.fill(0);
    for (let u = 0; u < units; u++) weights[random.integer(units)]!++;
    tally.count(weights, unitOf);
    const scores = tally.scores();
    drawn.accuracy.push(scores.accuracy);
    drawn.macroF1.push(scores.macroF1);
    drawn.calibration.push(scores.calibration);
    for (const [c, score] of scores.f1.entries()) if (!Number.isNaN(score)) f1[c]!.push(score);
  }
  return {
    units,
    accuracy: estimate(value.accuracy, drawn.accuracy),
    macroF1: estimate(value.macroF1, drawn.macroF1),
    f1: Array.from(value.f1, (score, c) => estimate(score, f1[c]!)),
    calibration: movedBack(value.calibration, drawn.calibration),
  };
}

function estimate(value: number, drawn: readonly number[]): Estimate {
  const sorted = Float64Array.from(drawn).sort();
  if (sorted.length === 0 || Number.isNaN(value)) return { value, low: value, high: value };
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

function movedBack(value: number, drawn: readonly number[]): Estimate {
  const { low, high } = estimate(value, drawn);
  const shift = drawn.length === 0 ? 0 : drawn.reduce((sum, x) => sum + x, 0) / drawn.length - value;
  return { value, low: Math.max(0, low - shift), high: Math.max(0, high - shift) };
}

function numberUnits(groups: readonly (string | null)[]): { unitOf: Int32Array; units: number } {
  const numbers = new Map<string, number>();
  let units = 0;
  const unitOf = Int32Array.from(groups, (group) => {
    if (group === null) return units++;
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, units);
    return units++;
  });
  return { unitOf, units };
}

/** Counts of one weighting of the rows, and the scores that follow from them. */
class Tally {
  private readonly rows: ScoredRows;
  private readonly binOf: Int32Array;
  private readonly hits: Float64Array;
  private readonly supports: Float64Array;
  private readonly claims: Float64Array;
  private readonly binRows: Float64Array;
  private readonly binHits: Float64Array;
  private readonly binSums: Float64Array;

  constructor(rows: ScoredRows) {
    const { truth, predicted, classes, confidences } = rows;
    const right = Array.from(truth, (label, i) => label === predicted[i]);
    const bins = equalMassBins(confidences, right);
    this.rows = rows;
    this.binOf = Int32Array.from(confidences, (confidence) => bins.findIndex(({ to }) => confidence <= to));
    this.hits = new Float64Array(classes);
    this.supports = new Float64Array(classes);
    this.claims = new Float64Array(classes);
    this.binRows = new Float64Array(bins.length);
    this.binHits = new Float64Array(bins.length);
    this.binSums = new Float64Array(bins.length);
  }

  count(weights: Int32Array, unitOf: Int32Array): void {
    const { rows, binOf, hits, supports, claims, binRows, binHits, binSums } = this;
    for (const counts of [hits, supports, claims, binRows, binHits, binSums]) counts.fill(0);
    const { truth, predicted, confidences } = rows;
    for (let r = 0; r < truth.length; r++) {
      const weight = weights[unitOf[r]!]!;
      if (weight === 0) continue;
      const bin = binOf[r]!;
      supports[truth[r]!]! += weight;
      claims[predicted[r]!]! += weight;
      binRows[bin]! += weight;
      binSums[bin]! += weight * confidences[r]!;
      if (truth[r] !== predicted[r]) continue;
      hits[truth[r]!]! += weight;
      binHits[bin]! += weight;
    }
  }

  scores(): { accuracy: number; macroF1: number; f1: Float64Array; calibration: number } {
    const { hits, supports, claims } = this;
    const f1 = hits.map((hit, c) => (2 * hit) / (supports[c]! + claims[c]!));
    let [all, right, sum, seen] = [0, 0, 0, 0];
    for (let c = 0; c < f1.length; c++) {
      all += supports[c]!;
      right += hits[c]!;
      if (Number.isNaN(f1[c]!)) continue;
      sum += f1[c]!;
      seen++;
    }
    return {
      accuracy: all === 0 ? 0 : right / all,
      macroF1: seen === 0 ? 0 : sum / seen,
      f1,
      calibration: calibrationErrorOf(this.bins()),
    };
  }

  private bins(): ReliabilityBin[] {
    return Array.from(this.binRows, (count, b) => ({
      from: 0,
      to: 1,
      count,
      confidence: this.binSums[b]! / count,
      accuracy: this.binHits[b]! / count,
    }));
  }
}
