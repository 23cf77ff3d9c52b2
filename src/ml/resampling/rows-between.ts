import type { CsrMatrix } from '../sparse.ts';

/** The rows of a matrix and, after them, rows on the way from one of its rows to another. */
export class RowsBetween {
  private readonly matrix: CsrMatrix;
  private readonly ends: number[] = [];
  private indices: Int32Array;
  private values: Float32Array;
  private entries: number;
  private readonly dense: Float64Array;

  constructor(matrix: CsrMatrix) {
    this.matrix = matrix;
    this.indices = matrix.indices.slice();
    this.values = matrix.values.slice();
    this.entries = matrix.indices.length;
    this.dense = new Float64Array(matrix.columns);
  }

  /** `share` of the way from `first` (0) to `second` (1), stretched to the length between theirs. O(entries of both). */
  add(first: number, second: number, share: number): void {
    const { matrix, dense } = this;
    const { indptr, indices } = matrix;
    const room = indptr[first + 1]! - indptr[first]! + indptr[second + 1]! - indptr[second]!;
    this.reserve(room);
    const from = this.entries;
    const length = this.spread(first, 1 - share) * (1 - share) + this.spread(second, share) * share;
    let squares = 0;
    for (const row of [first, second]) {
      for (let j = indptr[row]!; j < indptr[row + 1]!; j++) {
        const value = dense[indices[j]!]!;
        if (value === 0) continue;
        dense[indices[j]!] = 0;
        squares += value * value;
        this.indices[this.entries] = indices[j]!;
        this.values[this.entries++] = value;
      }
    }
    const stretch = squares === 0 ? 0 : length / Math.sqrt(squares);
    for (let j = from; j < this.entries; j++) this.values[j] = this.values[j]! * stretch;
    this.ends.push(this.entries);
  }

  /** Adds the row times the factor to `dense`; returns the length of the row. */
  private spread(row: number, factor: number): number {
    const { indptr, indices, values } = this.matrix;
    let squares = 0;
    for (let j = indptr[row]!; j < indptr[row + 1]!; j++) {
      this.dense[indices[j]!]! += factor * values[j]!;
      squares += values[j]! * values[j]!;
    }
    return Math.sqrt(squares);
  }

  private reserve(room: number): void {
    if (this.entries + room <= this.indices.length) return;
    const size = Math.ceil((this.entries + room) * 1.5);
    const indices = new Int32Array(size);
    const values = new Float32Array(size);
    indices.set(this.indices.subarray(0, this.entries));
    values.set(this.values.subarray(0, this.entries));
    this.indices = indices;
    this.values = values;
  }

  finish(): CsrMatrix {
    const { rows, columns, indptr } = this.matrix;
    const ends = new Int32Array(rows + 1 + this.ends.length);
    ends.set(indptr);
    ends.set(this.ends, rows + 1);
    return {
      rows: rows + this.ends.length,
      columns,
      indptr: ends,
      indices: this.indices.slice(0, this.entries),
      values: this.values.slice(0, this.entries),
    };
  }
}
