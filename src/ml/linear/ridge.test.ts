import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { fromDense } from '../sparse.ts';
import { Ridge } from './ridge.ts';

const random = createRandom(5);
const rows = Array.from({ length: 40 }, () =>
  Array.from({ length: 6 }, () => (random.next() < 0.4 ? 0 : random.next() * 2 - 1)),
);
const targets = Float64Array.from(rows, (row) => 0.3 + 2 * row[0]! - row[3]! + 0.1 * random.next());
const matrix = fromDense(rows, 6);

function fitted(alpha: number): { weights: Float32Array; intercept: number } {
  const outcome = new Ridge({ alpha, tolerance: 1e-9 }).fit(matrix, targets);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

describe('ridge', () => {
  it('stands at the minimum of ‖y - Xw - b‖² + alpha‖w‖²: its gradient is zero', () => {
    const alpha = 0.7;
    const { weights, intercept } = fitted(alpha);
    const residuals = rows.map((row, r) => row.reduce((sum, x, c) => sum + x * weights[c]!, intercept) - targets[r]!);
    for (let c = 0; c < 6; c++) {
      const slope = residuals.reduce((sum, residual, r) => sum + residual * rows[r]![c]!, 0) + alpha * weights[c]!;
      expect(slope).toBeCloseTo(0, 5);
    }
    expect(residuals.reduce((sum, residual) => sum + residual, 0)).toBeCloseTo(0, 5);
  });

  it('finds the weights the targets were made of when the penalty is small', () => {
    const { weights } = fitted(1e-6);
    expect(weights[0]).toBeCloseTo(2, 1);
    expect(weights[3]).toBeCloseTo(-1, 1);
  });

  it('a strong penalty leaves the mean', () => {
    const { weights, intercept } = fitted(1e9);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(1e-6);
    expect(intercept).toBeCloseTo(targets.reduce((a, b) => a + b, 0) / targets.length, 5);
  });

  it('predicts with weights and intercept', () => {
    const state = { weights: Float32Array.of(1, 2), intercept: 0.5 };
    expect([
      ...new Ridge().predict(
        state,
        fromDense(
          [
            [1, 1],
            [0, 2],
            [0, 0],
          ],
          2,
        ),
      ),
    ]).toEqual([3.5, 4.5, 0.5]);
  });

  it('refuses no rows, a target too few and what is no number', () => {
    const ridge = new Ridge();
    expect(ridge.fit(fromDense([], 3), new Float64Array(0)).ok).toBe(false);
    expect(ridge.fit(matrix, targets.subarray(1)).ok).toBe(false);
    expect(
      ridge.fit(
        matrix,
        targets.map(() => Number.NaN),
      ).ok,
    ).toBe(false);
  });

  it('constant targets are learned as they are', () => {
    const outcome = new Ridge().fit(matrix, new Float64Array(40).fill(0.25));
    expect(outcome.ok && outcome.value.intercept).toBeCloseTo(0.25, 10);
  });
});
