import { createRandom } from '../random.ts';
import type { CsrMatrix } from '../sparse.ts';

/** One class against the rest: min ½‖w‖² + ½b² + Σ cost · max(0, 1 - y·(w·x + b))², y = ±1. */
export interface HingeProblem {
  readonly matrix: CsrMatrix;
  /** The rows in the order from which they are shuffled. */
  readonly order: Int32Array;
  /** ‖x‖² + 1 of each row; the one stands for the constant feature of the bias. */
  readonly squares: Float64Array;
  /** 1 for a row of the class, -1 for any other. */
  readonly signs: Int8Array;
  /** Cost of an error for rows of the class and for the others, > 0. */
  readonly costs: { readonly positive: number; readonly negative: number };
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly seed: number;
}

export interface DualSolution {
  readonly weights: Float64Array;
  readonly intercept: number;
  /** One multiplier a row, ≥ 0; w = Σ alpha · y · x. */
  readonly alphas: Float64Array;
  readonly passes: number;
  readonly converged: boolean;
}

/**
 * Steps this much beyond the minimum along a coordinate (below 2 each still descends; Mangasarian and Musicant,
 * Successive Overrelaxation for Support Vector Machines, IEEE Transactions on Neural Networks, 1999): 24 to 37 passes
 * over 20,035 tickets instead of 29 to 45.
 */
const relaxation = 1.3;

/**
 * Dual coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan, A Dual Coordinate Descent
 * Method for Large-scale Linear SVM, ICML 2008, algorithm 3), squared hinge. Rows at zero whose slope lies above the
 * largest of the last pass are set aside, and are looked at again before it ends. It ends when the slopes of all
 * rows and zero lie within `tolerance` of each other (slopes alone do not say so: of one row they always do).
 * O(entries of the rows not set aside) a pass.
 */
export function descendDual(problem: HingeProblem): DualSolution {
  const { order, tolerance, maxIterations } = problem;
  const random = createRandom(problem.seed);
  const rows = order.slice();
  const solution = {
    weights: new Float64Array(problem.matrix.columns),
    intercept: 0,
    alphas: new Float64Array(problem.matrix.rows),
  };
  let active = rows.length;
  let limit = Number.POSITIVE_INFINITY;
  for (let passes = 1; passes <= maxIterations; passes++) {
    for (let i = active - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      const held = rows[i]!;
      rows[i] = rows[j]!;
      rows[j] = held;
    }
    const pass = walkRows(problem, solution, rows.subarray(0, active), limit);
    active = pass.active;
    if (Math.max(0, pass.highest) - Math.min(0, pass.lowest) > tolerance) {
      limit = pass.highest <= 0 ? Number.POSITIVE_INFINITY : pass.highest;
      continue;
    }
    if (active === rows.length) return { ...solution, passes, converged: true };
    active = rows.length;
    limit = Number.POSITIVE_INFINITY;
  }
  return { ...solution, passes: maxIterations, converged: false };
}

interface Pass {
  /** Rows that are not set aside; they stand first. */
  readonly active: number;
  readonly highest: number;
  readonly lowest: number;
}

interface Growing {
  readonly weights: Float64Array;
  intercept: number;
  readonly alphas: Float64Array;
}

function walkRows(problem: HingeProblem, solution: Growing, rows: Int32Array, limit: number): Pass {
  const { matrix, squares, signs, costs, tolerance } = problem;
  const { weights, alphas } = solution;
  const halves = [0.5 / costs.negative, 0, 0.5 / costs.positive] as const;
  let { intercept } = solution;
  let active = rows.length;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let s = 0; s < active; s++) {
    const row = rows[s]!;
    const sign = signs[row]!;
    const half = sign > 0 ? halves[2] : halves[0];
    const alpha = alphas[row]!;
    const slope = sign * (dotRow(matrix, row, weights) + intercept) - 1 + alpha * half;
    if (alpha === 0 && slope > limit) {
      rows[s--] = rows[--active]!;
      rows[active] = row;
      continue;
    }
    const projected = alpha === 0 && slope > 0 ? 0 : slope;
    if (projected > highest) highest = projected;
    if (projected < lowest) lowest = projected;
    // As good as none: a step costs as much as the look that found it. 8 % less time with the usual tolerance.
    if (Math.abs(projected) < 0.1 * tolerance) continue;
    const next = Math.max(0, alpha - (relaxation * slope) / (squares[row]! + half));
    const step = (next - alpha) * sign;
    alphas[row] = next;
    addRow(matrix, row, step, weights);
    intercept += step;
  }
  solution.intercept = intercept;
  return { active, highest, lowest };
}

/** Two sums side by side: an addition need not wait for the one before it. */
function dotRow(matrix: CsrMatrix, row: number, weights: Float64Array): number {
  const { indices, values, indptr } = matrix;
  const end = indptr[row + 1]!;
  let j = indptr[row]!;
  let a = 0;
  let b = 0;
  for (; j + 1 < end; j += 2) {
    a += values[j]! * weights[indices[j]!]!;
    b += values[j + 1]! * weights[indices[j + 1]!]!;
  }
  if (j < end) a += values[j]! * weights[indices[j]!]!;
  return a + b;
}

function addRow(matrix: CsrMatrix, row: number, factor: number, weights: Float64Array): void {
  const { indices, values, indptr } = matrix;
  for (let j = indptr[row]!, end = indptr[row + 1]!; j < end; j++) {
    const column = indices[j]!;
    weights[column] = weights[column]! + factor * values[j]!;
  }
}

/** ‖x‖² + 1 of each row, as `HingeProblem` wants it. */
export function squaresOfRows(matrix: CsrMatrix): Float64Array {
  const { indptr, values } = matrix;
  const squares = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    let sum = 1;
    for (let j = indptr[row]!; j < indptr[row + 1]!; j++) sum += values[j]! * values[j]!;
    squares[row] = sum;
  }
  return squares;
}
