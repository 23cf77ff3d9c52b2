import type { SavedState } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { CsrMatrix } from '../sparse.ts';
import type { SvdState } from './truncated-svd.ts';

export interface ProjectionOptions {
  /** Scales each row to length 1; a row that shares nothing with the components stays zero. False unless said. */
  readonly normalise?: boolean;
}

/** The first `count` entries of a sparse row. */
export interface SparseEntries {
  readonly indices: Int32Array;
  readonly values: Float32Array;
  readonly count: number;
}

/** X·V: rows × rank numbers, row by row. O(entries · rank). */
export function projectRows(state: SvdState, matrix: CsrMatrix, options: ProjectionOptions = {}): Float32Array {
  const { rank } = state;
  const { indptr, indices, values } = matrix;
  const out = new Float32Array(matrix.rows * rank);
  const sum = new Float64Array(rank);
  for (let r = 0; r < matrix.rows; r++) {
    addEntries(state, { indices, values }, indptr[r]!, indptr[r + 1]!, sum);
    if (options.normalise === true) toUnitLength(sum);
    out.set(sum, r * rank);
  }
  return out;
}

/** The same for one row, into the first `rank` places of `out`; bit for bit what `projectRows` says. */
export function projectRow(
  state: SvdState,
  row: SparseEntries,
  out: Float32Array,
  options: ProjectionOptions = {},
): void {
  const sum = new Float64Array(state.rank);
  addEntries(state, row, 0, row.count, sum);
  if (options.normalise === true) toUnitLength(sum);
  out.set(sum);
}

function addEntries(
  { rank, components }: SvdState,
  { indices, values }: Pick<SparseEntries, 'indices' | 'values'>,
  from: number,
  to: number,
  sum: Float64Array,
): void {
  sum.fill(0);
  for (let j = from; j < to; j++) {
    const value = values[j]!;
    const at = indices[j]! * rank;
    for (let i = 0; i < rank; i++) sum[i] = sum[i]! + value * components[at + i]!;
  }
}

function toUnitLength(vector: Float64Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return;
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! * factor;
}

export function saveSvd(state: SvdState): SavedState {
  return {
    header: { rank: state.rank, columns: state.columns },
    sections: { components: state.components, 'singular-values': state.singularValues },
  };
}

export function loadSvd(saved: SavedState): Outcome<SvdState> {
  const { rank, columns } = saved.header;
  const { components, 'singular-values': singularValues } = saved.sections;
  if (typeof rank !== 'number' || typeof columns !== 'number') return failure('The model names no rank.');
  if (!(components instanceof Float32Array) || !(singularValues instanceof Float32Array)) {
    return failure('The model has no components.');
  }
  if (components.length !== rank * columns || singularValues.length !== rank) {
    return failure(`The components of the model are not ${columns} × ${rank} numbers. Train again.`);
  }
  return success({ rank, columns, components, singularValues });
}
