import { failure, type Outcome, success } from '../outcome.ts';
import type { CsrMatrix } from '../sparse.ts';
import { LinearClassifier } from './linear-classifier.ts';
import { findProblem, type LinearState, numberClasses } from './linear-state.ts';
import { minimise } from './minimise.ts';
import { interceptUnit } from './softmax-loss.ts';
import { softmaxSearch } from './softmax-search.ts';

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

/**
 * Multinomial logistic regression with L2 (Hastie, Tibshirani and Friedman, The Elements of Statistical
 * Learning, 4.4), minimised by L-BFGS. The intercept is not penalised. O(entries · classes) an iteration.
 */
export class LogisticRegression extends LinearClassifier {
  readonly kind = 'logistic-regression';
  readonly parameters: LogisticParameters;

  constructor(parameters: Partial<LogisticParameters> = {}) {
    super();
    this.parameters = { ...defaultLogisticParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, labels: readonly string[]): Outcome<LinearState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    const { classes, targets, counts } = numberClasses(labels);
    const { c, classWeight, tolerance, maxIterations } = this.parameters;
    const { rowWeights, total } = weighRows(targets, counts, classWeight);
    const search = softmaxSearch({
      matrix,
      targets,
      rowWeights,
      classes: classes.length,
      penalty: 1 / (c * total),
      unit: interceptUnit(matrix),
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
}

/** Weights that sum to one, and the sum they had before. */
function weighRows(
  targets: Int32Array,
  counts: Int32Array,
  how: 'none' | 'balanced',
): { rowWeights: Float64Array; total: number } {
  const rows = targets.length;
  // Both ways the weights sum to the number of rows: balanced ones are n / (K · count).
  const rowWeights = Float64Array.from(targets, (target) =>
    how === 'none' ? 1 / rows : 1 / (counts.length * counts[target]!),
  );
  return { rowWeights, total: rows };
}
