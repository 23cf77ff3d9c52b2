import { canonicalOrder } from '../canonical-order.ts';
import { SpreadRow } from '../neighbours/spread-row.ts';
import type { CsrMatrix } from '../sparse.ts';
import { BandKeys } from './band-keys.ts';
import { RowSets } from './row-sets.ts';
import type { WordVectors } from './word-vectors.ts';

export interface NearDuplicateOptions {
  /** Cosine of word TF-IDF from which two rows belong together, in (0,1]; 0.6 unless said. */
  readonly threshold?: number;
  readonly seed?: number;
  /** More find more of the pairs and take longer in proportion; 50 unless said. */
  readonly bands?: number;
}

export interface NearDuplicateGroups {
  /** Group number of each row; groups are numbered by their first row. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Rows of the largest group. When it holds a good part of all rows, no split by group is fair to every label. */
  readonly largest: number;
  /** Cosines that were computed, and how many of them reached the threshold (pairs already joined are skipped). */
  readonly compared: number;
  readonly pairs: number;
}

const defaults = { threshold: 0.6, seed: 1, bands: 50 };

/** Of 32-bit values: two equal rows have a cosine of 0.9999998. */
const rounding = 1e-6;

/** In a bucket of more rows than this, a row is compared with that many others and not with all. */
const representatives = 24;

/**
 * Groups rephrasings, so that a split by group has no near-duplicate on both sides. Locality-sensitive hashing by bands
 * (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3) proposes pairs, the cosine decides, and what is
 * joined by a chain of pairs is one group. With 50 bands a pair at cosine 0.6 is proposed with a chance of 0.98.
 *
 * O(bands · (entries + rows · log rows)), and at most `representatives` comparisons for a row and band, so a template
 * that fills a bucket with 100,000 rows costs no square. The same rows in another order give the same groups; the seed
 * decides only which of the borderline pairs are missed.
 */
export function nearDuplicateGroups(vectors: WordVectors, options: NearDuplicateOptions = {}): NearDuplicateGroups {
  const steps = nearDuplicateSteps(vectors, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a band each (0.2 s for 500,000 rows), which yield the fraction done: for progress and stopping. */
export function* nearDuplicateSteps(
  vectors: WordVectors,
  options: NearDuplicateOptions = {},
): Generator<number, NearDuplicateGroups, void> {
  const { threshold, seed, bands } = { ...defaults, ...options };
  const { matrix } = vectors;
  const order = canonicalOrder(matrix).filter((row) => matrix.indptr[row]! < matrix.indptr[row + 1]!);
  const bandKeys = new BandKeys(vectors, seed);
  const joiner = new BucketJoiner(matrix, threshold);
  for (let band = 0; band < bands; band++) {
    bandKeys.fill(band);
    for (const bucket of bucketsOf(bandKeys.keys, order)) joiner.join(bucket);
    yield (band + 1) / bands;
  }
  const { groups, count, largest } = joiner.sets.numbers();
  return { groups, groupCount: count, largest, compared: joiner.compared, pairs: joiner.pairs };
}

/** Rows of equal key, two and more, in the given order. */
function* bucketsOf(keys: Int32Array, order: Int32Array): Generator<Int32Array> {
  const rows = order.length;
  // Key and place in one exact number: a sort of plain numbers is ten times as fast as one with a comparison.
  const buckets = Math.min(2 ** 32, Math.floor(2 ** 52 / Math.max(rows, 1)));
  const sorted = Float64Array.from(order, (row, place) => ((keys[row]! >>> 0) % buckets) * rows + place).sort();
  const found = new Int32Array(rows);
  for (let from = 0; from < rows; ) {
    const key = Math.floor(sorted[from]! / rows);
    let to = from;
    while (to < rows && sorted[to]! < (key + 1) * rows) {
      found[to - from] = order[sorted[to]! - key * rows]!;
      to++;
    }
    if (to - from > 1) yield found.subarray(0, to - from);
    from = to;
  }
}

/** Compares the rows of buckets and joins those that are near. */
class BucketJoiner {
  readonly sets: RowSets;
  compared = 0;
  pairs = 0;
  private readonly matrix: CsrMatrix;
  private readonly threshold: number;
  private readonly spread: SpreadRow;
  private readonly chosen = new Int32Array(representatives);

  constructor(matrix: CsrMatrix, threshold: number) {
    this.matrix = matrix;
    this.threshold = threshold - rounding;
    this.sets = new RowSets(matrix.rows);
    this.spread = new SpreadRow(matrix.columns);
  }

  /**
   * Each row is compared with representatives of the bucket: all rows before it while they are few; in a large bucket
   * a row of a new set takes the place of the oldest.
   */
  join(bucket: Int32Array): void {
    const { chosen } = this;
    const large = bucket.length > representatives;
    let taken = 0;
    for (let i = 0; i < bucket.length; i++) {
      const row = bucket[i]!;
      const represented = this.compare(row, Math.min(taken, representatives));
      if (large && represented) continue;
      chosen[taken++ % representatives] = row;
    }
  }

  /** True when, after comparing, one of the chosen rows is in the set of the row. */
  private compare(row: number, count: number): boolean {
    const { sets, chosen, threshold, matrix } = this;
    let own = sets.find(row);
    let represented = false;
    let held = false;
    for (let i = 0; i < count; i++) {
      const other = chosen[i]!;
      if (sets.find(other) === own) {
        represented = true;
        continue;
      }
      if (!held) this.spread.hold(matrix, row);
      held = true;
      this.compared++;
      if (this.spread.productWith(matrix, other) < threshold) continue;
      this.pairs++;
      represented = true;
      sets.join(row, other);
      own = sets.find(row);
    }
    return represented;
  }
}
