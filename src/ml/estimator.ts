import type { Outcome } from './outcome.ts';

/** Named typed arrays and a small JSON value: what an estimator is made of on disk. */
export interface SavedState {
  readonly header: Readonly<Record<string, unknown>>;
  readonly sections: Readonly<Record<string, Section>>;
}

export type Section = Int32Array | Float32Array | Float64Array | Uint16Array | Uint8Array;

/**
 * The one contract of everything that learns classes. Parameters stand in the constructor, what was learned is
 * a state of its own: an estimator can be fitted twice and used from several places at once.
 *
 * - `fit` leaves its input alone; the order of rows and of labels is of no account; one class only, no rows and
 *   values that are not finite are refused with a reason.
 * - `predictProba` gives rows × classes numbers in [0,1], row by row, each row summing to one; class order is
 *   `classes(state)`, ascending.
 * - `save` and `load` keep every bit.
 *
 * `checkClassifier` (checks/) runs these promises against an implementation.
 */
export interface Classifier<Input, State> {
  readonly kind: string;
  fit(input: Input, labels: readonly string[], options?: FitOptions): Outcome<State>;
  classes(state: State): readonly string[];
  /** Rows × classes finite numbers; the softmax of a row is its `predictProba`. Calibration works on these. */
  logits(state: State, input: Input): Float64Array;
  predictProba(state: State, input: Input): Float64Array;
  save(state: State): SavedState;
  load(saved: SavedState): Outcome<State>;
}

export interface FitOptions {
  /** 1 unless said; the same seed gives the same bits. */
  readonly seed?: number;
  /** Group of each row, for estimators that cross-validate within: rows of one group stay on one side. */
  readonly groups?: readonly (string | null)[];
  /** Called now and then with the fraction done, in [0,1]. */
  readonly onProgress?: (fraction: number) => void;
}
