import type { SavedState } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { allFinite, type CsrMatrix } from '../sparse.ts';
import { logitsOfRow, softmaxInPlace } from './linear-logits.ts';

/** weights[column · classes + class]; 32-bit, so that a model in memory equals the saved one bit for bit. */
export interface LinearState {
  readonly classes: readonly string[];
  readonly columns: number;
  readonly weights: Float32Array;
  readonly intercepts: Float32Array;
}

/** Why nothing can be learned from these rows, or null. */
export function findProblem(matrix: CsrMatrix, labels: readonly string[]): string | null {
  if (matrix.rows === 0) return 'There are no rows to learn from.';
  if (labels.length !== matrix.rows) return `There are ${matrix.rows} rows but ${labels.length} labels.`;
  if (new Set(labels).size < 2) return `All rows have the label "${labels[0]}"; at least two classes are needed.`;
  if (!allFinite(matrix)) return 'A feature value is not a finite number.';
  return null;
}

export interface NumberedClasses {
  /** Ascending. */
  readonly classes: readonly string[];
  /** Class of each row. */
  readonly targets: Int32Array;
  /** Rows of each class. */
  readonly counts: Int32Array;
}

export function numberClasses(labels: readonly string[]): NumberedClasses {
  const classes = [...new Set(labels)].sort();
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const targets = Int32Array.from(labels, (label) => numbers.get(label)!);
  const counts = new Int32Array(classes.length);
  for (const target of targets) counts[target]!++;
  return { classes, targets, counts };
}

/** Rows × classes, before the softmax. */
export function logitsOfRows(state: LinearState, matrix: CsrMatrix): Float64Array {
  const k = state.classes.length;
  const out = new Float64Array(matrix.rows * k);
  for (let r = 0; r < matrix.rows; r++) {
    logitsOfRow(matrix, r, state.weights, state.intercepts, out.subarray(r * k, (r + 1) * k));
  }
  return out;
}

export function probabilitiesOfRows(state: LinearState, matrix: CsrMatrix): Float64Array {
  const k = state.classes.length;
  const out = logitsOfRows(state, matrix);
  for (let r = 0; r < matrix.rows; r++) softmaxInPlace(out.subarray(r * k, (r + 1) * k));
  return out;
}

export function saveLinearState(kind: string, state: LinearState): SavedState {
  return {
    header: { kind, classes: state.classes, columns: state.columns },
    sections: { weights: state.weights, intercepts: state.intercepts },
  };
}

export function loadLinearState(saved: SavedState): Outcome<LinearState> {
  const { classes, columns } = saved.header;
  const { weights, intercepts } = saved.sections;
  if (!Array.isArray(classes) || !classes.every((name) => typeof name === 'string') || typeof columns !== 'number') {
    return failure('The header names no classes or columns of a linear model.');
  }
  if (!(weights instanceof Float32Array) || !(intercepts instanceof Float32Array)) {
    return failure('The sections "weights" and "intercepts" of a linear model are missing.');
  }
  if (weights.length !== columns * classes.length || intercepts.length !== classes.length) {
    return failure('The weights of the linear model do not fit its classes and columns.');
  }
  return success({ classes, columns, weights, intercepts });
}
