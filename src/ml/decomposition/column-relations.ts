import type { CsrMatrix } from '../sparse.ts';
import { transpose } from './sparse-block.ts';

export interface RelationLimits {
  /** Two columns meet in at least so many rows. */
  readonly leastTogether: number;
  /** And their normalised pointwise mutual information is above this. */
  readonly leastNpmi: number;
}

/**
 * How columns go together: columns × columns, symmetric, with ones on the diagonal and elsewhere the normalised
 * pointwise mutual information (Bouma 2009) of "both stand in a row", in (0, 1], where the two meet more often than
 * chance would have it by two standard deviations. O(Σ over columns of the entries in their rows).
 */
export function relateColumns(matrix: CsrMatrix, limits: RelationLimits): CsrMatrix {
  const turned = transpose(matrix);
  const together = new Int32Array(matrix.columns);
  const indptr = new Int32Array(matrix.columns + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let c = 0; c < matrix.columns; c++) {
    countTogether(matrix, turned, c, together);
    const own = together[c]!;
    for (let d = 0; d < matrix.columns; d++) {
      const both = together[d]!;
      if (both === 0 && d !== c) continue;
      const other = turned.indptr[d + 1]! - turned.indptr[d]!;
      const relation = d === c ? 1 : relationOf(both, (own * other) / matrix.rows, matrix.rows, limits);
      if (relation === 0) continue;
      indices.push(d);
      values.push(relation);
    }
    indptr[c + 1] = indices.length;
  }
  return {
    rows: matrix.columns,
    columns: matrix.columns,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** together[d] = rows in which both column c and column d stand. */
function countTogether(matrix: CsrMatrix, turned: CsrMatrix, c: number, together: Int32Array): void {
  together.fill(0);
  for (let i = turned.indptr[c]!; i < turned.indptr[c + 1]!; i++) {
    const row = turned.indices[i]!;
    for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) together[matrix.indices[j]!]!++;
  }
}

function relationOf(both: number, expected: number, rows: number, limits: RelationLimits): number {
  if (both < limits.leastTogether || both < expected + 2 * Math.sqrt(expected)) return 0;
  if (both === rows) return 1;
  const npmi = Math.log(both / expected) / -Math.log(both / rows);
  return npmi > limits.leastNpmi ? npmi : 0;
}

/**
 * X·S for sparse S, each row scaled to length 1: a short text then holds, beside its words, those that usually go
 * with them. O(Σ over entries of X of the entries in their row of S).
 */
export function spreadRows(matrix: CsrMatrix, relations: CsrMatrix): CsrMatrix {
  const sum = new Float64Array(relations.columns);
  const indptr = new Int32Array(matrix.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < matrix.rows; r++) {
    sum.fill(0);
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++) {
      addRelated(relations, matrix.indices[j]!, matrix.values[j]!, sum);
    }
    const squares = sum.reduce((total, value) => total + value * value, 0);
    const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let c = 0; c < sum.length; c++) {
      if (sum[c] === 0) continue;
      indices.push(c);
      values.push(sum[c]! * factor);
    }
    indptr[r + 1] = indices.length;
  }
  return {
    rows: matrix.rows,
    columns: relations.columns,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

function addRelated(relations: CsrMatrix, row: number, factor: number, sum: Float64Array): void {
  for (let j = relations.indptr[row]!; j < relations.indptr[row + 1]!; j++) {
    const c = relations.indices[j]!;
    sum[c] = sum[c]! + factor * relations.values[j]!;
  }
}
