import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from '../random.ts';
import { fromDense, selectRows } from '../sparse.ts';
import { factorise, NmfWeigher } from './nmf.ts';
import { nonnegativeStart } from './nndsvd.ts';
import { projectRows } from './project-rows.ts';
import { truncatedSvd } from './truncated-svd.ts';

const random = createRandom(4);
const dense = Array.from({ length: 30 }, () =>
  Array.from({ length: 18 }, () => (random.next() < 0.6 ? 0 : Math.fround(random.next()))),
);
const matrix = fromDense(dense, 18);

function distanceOf(left: Float32Array, right: Float32Array, rank: number): number {
  let sum = 0;
  dense.forEach((row, r) => {
    row.forEach((value, c) => {
      let rebuilt = 0;
      for (let k = 0; k < rank; k++) rebuilt += left[r * rank + k]! * right[c * rank + k]!;
      sum += (value - rebuilt) ** 2;
    });
  });
  return Math.sqrt(sum);
}

describe('nonnegativeStart', () => {
  it('is the best of one component, and not negative with more', () => {
    const best = truncatedSvd(matrix, { rank: 1, seed: 1, iterations: 20 });
    const one = nonnegativeStart(matrix, 1, 1);
    const reached = distanceOf(projectRows(best, matrix), best.components, 1);
    expect(distanceOf(one.left, one.right, 1) / reached).toBeCloseTo(1, 3);
    const start = nonnegativeStart(matrix, 6, 1);
    expect(start.rank).toBe(6);
    expect(Math.min(...start.left, ...start.right)).toBe(0);
    const length = Math.sqrt(dense.flat().reduce((sum, value) => sum + value * value, 0));
    expect(distanceOf(start.left, start.right, 6)).toBeLessThan(length);
  });

  it('splits each component evenly: both sides of it have the same length', () => {
    const { rank, left, right } = nonnegativeStart(matrix, 5, 1);
    for (let k = 0; k < rank; k++) {
      const length = (values: Float32Array): number =>
        Math.sqrt(values.reduce((sum, value, i) => sum + (i % rank === k ? value * value : 0), 0));
      expect(length(right)).toBeGreaterThan(0);
      expect(length(left) / length(right)).toBeCloseTo(1, 4);
    }
  });
});

describe('factorise', () => {
  it('comes as near as scikit-learn 1.2.1 (NMF, init nndsvd, tol 1e-6, max_iter 2000) on the same matrix', () => {
    for (const [rank, peer] of [
      [2, 5.908502],
      [5, 4.746105],
      [9, 3.534863],
    ] as const) {
      const fit = factorise(matrix, { rank, seed: 1, tolerance: 1e-6, maxIterations: 2000 });
      expect(fit.converged).toBe(true);
      expect(fit.distance / peer).toBeCloseTo(1, 4);
      expect(distanceOf(fit.weights, fit.state.components, rank)).toBeCloseTo(fit.distance, 4);
      expect(Math.min(...fit.weights, ...fit.state.components)).toBe(0);
    }
  });

  it('finds the factors a matrix was made of', () => {
    const left = Array.from({ length: 20 }, (_, r) => [r % 3 === 0 ? 1 + r : 0, r % 3 === 1 ? 2 : 0, r % 5]);
    const right = [
      [1, 0, 0, 2, 0, 0],
      [0, 3, 0, 0, 1, 0],
      [0, 0, 1, 0, 0, 2],
    ];
    const made = fromDense(
      left.map((row) => right[0]!.map((_, c) => row.reduce((sum, value, k) => sum + value * right[k]![c]!, 0))),
      6,
    );
    const fit = factorise(made, { rank: 3, seed: 1, tolerance: 1e-7, maxIterations: 1000 });
    const length = Math.hypot(...made.values);
    expect(fit.distance / length).toBeLessThan(1e-3);
    const supports = [0, 1, 2].map((k) =>
      [0, 1, 2, 3, 4, 5].filter((c) => fit.state.components[c * 3 + k]! > 1e-3).join(),
    );
    expect(supports.sort()).toEqual(['0,3', '1,4', '2,5']);
  });

  it('gives the same bits whatever order the rows have; weights go with their rows', () => {
    const first = factorise(matrix, { rank: 4, seed: 1 });
    const order = shuffled(
      dense.map((_, r) => r),
      createRandom(2),
    );
    const second = factorise(selectRows(matrix, order), { rank: 4, seed: 1 });
    expect(second.state).toEqual(first.state);
    order.forEach((row, i) => {
      expect(second.weights.slice(4 * i, 4 * i + 4)).toEqual(first.weights.slice(4 * row, 4 * row + 4));
    });
  });

  it('says when it was stopped early, and takes what has nothing in it', () => {
    expect(factorise(matrix, { rank: 4, seed: 1, maxIterations: 1 })).toMatchObject({
      iterations: 1,
      converged: false,
    });
    const empty = factorise(fromDense([[0, 0]], 2), { rank: 3, seed: 1 });
    expect(empty).toMatchObject({ distance: 0, converged: true });
    expect(empty.state.rank).toBe(0);
    expect(factorise(fromDense([], 2), { rank: 3, seed: 1 }).weights.length).toBe(0);
  });
});

describe('NmfWeigher', () => {
  const fit = factorise(matrix, { rank: 5, seed: 1, tolerance: 1e-6, maxIterations: 2000 });

  it('finds for the rows learned from the weights they had', () => {
    const weights = new NmfWeigher(fit.state).weighRows(matrix);
    weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(fit.weights[i]!, 3);
    });
  });

  it('gives an empty row zeros whatever stood in the output, and a row of one component that component', () => {
    const weigher = new NmfWeigher(fit.state);
    const out = new Float32Array(5).fill(7);
    weigher.weigh({ indices: new Int32Array(0), values: new Float32Array(0), count: 0 }, out);
    expect([...out]).toEqual([0, 0, 0, 0, 0]);
    const indices = Int32Array.from({ length: 18 }, (_, c) => c);
    const values = Float32Array.from(indices, (c) => fit.state.components[c * 5 + 2]!);
    weigher.weigh({ indices, values, count: 18 }, out);
    [0, 0, 1, 0, 0].forEach((expected, k) => {
      expect(out[k]).toBeCloseTo(expected, 3);
    });
  });
});
