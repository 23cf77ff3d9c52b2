import type { CsrMatrix } from '../sparse.ts';
import { softmaxInPlace } from './linear-logits.ts';
import type { InnerProduct, Objective } from './minimise.ts';

export interface SoftmaxProblem {
  readonly matrix: CsrMatrix;
  /** Class of each row, 0 … classes-1. */
  readonly targets: Int32Array;
  readonly rowWeights: Float64Array;
  readonly classes: number;
  /** λ of ½λ‖W‖² beside the weighted mean loss. */
  readonly penalty: number;
}

/** An objective over points of `size` numbers, the inner product to search in, and the weights of a point. */
export interface SoftmaxSearch {
  readonly size: number;
  readonly objective: Objective;
  readonly innerProduct: InnerProduct;
  /** weights[column · classes + class] of a point, and its intercepts. */
  weightsAt(point: Float64Array): { readonly weights: Float64Array; readonly intercepts: Float64Array };
}

/**
 * Weighted mean negative log likelihood of the softmax plus ½λ‖W‖², searched in the space of the rows: every
 * iterate of a gradient method that starts at zero is W = Xᵀ·A (the representer theorem), so A, rows × classes,
 * is remembered with its logits Z = X·Xᵀ·A and the free intercepts b, as [A | Z | b]. Products of weights are
 * ⟨W, W'⟩ = A·Z', so the search is step for step the one over W, but its vectors have 26,000 entries and not
 * 420,000 for 1,450 tickets of nine classes: 10 ms an evaluation with its share of the search instead of 23.
 */
export function softmaxSearch(problem: SoftmaxProblem): SoftmaxSearch {
  const { matrix, classes } = problem;
  const half = matrix.rows * classes;
  const weights = new Float64Array(matrix.columns * groupSize);
  return {
    size: 2 * half + classes,
    objective: (point, gradient) => evaluate(problem, weights, point, gradient),
    innerProduct: (u, v) => {
      let sum = 0;
      for (let i = 0; i < half; i++) sum += u[i]! * v[half + i]!;
      for (let i = 2 * half; i < u.length; i++) sum += u[i]! * v[i]!;
      return sum;
    },
    weightsAt: (point) => ({
      weights: fullWeights(matrix, point.subarray(0, half), classes, weights),
      intercepts: point.slice(2 * half),
    }),
  };
}

function evaluate(problem: SoftmaxProblem, weights: Float64Array, x: Float64Array, gradient: Float64Array): number {
  const { matrix, classes, penalty } = problem;
  const half = matrix.rows * classes;
  const residuals = gradient.subarray(0, half);
  const loss = lossAndResiduals(problem, x, residuals);
  const ofIntercepts = gradient.subarray(2 * half);
  ofIntercepts.fill(0);
  for (let i = 0, c = 0; i < half; i++, c = c + 1 === classes ? 0 : c + 1) {
    ofIntercepts[c] = ofIntercepts[c]! + residuals[i]!;
  }
  let squares = 0;
  for (let i = 0; i < half; i++) {
    squares += x[i]! * x[half + i]!;
    residuals[i] = residuals[i]! + penalty * x[i]!;
  }
  const images = gradient.subarray(half, 2 * half);
  for (let first = 0; first < classes; first += groupSize) {
    scatter(matrix, { point: residuals, classes, first }, weights);
    gather(matrix, { point: images, classes, first }, weights);
  }
  return loss + 0.5 * penalty * squares;
}

/** Mean loss; residuals[row · K + k] = row weight · (probability - [k is the target]). */
function lossAndResiduals(problem: SoftmaxProblem, x: Float64Array, residuals: Float64Array): number {
  const { matrix, targets, rowWeights, classes } = problem;
  const half = matrix.rows * classes;
  const logits = x.subarray(half, 2 * half);
  const intercepts = x.subarray(2 * half);
  const row = new Float64Array(classes);
  let loss = 0;
  for (let r = 0; r < matrix.rows; r++) {
    for (let c = 0; c < classes; c++) row[c] = logits[r * classes + c]! + intercepts[c]!;
    const target = targets[r]!;
    const ofTarget = row[target]!;
    const weight = rowWeights[r]!;
    loss += weight * (softmaxInPlace(row) - ofTarget);
    row[target] = row[target]! - 1;
    for (let c = 0; c < classes; c++) residuals[r * classes + c] = row[c]! * weight;
  }
  return loss;
}

/**
 * Classes are taken three at a time: their three factors stay in registers, and the weights of three classes of
 * 60,000 columns (1.4 MB) stay in the cache, which those of ten (4.8 MB) do not: 57 ms an evaluation instead of 78 for ten classes of 4,000 tickets.
 */
const groupSize = 3;

/** weights[column · 3 + i] = (Xᵀ·A) of class `first` + i; classes beyond the last count as zero. */
function scatter(matrix: CsrMatrix, group: ClassGroup, weights: Float64Array): void {
  const { indices, values, indptr } = matrix;
  const { point, classes, first } = group;
  weights.fill(0);
  for (let r = 0; r < matrix.rows; r++) {
    const at = r * classes + first;
    const a = point[at]!;
    const b = first + 1 < classes ? point[at + 1]! : 0;
    const d = first + 2 < classes ? point[at + 2]! : 0;
    for (let j = indptr[r]!, end = indptr[r + 1]!; j < end; j++) {
      const value = values[j]!;
      const base = indices[j]! * groupSize;
      weights[base] = weights[base]! + value * a;
      weights[base + 1] = weights[base + 1]! + value * b;
      weights[base + 2] = weights[base + 2]! + value * d;
    }
  }
}

/** point[row · classes + class] = X·weights for the classes of the group. */
function gather(matrix: CsrMatrix, group: ClassGroup, weights: Float64Array): void {
  const { indices, values, indptr } = matrix;
  const { point, classes, first } = group;
  for (let r = 0; r < matrix.rows; r++) {
    let a = 0;
    let b = 0;
    let d = 0;
    for (let j = indptr[r]!, end = indptr[r + 1]!; j < end; j++) {
      const value = values[j]!;
      const base = indices[j]! * groupSize;
      a += value * weights[base]!;
      b += value * weights[base + 1]!;
      d += value * weights[base + 2]!;
    }
    const at = r * classes + first;
    point[at] = a;
    if (first + 1 < classes) point[at + 1] = b;
    if (first + 2 < classes) point[at + 2] = d;
  }
}

/** Rows × classes numbers, and the first of the three classes that are looked at. */
interface ClassGroup {
  readonly point: Float64Array;
  readonly classes: number;
  readonly first: number;
}

/** weights[column · classes + class] = Xᵀ·A. */
function fullWeights(matrix: CsrMatrix, point: Float64Array, classes: number, scratch: Float64Array): Float64Array {
  const weights = new Float64Array(matrix.columns * classes);
  for (let first = 0; first < classes; first += groupSize) {
    scatter(matrix, { point, classes, first }, scratch);
    const width = Math.min(groupSize, classes - first);
    for (let c = 0; c < matrix.columns; c++) {
      for (let i = 0; i < width; i++) weights[c * classes + first + i] = scratch[c * groupSize + i]!;
    }
  }
  return weights;
}
