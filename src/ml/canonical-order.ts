import type { CsrMatrix } from './sparse.ts';

/**
 * Rows sorted by a hash of what stands in them (FNV-1a over columns and the bits of values, columns ascending within
 * a row or not), then by their place. A learner that walks through its rows one by one in this order, or shuffles it
 * by seed, learns the same whatever order the file had. O(entries + n log n).
 */
export function canonicalOrder(matrix: CsrMatrix): Int32Array<ArrayBuffer> {
  const { rows, indptr, indices, values } = matrix;
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const hashes = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    // A sum of entry hashes, so that the order of columns within a row is of no account.
    let sum = 0;
    for (let j = indptr[r]!; j < indptr[r + 1]!; j++) {
      let hash = Math.imul(0x811c9dc5 ^ indices[j]!, 0x01000193);
      hash = Math.imul(hash ^ (hash >>> 15) ^ bits[j]!, 0x85ebca6b);
      sum = (sum + (hash ^ (hash >>> 13))) | 0;
    }
    hashes[r] = sum;
  }
  return Int32Array.from({ length: rows }, (_, r) => r).sort((a, b) => hashes[a]! - hashes[b]! || a - b);
}
