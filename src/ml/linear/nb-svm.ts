import { canonicalOrder } from '../canonical-order.ts';
import type { FitOptions } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { CsrMatrix } from '../sparse.ts';
import { descendDual, squaresOfRows } from './descend-dual.ts';
import { LinearClassifier } from './linear-classifier.ts';
import { findProblem, type LinearState, numberClasses } from './linear-state.ts';

export interface NbSvmParameters {
  /** Cost of an error beside ½‖w‖², > 0; both sides of a class weigh the same in sum. */
  readonly c: number;
  /** Added to the sum of each column in and outside a class before their ratio is taken; > 0. */
  readonly smoothing: number;
  /** See `descendDual`. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export const defaultNbSvmParameters: NbSvmParameters = { c: 0.03, smoothing: 0.1, tolerance: 1e-3, maxIterations: 300 };

/**
 * Linear support vector machines on columns scaled by naive Bayes (Wang and Manning, Baselines and Bigrams, ACL 2012,
 * who scale signed and binarised counts; here TF-IDF and the size of the ratio): for each class against the rest a
 * column counts by |ln(p/q)|, its share of the class's weight against its share of the rest's. What is as frequent in
 * a class as outside cannot be overfitted to. The scale is multiplied into the weights: serving costs what any linear
 * model costs. O(entries) a pass and class.
 */
export class NbSvm extends LinearClassifier {
  readonly kind = 'nb-svm';
  readonly parameters: NbSvmParameters;

  constructor(parameters: Partial<NbSvmParameters> = {}) {
    super();
    this.parameters = { ...defaultNbSvmParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, labels: readonly string[], options: FitOptions = {}): Outcome<LinearState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    const { classes, targets, counts } = numberClasses(labels);
    const k = classes.length;
    const order = canonicalOrder(matrix);
    const sums = columnSums(matrix, targets, k);
    const weights = new Float32Array(matrix.columns * k);
    const intercepts = new Float32Array(k);
    const scaled = { ...matrix, values: new Float32Array(matrix.values.length) };
    // Of two classes the second machine is the mirror of the first.
    for (let target = 0; target < (k === 2 ? 1 : k); target++) {
      const scale = logRatios(sums, { target, classes: k, smoothing: this.parameters.smoothing });
      scaleColumns(matrix, scale, scaled.values);
      const side = (rows: number): number => (this.parameters.c * labels.length) / (2 * rows);
      const machine = descendDual({
        ...this.parameters,
        matrix: scaled,
        order,
        squares: squaresOfRows(scaled),
        signs: Int8Array.from(targets, (found) => (found === target ? 1 : -1)),
        costs: { positive: side(counts[target]!), negative: side(labels.length - counts[target]!) },
        seed: options.seed ?? 1,
      });
      for (let column = 0; column < matrix.columns; column++) {
        const weight = machine.weights[column]! * scale[column]!;
        weights[column * k + target] = weight;
        if (k === 2) weights[column * k + 1] = -weight;
      }
      intercepts[target] = machine.intercept;
      if (k === 2) intercepts[1] = -machine.intercept;
      options.onProgress?.((target + 1) / k);
    }
    return success({ classes, columns: matrix.columns, weights, intercepts });
  }
}

/** sums[column · classes + class] of the values. */
function columnSums(matrix: CsrMatrix, targets: Int32Array, classes: number): Float64Array {
  const sums = new Float64Array(matrix.columns * classes);
  for (let row = 0; row < matrix.rows; row++) {
    for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) {
      const at = matrix.indices[j]! * classes + targets[row]!;
      sums[at] = sums[at]! + matrix.values[j]!;
    }
  }
  return sums;
}

/** |ln(p/q)| of each column, p and q its smoothed shares of all weight in the class and outside. */
function logRatios(
  sums: Float64Array,
  of: { readonly target: number; readonly classes: number; readonly smoothing: number },
): Float64Array {
  const columns = sums.length / of.classes;
  const inside = new Float64Array(columns).fill(of.smoothing);
  const outside = new Float64Array(columns).fill(of.smoothing);
  let allInside = 0;
  let allOutside = 0;
  for (let column = 0; column < columns; column++) {
    for (let c = 0; c < of.classes; c++) {
      const side = c === of.target ? inside : outside;
      // A column of negative sum (embeddings) has no share; it counts as empty.
      side[column] = side[column]! + Math.max(0, sums[column * of.classes + c]!);
    }
    allInside += inside[column]!;
    allOutside += outside[column]!;
  }
  return inside.map((share, column) => Math.abs(Math.log((share * allOutside) / (outside[column]! * allInside))));
}

function scaleColumns(matrix: CsrMatrix, scale: Float64Array, values: Float32Array): void {
  for (let j = 0; j < values.length; j++) values[j] = matrix.values[j]! * scale[matrix.indices[j]!]!;
}
