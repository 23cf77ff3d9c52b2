import type { CsrMatrix } from '../sparse.ts';

/** Xᵀ, again by rows; within a row the columns ascend. O(entries). */
export function transpose(matrix: CsrMatrix): CsrMatrix {
  const { rows, columns, indptr, indices, values } = matrix;
  const entries = indptr[rows]!;
  const starts = new Int32Array(columns + 1);
  for (let j = 0; j < entries; j++) starts[indices[j]! + 1]!++;
  for (let c = 0; c < columns; c++) starts[c + 1] = starts[c + 1]! + starts[c]!;
  const next = starts.slice();
  const rowOf = new Int32Array(entries);
  const turned = new Float32Array(entries);
  for (let r = 0; r < rows; r++) {
    for (let j = indptr[r]!, end = indptr[r + 1]!; j < end; j++) {
      const at = next[indices[j]!]!++;
      rowOf[at] = r;
      turned[at] = values[j]!;
    }
  }
  return { rows: columns, columns: rows, indptr: starts, indices: rowOf, values: turned };
}

/**
 * out = X·B, where B is dense, columns(X) × width, row by row, and out is rows(X) × width. Sums are 64-bit, storage
 * is 32-bit: the rows of B are fetched from all over memory, and half the bytes is nearly half the time.
 * O(entries · width).
 */
export function multiplyBlock(matrix: CsrMatrix, block: Float32Array, width: number, out: Float32Array): void {
  const { indptr } = matrix;
  const sum = new Float64Array(width);
  for (let r = 0; r < matrix.rows; r++) {
    sum.fill(0);
    addRow(matrix, indptr[r]!, indptr[r + 1]!, block, sum);
    out.set(sum, r * width);
  }
}

/** sum += the entries [from, to) of X times their rows of B. Four at a time: each sum is then loaded once for four. */
function addRow(matrix: CsrMatrix, from: number, to: number, block: Float32Array, sum: Float64Array): void {
  const { indices, values } = matrix;
  const width = sum.length;
  let j = from;
  for (; j + 3 < to; j += 4) {
    const [a, b, c, d] = [values[j]!, values[j + 1]!, values[j + 2]!, values[j + 3]!];
    const p = indices[j]! * width;
    const q = indices[j + 1]! * width;
    const s = indices[j + 2]! * width;
    const t = indices[j + 3]! * width;
    for (let i = 0; i < width; i++) {
      sum[i] = sum[i]! + a * block[p + i]! + b * block[q + i]! + c * block[s + i]! + d * block[t + i]!;
    }
  }
  for (; j < to; j++) {
    const a = values[j]!;
    const p = indices[j]! * width;
    for (let i = 0; i < width; i++) sum[i] = sum[i]! + a * block[p + i]!;
  }
}
