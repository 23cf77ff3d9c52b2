import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDense } from '../sparse.ts';
import { type DualSolution, descendDual, type HingeProblem } from './descend-dual.ts';

const row = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 });
const cost = fc.double({ min: 0.05, max: 5, noNaN: true });

const problems = fc
  .record({
    rows: fc.array(fc.tuple(row, fc.boolean()), { minLength: 1, maxLength: 25 }),
    positive: cost,
    negative: cost,
    seed: fc.nat(),
  })
  .map(({ rows, positive, negative, seed }): HingeProblem => {
    const values = rows.map(([found]) => found);
    return {
      matrix: fromDense(values, 4),
      order: Int32Array.from(rows, (_, r) => r),
      squares: Float64Array.from(values, (found) => found.reduce((sum, v) => sum + v * v, 1)),
      signs: Int8Array.from(rows, ([, ofClass]) => (ofClass ? 1 : -1)),
      costs: { positive, negative },
      tolerance: 1e-6,
      maxIterations: 100_000,
      seed,
    };
  });

/** w·x + b of every row, from a dense look at the rows. */
function decisionsOf({ matrix }: HingeProblem, weights: ArrayLike<number>, intercept: number): number[] {
  return Array.from({ length: matrix.rows }, (_, r) => {
    let sum = intercept;
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++)
      sum += matrix.values[j]! * weights[matrix.indices[j]!]!;
    return sum;
  });
}

const costOf = ({ costs, signs }: HingeProblem, r: number): number => (signs[r]! > 0 ? costs.positive : costs.negative);

function squaredLength(solution: DualSolution): number {
  return solution.weights.reduce((sum, w) => sum + w * w, solution.intercept ** 2);
}

/** ½‖w‖² + ½b² + Σ cost·max(0, 1 - y·decision)². */
function primal(problem: HingeProblem, solution: DualSolution): number {
  return decisionsOf(problem, solution.weights, solution.intercept).reduce(
    (sum, decision, r) => sum + costOf(problem, r) * Math.max(0, 1 - problem.signs[r]! * decision) ** 2,
    0.5 * squaredLength(solution),
  );
}

/** Σ alpha - ½‖Σ alpha·y·x‖² - Σ alpha² / (4·cost): never above the primal of any weights. */
function dual(problem: HingeProblem, solution: DualSolution): number {
  return solution.alphas.reduce(
    (sum, alpha, r) => sum + alpha - alpha ** 2 / (4 * costOf(problem, r)),
    -0.5 * squaredLength(solution),
  );
}

describe('dual coordinate descent', () => {
  it('closes the gap between primal and dual', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const solution = descendDual(problem);
        expect(solution.converged).toBe(true);
        const [above, below] = [primal(problem, solution), dual(problem, solution)];
        expect(above - below).toBeLessThan(1e-4 * Math.max(1, above));
        expect(above - below).toBeGreaterThan(-1e-9);
      }),
    );
  });

  it('keeps the weights the sum of its rows, and no multiplier below zero', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { weights, intercept, alphas } = descendDual(problem);
        expect(Math.min(...alphas)).toBeGreaterThanOrEqual(0);
        const sums = new Float64Array(5);
        for (let r = 0; r < problem.matrix.rows; r++) {
          const factor = alphas[r]! * problem.signs[r]!;
          sums[4] = sums[4]! + factor;
          for (let j = problem.matrix.indptr[r]!; j < problem.matrix.indptr[r + 1]!; j++) {
            const column = problem.matrix.indices[j]!;
            sums[column] = sums[column]! + factor * problem.matrix.values[j]!;
          }
        }
        [...weights, intercept].forEach((weight, c) => {
          expect(weight).toBeCloseTo(sums[c]!, 9);
        });
      }),
    );
  });

  it('says when it ran out of passes, and leaves the order it was given alone', () => {
    const [problem] = fc.sample(problems, { numRuns: 1, seed: 7 });
    const order = problem!.order.slice();
    const solution = descendDual({ ...problem!, tolerance: 1e-12, maxIterations: 2 });
    expect(solution).toMatchObject({ converged: false, passes: 2 });
    expect(problem!.order).toEqual(order);
  });
});
