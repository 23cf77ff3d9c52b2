import { SpreadRow } from '../neighbours/spread-row.ts';
import { createRandom, shuffled } from '../random.ts';
import type { CsrMatrix } from '../sparse.ts';
import type { WordVectors } from './word-vectors.ts';

export interface LeakOptions {
  /** Cosine from which a training row gives a test row away; 0.6 unless said. */
  readonly threshold?: number;
  /** At most so many test rows are looked at, drawn by seed; 2,000 unless said. */
  readonly sample?: number;
  readonly seed?: number;
}

export interface Leaks {
  /** Test rows that have a training row at the threshold or above, ascending. */
  readonly rows: readonly number[];
  /** Test rows looked at: all, or `sample` of them. */
  readonly checked: number;
  readonly sampled: boolean;
  /** Leaking rows of those looked at, in [0,1]; 0 when there are none to look at. */
  readonly share: number;
}

const defaults = { threshold: 0.6, sample: 2000, seed: 1 };

/** Of 32-bit values: two equal rows have a cosine of 0.9999998. */
const rounding = 1e-6;

/** Words are looked up until what is left of a row is shorter than this; the rest is added for promising rows only. */
const restLength = 0.3;

/**
 * How much of a test part a learner could know by heart: exact, no hashing. Rare words first, in an inverted index of
 * the training rows; a row whose sum so far can't reach the threshold with the rest is never looked at (the
 * Cauchy–Schwarz bound of Anastasiu and Karypis, "L2AP", 2014). Time grows with test rows looked at × training rows:
 * 0.4 ms a row against 18,000 tickets, 16 ms against 400,000.
 */
export function leakingRows(
  vectors: WordVectors,
  train: readonly number[],
  test: readonly number[],
  options: LeakOptions = {},
): Leaks {
  const { threshold, sample, seed } = { ...defaults, ...options };
  const sampled = test.length > sample;
  const looked = sampled ? shuffled(test, createRandom(seed)).slice(0, sample) : test;
  const index = new TrainingWords(vectors.matrix, train);
  const rows = looked.filter((row) => index.hasNear(row, threshold)).sort((a, b) => a - b);
  const checked = looked.length;
  return { rows, checked, sampled, share: checked === 0 ? 0 : rows.length / checked };
}

class TrainingWords {
  private readonly matrix: CsrMatrix;
  private readonly spread: SpreadRow;
  private readonly train: readonly number[];
  /** Postings of column c: places in `train` and values from starts[c] to starts[c + 1]. */
  private readonly starts: Int32Array;
  private readonly places: Int32Array;
  private readonly values: Float32Array;
  private readonly sums: Float64Array;
  private readonly touched: Int32Array;

  constructor(matrix: CsrMatrix, train: readonly number[]) {
    const { indptr, indices, values, columns } = matrix;
    this.matrix = matrix;
    this.spread = new SpreadRow(columns);
    this.train = train;
    this.sums = new Float64Array(train.length);
    this.touched = new Int32Array(train.length);
    this.starts = new Int32Array(columns + 1);
    for (const row of train) for (let j = indptr[row]!; j < indptr[row + 1]!; j++) this.starts[indices[j]! + 1]!++;
    for (let c = 0; c < columns; c++) this.starts[c + 1]! += this.starts[c]!;
    const next = this.starts.slice(0, columns);
    this.places = new Int32Array(this.starts[columns]!);
    this.values = new Float32Array(this.places.length);
    train.forEach((row, place) => {
      for (let j = indptr[row]!; j < indptr[row + 1]!; j++) {
        const at = next[indices[j]!]!++;
        this.places[at] = place;
        this.values[at] = values[j]!;
      }
    });
  }

  hasNear(row: number, threshold: number): boolean {
    const { matrix, starts } = this;
    const { indptr, indices, values } = matrix;
    const entries = Array.from({ length: indptr[row + 1]! - indptr[row]! }, (_, i) => indptr[row]! + i);
    const length = (j: number): number => starts[indices[j]! + 1]! - starts[indices[j]!]!;
    entries.sort((a, b) => length(a) - length(b));
    let rest = 0;
    for (const j of entries) rest += values[j]! * values[j]!;
    let touched = 0;
    let used = 0;
    while (used < entries.length && rest > restLength * restLength) {
      const j = entries[used++]!;
      rest -= values[j]! * values[j]!;
      touched = this.add(indices[j]!, values[j]!, touched);
    }
    this.spread.hold(matrix, row);
    const least = threshold - rounding;
    const promising = least - Math.sqrt(Math.max(0, rest)) - rounding;
    let near = false;
    for (let i = 0; i < touched; i++) {
      const place = this.touched[i]!;
      near ||= this.sums[place]! >= promising && this.spread.productWith(matrix, this.train[place]!) >= least;
      this.sums[place] = 0;
    }
    return near;
  }

  private add(column: number, value: number, touched: number): number {
    const { starts, places, values, sums } = this;
    let count = touched;
    for (let p = starts[column]!; p < starts[column + 1]!; p++) {
      const place = places[p]!;
      if (sums[place] === 0) this.touched[count++] = place;
      sums[place] = sums[place]! + value * values[p]!;
    }
    return count;
  }
}
