import type { Classifier, FitOptions, SavedState } from '../estimator.ts';
import type { Outcome } from '../outcome.ts';
import type { CsrMatrix } from '../sparse.ts';
import {
  type LinearState,
  loadLinearState,
  logitsOfRows,
  probabilitiesOfRows,
  saveLinearState,
} from './linear-state.ts';

/** What all classifiers share whose logits are linear in the row; how the weights are found is theirs. */
export abstract class LinearClassifier implements Classifier<CsrMatrix, LinearState> {
  abstract readonly kind: string;

  abstract fit(matrix: CsrMatrix, labels: readonly string[], options?: FitOptions): Outcome<LinearState>;

  classes(state: LinearState): readonly string[] {
    return state.classes;
  }

  logits(state: LinearState, matrix: CsrMatrix): Float64Array {
    return logitsOfRows(state, matrix);
  }

  predictProba(state: LinearState, matrix: CsrMatrix): Float64Array {
    return probabilitiesOfRows(state, matrix);
  }

  save(state: LinearState): SavedState {
    return saveLinearState(this.kind, state);
  }

  load(saved: SavedState): Outcome<LinearState> {
    return loadLinearState(saved);
  }
}
