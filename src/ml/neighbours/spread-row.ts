import type { CsrMatrix } from '../sparse.ts';

/** One row at a time laid out densely, for products with many others; O(entries of the other row) each. */
export class SpreadRow {
  private readonly dense: Float32Array;
  private columns: Int32Array = new Int32Array(0);

  constructor(columns: number) {
    this.dense = new Float32Array(columns);
  }

  hold(matrix: CsrMatrix, row: number): void {
    this.release();
    this.columns = matrix.indices.subarray(matrix.indptr[row], matrix.indptr[row + 1]);
    for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) {
      this.dense[matrix.indices[j]!] = matrix.values[j]!;
    }
  }

  private release(): void {
    for (const column of this.columns) this.dense[column] = 0;
  }

  productWith(matrix: CsrMatrix, row: number): number {
    const { indptr, indices, values } = matrix;
    const { dense } = this;
    let sum = 0;
    for (let j = indptr[row]!; j < indptr[row + 1]!; j++) sum += values[j]! * dense[indices[j]!]!;
    return sum;
  }
}
