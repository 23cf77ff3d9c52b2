import { canonicalOrder } from '../canonical-order.ts';
import type { FitOptions } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { CsrMatrix } from '../sparse.ts';
import { type DualSolution, descendDual, type HingeProblem, squaresOfRows } from './descend-dual.ts';
import { LinearClassifier } from './linear-classifier.ts';
import { findProblem, type LinearState, numberClasses } from './linear-state.ts';

export interface SvmParameters {
  /** Cost of an error beside ½‖w‖², as scikit-learn's C; > 0. */
  readonly c: number;
  /** `balanced` makes an error on a row of the class cost n / (classes · rows of the class) times as much. */
  readonly classWeight: 'none' | 'balanced';
  /** Spread of the slopes of the dual at which the search stops; see `descendDual`. */
  readonly tolerance: number;
  /** Passes over the rows for one class. */
  readonly maxIterations: number;
}

export const defaultSvmParameters: SvmParameters = {
  c: 1,
  classWeight: 'balanced',
  tolerance: 1e-3,
  maxIterations: 1000,
};

/**
 * Linear support vector machines with L2 penalty and squared hinge, one class against the rest; the bias is a
 * constant feature and penalised like the others. What scikit-learn's LinearSVC learns with its defaults, in
 * particular as to `balanced`: errors on the other classes keep the plain cost when there are three classes or more.
 * Two classes share one machine with decision s: their logits are -s and s. The softmax of decisions orders the
 * classes but is no calibrated probability.
 */
export class LinearSvm extends LinearClassifier {
  readonly kind = 'linear-svm';
  readonly parameters: SvmParameters;

  constructor(parameters: Partial<SvmParameters> = {}) {
    super();
    this.parameters = { ...defaultSvmParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, labels: readonly string[], options: FitOptions = {}): Outcome<LinearState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    const { classes, targets, counts } = numberClasses(labels);
    const k = classes.length;
    const costs = Array.from(counts, (count) => this.costOf(labels.length, k, count));
    const shared = { matrix, order: canonicalOrder(matrix), squares: squaresOfRows(matrix), seed: options.seed ?? 1 };
    const machine = (target: number, negative: number): DualSolution =>
      descendDual({
        ...shared,
        ...this.parameters,
        signs: Int8Array.from(targets, (found) => (found === target ? 1 : -1)),
        costs: { positive: costs[target]!, negative },
      } satisfies HingeProblem);
    const state = {
      classes,
      columns: matrix.columns,
      weights: new Float32Array(matrix.columns * k),
      intercepts: new Float32Array(k),
    };
    if (k === 2) {
      const one = machine(1, costs[0]!);
      writeMachine(state, 0, one, -1);
      writeMachine(state, 1, one, 1);
    }
    for (let target = 0; target < k && k > 2; target++) {
      writeMachine(state, target, machine(target, this.parameters.c), 1);
      options.onProgress?.((target + 1) / k);
    }
    return success(state);
  }

  private costOf(rows: number, classes: number, count: number): number {
    const { c, classWeight } = this.parameters;
    return classWeight === 'none' ? c : (c * rows) / (classes * count);
  }
}

function writeMachine(state: LinearState, target: number, machine: DualSolution, sign: number): void {
  const k = state.classes.length;
  for (let column = 0; column < state.columns; column++) {
    state.weights[column * k + target] = sign * machine.weights[column]!;
  }
  state.intercepts[target] = sign * machine.intercept;
}
