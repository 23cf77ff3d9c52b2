/**
 * Compressed sparse rows: row r holds columns `indices[indptr[r] … indptr[r+1])` with `values` beside them.
 * Values are 32-bit: 20,000 tickets have about 20 million entries, and TF-IDF needs no more digits.
 */
export interface CsrMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** A new matrix of the given rows in the given order; a row may be named more than once. O(entries copied). */
export function selectRows(matrix: CsrMatrix, rows: readonly number[]): CsrMatrix {
  const indptr = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    indptr[i + 1] = indptr[i]! + matrix.indptr[row + 1]! - matrix.indptr[row]!;
  }
  const entries = indptr[rows.length]!;
  const indices = new Int32Array(entries);
  const values = new Float32Array(entries);
  for (let i = 0; i < rows.length; i++) {
    const from = matrix.indptr[rows[i]!]!;
    const to = matrix.indptr[rows[i]! + 1]!;
    indices.set(matrix.indices.subarray(from, to), indptr[i]!);
    values.set(matrix.values.subarray(from, to), indptr[i]!);
  }
  return { rows: rows.length, columns: matrix.columns, indptr, indices, values };
}

/** Dense rows to CSR; zeros are dropped. */
export function fromDense(rows: readonly (readonly number[])[], columns: number): CsrMatrix {
  const indptr = new Int32Array(rows.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  rows.forEach((row, r) => {
    row.forEach((value, c) => {
      if (value === 0) return;
      indices.push(c);
      values.push(value);
    });
    indptr[r + 1] = indices.length;
  });
  return {
    rows: rows.length,
    columns,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** Rows that are vectors already (embeddings), `values[row · columns + column]`, as a matrix; nothing is copied but indices. */
export function denseRows(values: Float32Array, columns: number): CsrMatrix {
  const rows = columns === 0 ? 0 : values.length / columns;
  return {
    rows,
    columns,
    indptr: Int32Array.from({ length: rows + 1 }, (_, r) => r * columns),
    indices: Int32Array.from({ length: values.length }, (_, i) => i % columns),
    values,
  };
}

/** out = X·v; v has one entry a column, out one a row. */
export function multiply(matrix: CsrMatrix, vector: Float64Array, out: Float64Array): void {
  const { indptr, indices, values } = matrix;
  for (let r = 0; r < matrix.rows; r++) {
    let sum = 0;
    for (let j = indptr[r]!, end = indptr[r + 1]!; j < end; j++) sum += values[j]! * vector[indices[j]!]!;
    out[r] = sum;
  }
}

/** out = Xᵀ·u; u has one entry a row, out one a column. */
export function multiplyTransposed(matrix: CsrMatrix, vector: Float64Array, out: Float64Array): void {
  const { indptr, indices, values } = matrix;
  out.fill(0);
  for (let r = 0; r < matrix.rows; r++) {
    const u = vector[r]!;
    if (u === 0) continue;
    for (let j = indptr[r]!, end = indptr[r + 1]!; j < end; j++) {
      const c = indices[j]!;
      out[c] = out[c]! + values[j]! * u;
    }
  }
}

/** True when every value is a finite number. */
export function allFinite(matrix: CsrMatrix): boolean {
  for (let j = 0; j < matrix.values.length; j++) if (!Number.isFinite(matrix.values[j]!)) return false;
  return true;
}
