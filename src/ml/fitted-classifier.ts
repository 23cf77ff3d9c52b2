import type { Classifier, SavedState } from './estimator.ts';
import type { LinearState } from './linear/linear-state.ts';
import type { NearestNeighbour } from './neighbours/neighbours.ts';
import type { CsrMatrix } from './sparse.ts';

/** A classifier with what it has learned, its kind of state forgotten: what a model is put together from. */
export interface FittedClassifier {
  readonly kind: string;
  /** Ascending. */
  readonly classes: readonly string[];
  /** Rows × classes; softmax of a row, perhaps after a temperature, is its probabilities. */
  logits(rows: CsrMatrix): Float64Array;
  /** The weights that made the logits where these are linear in the row; else null. */
  readonly linear: LinearState | null;
  /** At most k training rows that are most like one of `rows`, nearest first; only where training rows were kept. */
  nearest?(rows: CsrMatrix, row: number, k: number): NearestNeighbour[];
  save(): SavedState;
}

/** A classifier over sparse rows; one whose state is no `LinearState` but stands for one can show it. */
export interface SparseClassifier<State> extends Classifier<CsrMatrix, State> {
  linear?(state: State): LinearState | null;
  nearest?(state: State, matrix: CsrMatrix, row: number, k: number): NearestNeighbour[];
}

export function bindClassifier<State>(classifier: SparseClassifier<State>, state: State): FittedClassifier {
  return {
    ...('nearest' in classifier && { nearest: (rows, row, k) => classifier.nearest!(state, rows, row, k) }),
    kind: classifier.kind,
    classes: classifier.classes(state),
    logits: (rows) => classifier.logits(state, rows),
    linear: classifier.linear?.(state) ?? (isLinear(state) ? state : null),
    save: () => classifier.save(state),
  };
}

function isLinear(state: unknown): state is LinearState {
  return typeof state === 'object' && state !== null && 'weights' in state && 'intercepts' in state;
}
