import { type DenseBlock, gram } from './dense-block.ts';

/** Y ≈ B·F with rows of B and F ≥ 0: what one side's update needs to know of the other. */
export interface LeastSquares {
  /** Y·Fᵀ, rows × width, row by row. */
  readonly targets: Float32Array;
  /** F·Fᵀ, width × width. */
  readonly products: Float64Array;
}

/**
 * One walk over every entry of B that moves it to the least of ‖Y - B·F‖², not below zero, while the others stand
 * still: hierarchical alternating least squares (Cichocki and Phan 2009), row by row. Returns the sum of the
 * projected gradient's absolute values on the way; zero at the solution. O(rows · width²). Several walks for one
 * side's turn (Gillis and Glineur 2012) were tried: a fifth less time, and no better minima, so there is one.
 */
export function sweep(block: DenseBlock, problem: LeastSquares): number {
  let violation = 0;
  for (let r = 0; r < block.rows; r++) violation += sweepRow(block.values, r * block.width, block.width, problem);
  return violation;
}

/** The same for one row that begins at `at` in values and in targets. */
export function sweepRow(values: Float32Array, at: number, width: number, problem: LeastSquares): number {
  const { targets, products } = problem;
  let violation = 0;
  for (let i = 0; i < width; i++) {
    const curvature = products[i * width + i]!;
    if (curvature === 0) continue;
    let gradient = -targets[at + i]!;
    for (let j = 0; j < width; j++) gradient += products[i * width + j]! * values[at + j]!;
    const value = values[at + i]!;
    if (value > 0 || gradient < 0) violation += Math.abs(gradient);
    values[at + i] = Math.max(0, value - gradient / curvature);
  }
  return violation;
}

/** ‖Y - B·F‖² from what is at hand anyway: ‖Y‖² - 2·⟨Y·Fᵀ, B⟩ + ⟨BᵀB, F·Fᵀ⟩; not below zero. */
export function squaredDistance(squaredNorm: number, block: DenseBlock, { targets, products }: LeastSquares): number {
  let distance = squaredNorm;
  for (let i = 0; i < targets.length; i++) distance -= 2 * targets[i]! * block.values[i]!;
  const own = gram(block);
  for (let i = 0; i < own.length; i++) distance += own[i]! * products[i]!;
  return Math.max(0, distance);
}
