import type { Pooling } from './port.ts';

/** Hidden states of a batch: rows × width × dimension, and mask rows × width of 0 and 1. */
export interface HiddenRows {
  readonly rows: number;
  readonly width: number;
  readonly dimension: number;
  readonly values: Float32Array;
  readonly mask: BigInt64Array;
}

/**
 * One vector of length 1 a row: the mean of its tokens, or its first token (Reimers and Gurevych 2019, section 3).
 * Rows × dimension. O(rows × width × dimension), sums in 64 bits.
 */
export function poolRows(hidden: HiddenRows, pooling: Pooling): Float32Array {
  const { rows, width, dimension, values, mask } = hidden;
  const pooled = new Float32Array(rows * dimension);
  const sum = new Float64Array(dimension);
  for (let r = 0; r < rows; r++) {
    sum.fill(0);
    for (let t = 0; t < (pooling === 'cls' ? 1 : width); t++) {
      if (pooling === 'mean' && mask[r * width + t] === 0n) continue;
      const from = (r * width + t) * dimension;
      for (let d = 0; d < dimension; d++) sum[d]! += values[from + d]!;
    }
    pooled.set(sum, r * dimension);
  }
  return normaliseRows(pooled, dimension);
}

/**
 * Scales every row to length 1, in place; the number of tokens in a mean then needs no division.
 * @throws RangeError when a row has no direction: not finite, or all zeros.
 */
export function normaliseRows(rows: Float32Array, dimension: number): Float32Array {
  for (let from = 0; from < rows.length; from += dimension) {
    let square = 0;
    for (let d = from; d < from + dimension; d++) square += rows[d]! * rows[d]!;
    const length = Math.sqrt(square);
    if (!(length > 0) || !Number.isFinite(length)) throw new RangeError('a vector without a direction');
    for (let d = from; d < from + dimension; d++) rows[d] = rows[d]! / length;
  }
  return rows;
}
