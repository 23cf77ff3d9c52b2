import { failure, type Outcome, success } from '../outcome.ts';
import { allFinite, type CsrMatrix, multiply, multiplyTransposed } from '../sparse.ts';

export interface RidgeParameters {
  /** Strength of the L2 penalty, as scikit-learn's alpha: ‖y - Xw - b‖² + alpha·‖w‖²; > 0. */
  readonly alpha: number;
  /** Relative length of the residual of the normal equations at which the search stops. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export const defaultRidgeParameters: RidgeParameters = { alpha: 1, tolerance: 1e-6, maxIterations: 500 };

export interface RidgeState {
  readonly weights: Float32Array;
  readonly intercept: number;
}

/**
 * Ridge regression by conjugate gradients on the normal equations of centred data (Golub and Van Loan, Matrix
 * Computations, 11.3); centring is done in the products, so the matrix stays sparse. O(entries) an iteration.
 */
export class Ridge {
  readonly parameters: RidgeParameters;

  constructor(parameters: Partial<RidgeParameters> = {}) {
    this.parameters = { ...defaultRidgeParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, targets: Float64Array): Outcome<RidgeState> {
    if (matrix.rows === 0) return failure('There are no rows to learn from.');
    if (targets.length !== matrix.rows) return failure(`There are ${matrix.rows} rows but ${targets.length} targets.`);
    if (!allFinite(matrix) || !targets.every(Number.isFinite)) return failure('A value is not a finite number.');
    const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
    const columnMeans = new Float64Array(matrix.columns);
    multiplyTransposed(matrix, new Float64Array(matrix.rows).fill(1 / matrix.rows), columnMeans);
    const right = new Float64Array(matrix.columns);
    multiplyTransposed(
      matrix,
      targets.map((y) => y - mean),
      right,
    );
    const weights = this.solve(centredGram(matrix, columnMeans, this.parameters.alpha), right);
    let shift = 0;
    for (let c = 0; c < weights.length; c++) shift += weights[c]! * columnMeans[c]!;
    return success({ weights: Float32Array.from(weights), intercept: mean - shift });
  }

  private solve(apply: (v: Float64Array, out: Float64Array) => void, right: Float64Array): Float64Array {
    const x = new Float64Array(right.length);
    const residual = right.slice();
    const direction = right.slice();
    const image = new Float64Array(right.length);
    let length = squared(residual);
    const enough = length * this.parameters.tolerance ** 2;
    for (let i = 0; i < this.parameters.maxIterations && length > enough; i++) {
      apply(direction, image);
      let curvature = 0;
      for (let c = 0; c < x.length; c++) curvature += direction[c]! * image[c]!;
      const step = length / curvature;
      for (let c = 0; c < x.length; c++) {
        x[c] = x[c]! + step * direction[c]!;
        residual[c] = residual[c]! - step * image[c]!;
      }
      const next = squared(residual);
      const keep = next / length;
      length = next;
      for (let c = 0; c < x.length; c++) direction[c] = residual[c]! + keep * direction[c]!;
    }
    return x;
  }

  /** One number a row, not bounded. */
  predict(state: RidgeState, matrix: CsrMatrix): Float64Array {
    const out = new Float64Array(matrix.rows);
    multiply(matrix, Float64Array.from(state.weights), out);
    return out.map((value) => value + state.intercept);
  }
}

/** v ↦ (X - 1μᵀ)ᵀ(X - 1μᵀ)v + alpha·v. */
function centredGram(
  matrix: CsrMatrix,
  means: Float64Array,
  alpha: number,
): (v: Float64Array, out: Float64Array) => void {
  const rows = new Float64Array(matrix.rows);
  return (v, out) => {
    multiply(matrix, v, rows);
    let shift = 0;
    for (let c = 0; c < v.length; c++) shift += v[c]! * means[c]!;
    let sum = 0;
    for (let r = 0; r < rows.length; r++) {
      rows[r] = rows[r]! - shift;
      sum += rows[r]!;
    }
    multiplyTransposed(matrix, rows, out);
    for (let c = 0; c < v.length; c++) out[c] = out[c]! - means[c]! * sum + alpha * v[c]!;
  };
}

function squared(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return sum;
}
