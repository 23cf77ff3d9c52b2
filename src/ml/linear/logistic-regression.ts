import type { Classifier, SavedState } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { allFinite, type CsrMatrix } from '../sparse.ts';
import { logitsOfRow, softmaxInPlace } from './linear-logits.ts';
import { minimise } from './minimise.ts';
import { softmaxSearch } from './softmax-objective.ts';

export interface LogisticParameters {
  /** Inverse strength of the L2 penalty, as scikit-learn's C: the loss is C·Σ nll + ½‖W‖²; > 0. */
  readonly c: number;
  /** `balanced` weighs a row by n / (classes · rows of its class). */
  readonly classWeight: 'none' | 'balanced';
  /** Length of the gradient of the mean loss at which the search stops. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export const defaultLogisticParameters: LogisticParameters = {
  c: 10,
  classWeight: 'balanced',
  tolerance: 1e-5,
  maxIterations: 200,
};

/** weights[column · classes + class]; 32-bit, so that a model in memory equals the saved one bit for bit. */
export interface LinearState {
  readonly classes: readonly string[];
  readonly columns: number;
  readonly weights: Float32Array;
  readonly intercepts: Float32Array;
}

/**
 * Multinomial logistic regression with L2 (Hastie, Tibshirani and Friedman, The Elements of Statistical
 * Learning, 4.4), minimised by L-BFGS. The intercept is not penalised. O(entries · classes) an iteration.
 */
export class LogisticRegression implements Classifier<CsrMatrix, LinearState> {
  readonly kind = 'logistic-regression';
  readonly parameters: LogisticParameters;

  constructor(parameters: Partial<LogisticParameters> = {}) {
    this.parameters = { ...defaultLogisticParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, labels: readonly string[]): Outcome<LinearState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    const classes = [...new Set(labels)].sort();
    const targets = Int32Array.from(labels, (label) => classes.indexOf(label));
    const { c, classWeight, tolerance, maxIterations } = this.parameters;
    const { rowWeights, total } = weighRows(targets, classes.length, classWeight);
    const search = softmaxSearch({
      matrix,
      targets,
      rowWeights,
      classes: classes.length,
      penalty: 1 / (c * total),
    });
    const minimum = minimise(search.objective, new Float64Array(search.size), {
      tolerance,
      maxIterations,
      memory: 20,
      innerProduct: search.innerProduct,
    });
    const found = search.weightsAt(minimum.x);
    return success({
      classes,
      columns: matrix.columns,
      weights: Float32Array.from(found.weights),
      intercepts: Float32Array.from(found.intercepts),
    });
  }

  classes(state: LinearState): readonly string[] {
    return state.classes;
  }

  /** Rows × classes, before the softmax. */
  logits(state: LinearState, matrix: CsrMatrix): Float64Array {
    const k = state.classes.length;
    const out = new Float64Array(matrix.rows * k);
    for (let r = 0; r < matrix.rows; r++) {
      logitsOfRow(matrix, r, state.weights, state.intercepts, out.subarray(r * k, (r + 1) * k));
    }
    return out;
  }

  predictProba(state: LinearState, matrix: CsrMatrix): Float64Array {
    const k = state.classes.length;
    const out = this.logits(state, matrix);
    for (let r = 0; r < matrix.rows; r++) softmaxInPlace(out.subarray(r * k, (r + 1) * k));
    return out;
  }

  save(state: LinearState): SavedState {
    return {
      header: { kind: this.kind, classes: state.classes, columns: state.columns },
      sections: { weights: state.weights, intercepts: state.intercepts },
    };
  }

  load(saved: SavedState): Outcome<LinearState> {
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
}

function findProblem(matrix: CsrMatrix, labels: readonly string[]): string | null {
  if (matrix.rows === 0) return 'There are no rows to learn from.';
  if (labels.length !== matrix.rows) return `There are ${matrix.rows} rows but ${labels.length} labels.`;
  if (new Set(labels).size < 2) return `All rows have the label "${labels[0]}"; at least two classes are needed.`;
  if (!allFinite(matrix)) return 'A feature value is not a finite number.';
  return null;
}

/** Weights that sum to one, and the sum they had before. */
function weighRows(
  targets: Int32Array,
  classes: number,
  how: 'none' | 'balanced',
): { rowWeights: Float64Array; total: number } {
  const counts = new Int32Array(classes);
  for (const target of targets) counts[target]!++;
  const rows = targets.length;
  // Both ways the weights sum to the number of rows: balanced ones are n / (K · count).
  const rowWeights = Float64Array.from(targets, (target) =>
    how === 'none' ? 1 / rows : 1 / (classes * counts[target]!),
  );
  return { rowWeights, total: rows };
}
