import type { CsrMatrix } from '../../src/ml/index.ts';

/**
 * Cosine similarities of the `k` nearest training rows to each row, highest first; rows × k numbers. Both blocks of
 * a row have unit length, so that its own length is the root of their number. By an inverted index; O(entries met).
 */
export function nearestSimilarities(train: CsrMatrix, rows: CsrMatrix, k: number): Float64Array {
  const postings = byColumn(train);
  const lengths = lengthsOf(train);
  const own = lengthsOf(rows);
  const similarities = new Float64Array(train.rows);
  const out = new Float64Array(rows.rows * k);
  for (let r = 0; r < rows.rows; r++) {
    similarities.fill(0);
    for (let j = rows.indptr[r]!; j < rows.indptr[r + 1]!; j++) {
      const column = rows.indices[j]!;
      for (let p = postings.starts[column]!; p < postings.starts[column + 1]!; p++) {
        const row = postings.rows[p]!;
        similarities[row]! += rows.values[j]! * postings.values[p]!;
      }
    }
    for (let row = 0; row < train.rows; row++) similarities[row]! /= lengths[row]! * own[r]! || 1;
    out.set(Float64Array.from(similarities).sort().reverse().subarray(0, k), r * k);
  }
  return out;
}

function byColumn({ columns, rows, indptr, indices, values }: CsrMatrix): {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float32Array;
} {
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]!++;
  for (let c = 0; c < columns; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rowsOf = new Int32Array(indices.length);
  const valuesOf = new Float32Array(indices.length);
  for (let r = 0; r < rows; r++) {
    for (let j = indptr[r]!; j < indptr[r + 1]!; j++) {
      const at = next[indices[j]!]!++;
      rowsOf[at] = r;
      valuesOf[at] = values[j]!;
    }
  }
  return { starts, rows: rowsOf, values: valuesOf };
}

function lengthsOf({ rows, indptr, values }: CsrMatrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, r) => {
    let squares = 0;
    for (let j = indptr[r]!; j < indptr[r + 1]!; j++) squares += values[j]! * values[j]!;
    return Math.sqrt(squares);
  });
}
