import { canonicalOrder } from '../canonical-order.ts';
import { SpreadRow } from '../neighbours/spread-row.ts';
import { type CsrMatrix, selectRows } from '../sparse.ts';
import { BandKeys } from './band-keys.ts';
import { RowSets } from './row-sets.ts';
import type { WordVectors } from './word-vectors.ts';

export interface NearDuplicateOptions {
  /** Cosine of word TF-IDF from which two rows belong together, in (0,1]; 0.6 unless said. */
  readonly threshold?: number;
  readonly seed?: number;
  /** More find more of the pairs and take longer in proportion; 50 unless said. */
  readonly bands?: number;
  /**
   * A group of more than this share of all rows (and more than 50) is taken apart again at a stricter threshold, in
   * steps of 0.05 up to equal word vectors; 0.25 unless said, 1 never does.
   */
  readonly largestShare?: number;
}

export interface NearDuplicateGroups {
  /** Group number of each row; groups are numbered by their first row. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Rows of the largest group. */
  readonly largest: number;
  /** Rows that stood in a group too large, and were grouped again more strictly: some of these may still leak. */
  readonly tightened: number;
  /** Cosines that were computed, and how many of them reached the threshold (pairs already joined are skipped). */
  readonly compared: number;
  readonly pairs: number;
}

const defaults = { threshold: 0.6, seed: 1, bands: 50, largestShare: 0.25 };
const smallestLimit = 50;
const stricterBy = 0.05;

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
 * decides only which of the borderline pairs are missed. 22,849 tickets take 3.5 s, 500,000 take 100 s and 0.6 GB
 * beside the texts (one core of a busy machine).
 *
 * Short texts chain: with single words at 0.6, 73 % of 6,480 utterances of about 9 words were one group, which no split
 * can use. `largestShare` is for them.
 */
export function nearDuplicateGroups(vectors: WordVectors, options: NearDuplicateOptions = {}): NearDuplicateGroups {
  const steps = nearDuplicateSteps(vectors, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps of a band each (2 s for 500,000 rows), which yield the fraction done: for progress and stopping.
 * While groups too large are taken apart it stays at 1.
 */
export function* nearDuplicateSteps(
  vectors: WordVectors,
  options: NearDuplicateOptions = {},
): Generator<number, NearDuplicateGroups, void> {
  const { threshold, largestShare, seed, bands } = { ...defaults, ...options };
  const limit = Math.max(smallestLimit, largestShare * vectors.matrix.rows);
  const first = yield* joinNear(vectors, threshold, { seed, bands, done: 0 });
  let { compared, pairs } = first;
  const sets = new RowSets(vectors.matrix.rows);
  let tightened = 0;
  const waiting = first.sets.members().map((rows) => ({ rows, threshold }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { rows } = next;
    if (rows.length <= limit || next.threshold >= 1) {
      for (const row of rows) sets.join(rows[0]!, row);
      continue;
    }
    if (next.threshold === threshold) tightened += rows.length;
    const stricter = Math.min(1, next.threshold + stricterBy);
    const part = { matrix: selectRows(vectors.matrix, rows), hashes: vectors.hashes };
    const again = yield* joinNear(part, stricter, { seed, bands, done: 1 });
    compared += again.compared;
    pairs += again.pairs;
    for (const places of again.sets.members()) {
      waiting.push({ rows: places.map((place) => rows[place]!), threshold: stricter });
    }
  }
  const { groups, count, largest } = sets.numbers();
  return { groups, groupCount: count, largest, tightened, compared, pairs };
}

function* joinNear(
  vectors: WordVectors,
  threshold: number,
  hashing: { readonly seed: number; readonly bands: number; readonly done: number },
): Generator<number, BucketJoiner, void> {
  const { matrix } = vectors;
  const order = canonicalOrder(matrix).filter((row) => matrix.indptr[row]! < matrix.indptr[row + 1]!);
  const bandKeys = new BandKeys(vectors, hashing.seed);
  const joiner = new BucketJoiner(matrix, threshold);
  for (let band = 0; band < hashing.bands; band++) {
    bandKeys.fill(band);
    for (const bucket of bucketsOf(bandKeys.keys, order)) joiner.join(bucket);
    yield Math.max(hashing.done, (band + 1) / hashing.bands);
  }
  return joiner;
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
