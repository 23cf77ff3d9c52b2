import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from '../random.ts';
import { type CsrMatrix, fromDense, selectRows } from '../sparse.ts';
import { loadSvd, projectRow, projectRows, saveSvd } from './project-rows.ts';
import { multiplyBlock, transpose } from './sparse-block.ts';
import { type SvdState, truncatedSvd } from './truncated-svd.ts';

function randomRows(rows: number, columns: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random.next() < 0.7 ? 0 : Math.fround(2 * random.next() - 0.7))),
  );
}

/** Squared Frobenius distance of X to X·V·Vᵀ. */
function distanceSquared(matrix: CsrMatrix, dense: readonly (readonly number[])[], state: SvdState): number {
  const projected = projectRows(state, matrix);
  let sum = 0;
  dense.forEach((row, r) => {
    row.forEach((value, c) => {
      let rebuilt = 0;
      for (let k = 0; k < state.rank; k++) {
        rebuilt += projected[r * state.rank + k]! * state.components[c * state.rank + k]!;
      }
      sum += (value - rebuilt) ** 2;
    });
  });
  return sum;
}

const dense = randomRows(60, 40, 1);
const matrix = fromDense(dense, 40);
const energy = dense.flat().reduce((sum, value) => sum + value * value, 0);

describe('sparse blocks', () => {
  it('transpose to the same entries, twice to the matrix itself', () => {
    expect(transpose(matrix)).toEqual(
      fromDense(
        Array.from({ length: 40 }, (_, c) => dense.map((row) => row[c]!)),
        60,
      ),
    );
    expect(transpose(transpose(matrix))).toEqual(matrix);
  });

  it('multiply as written out', () => {
    const block = Float32Array.from(randomRows(40, 7, 2).flat());
    const out = new Float32Array(60 * 7);
    multiplyBlock(matrix, block, 7, out);
    dense.forEach((row, r) => {
      for (let i = 0; i < 7; i++) {
        const expected = row.reduce((sum, value, c) => sum + value * block[c * 7 + i]!, 0);
        expect(out[r * 7 + i]).toBeCloseTo(expected, 5);
      }
    });
  });
});

describe('truncatedSvd', () => {
  it('gives back the whole matrix at full rank', () => {
    const state = truncatedSvd(matrix, { rank: 40, seed: 1 });
    expect(state.rank).toBe(40);
    expect(distanceSquared(matrix, dense, state)).toBeLessThan(1e-9 * energy);
    const squares = state.singularValues.reduce((sum, value) => sum + value * value, 0);
    expect(squares / energy).toBeCloseTo(1, 6);
  });

  it('at lower rank comes as near as any matrix of that rank can: the distance is what the values left out', () => {
    const whole = truncatedSvd(matrix, { rank: 40, seed: 1 });
    const state = truncatedSvd(matrix, { rank: 8, seed: 2, iterations: 12 });
    const left = whole.singularValues.slice(8).reduce((sum, value) => sum + value * value, 0);
    expect(distanceSquared(matrix, dense, state) / left).toBeCloseTo(1, 4);
    // Quick settings are a little worse, never better than possible.
    const quick = distanceSquared(matrix, dense, truncatedSvd(matrix, { rank: 8, seed: 2, iterations: 1 }));
    expect(quick / left).toBeGreaterThan(1 - 1e-6);
    expect(quick / left).toBeLessThan(1.05);
  });

  it('finds components of length one at right angles, with their values and the largest entry positive', () => {
    const state = truncatedSvd(matrix, { rank: 12, seed: 3, iterations: 12 });
    const { rank, components, singularValues } = state;
    const projected = projectRows(state, matrix);
    for (let i = 0; i < rank; i++) {
      const column = Array.from({ length: 40 }, (_, c) => components[c * rank + i]!);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
      for (let j = 0; j <= i; j++) {
        const product = column.reduce((sum, value, c) => sum + value * components[c * rank + j]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 5);
      }
      const length = dense.reduce((sum, _, r) => sum + projected[r * rank + i]! ** 2, 0);
      expect(Math.sqrt(length)).toBeCloseTo(singularValues[i]!, 4);
      if (i > 0) expect(singularValues[i]).toBeLessThanOrEqual(singularValues[i - 1]!);
    }
  });

  it('gives the same bits for the same seed and for rows in any order', () => {
    const first = truncatedSvd(matrix, { rank: 8, seed: 5 });
    expect(truncatedSvd(matrix, { rank: 8, seed: 5 })).toEqual(first);
    const order = shuffled(
      dense.map((_, r) => r),
      createRandom(9),
    );
    expect(truncatedSvd(selectRows(matrix, order), { rank: 8, seed: 5 })).toEqual(first);
    expect(truncatedSvd(matrix, { rank: 8, seed: 6, iterations: 0 })).not.toEqual(
      truncatedSvd(matrix, { rank: 8, seed: 5, iterations: 0 }),
    );
  });

  it('finds no more components than there are', () => {
    const two = fromDense(
      dense.map((_, r) => [r % 2, 3 * (r % 2), 0, 1]),
      4,
    );
    const state = truncatedSvd(two, { rank: 4, seed: 1 });
    expect(state.rank).toBe(2);
    expect(state.components.length).toBe(8);
    expect(truncatedSvd(fromDense([[1, 2, 3]], 3), { rank: 50, seed: 1 }).rank).toBe(1);
    expect(truncatedSvd(fromDense([], 3), { rank: 2, seed: 1 }).rank).toBe(0);
    expect(truncatedSvd(fromDense([[0, 0, 0]], 3), { rank: 2, seed: 1 }).rank).toBe(0);
  });

  it('leaves its input alone', () => {
    const before = JSON.stringify([[...matrix.indptr], [...matrix.indices], [...matrix.values]]);
    truncatedSvd(matrix, { rank: 3, seed: 1 });
    expect(JSON.stringify([[...matrix.indptr], [...matrix.indices], [...matrix.values]])).toBe(before);
  });
});

describe('projection', () => {
  const state = truncatedSvd(matrix, { rank: 6, seed: 1 });

  it('of one row is that of all rows, bit for bit', () => {
    const all = projectRows(state, matrix, { normalise: true });
    const out = new Float32Array(6);
    for (let r = 0; r < matrix.rows; r++) {
      const [from, to] = [matrix.indptr[r]!, matrix.indptr[r + 1]!];
      const indices = matrix.indices.subarray(from, to);
      projectRow(state, { indices, values: matrix.values.subarray(from, to), count: to - from }, out, {
        normalise: true,
      });
      expect(out).toEqual(all.slice(6 * r, 6 * r + 6));
    }
  });

  it('normalised has length one; an empty row stays zero', () => {
    const rows = projectRows(state, fromDense([dense[0]!, new Array<number>(40).fill(0)], 40), { normalise: true });
    expect(Math.hypot(...rows.slice(0, 6))).toBeCloseTo(1, 6);
    expect([...rows.slice(6)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Math.hypot(...projectRows(state, matrix).slice(0, 6))).not.toBeCloseTo(1, 3);
  });

  it('survives saving bit for bit; a state with parts missing is refused', () => {
    const saved = saveSvd(state);
    const loaded = loadSvd(saved);
    expect(loaded).toEqual({ ok: true, value: state });
    expect(loadSvd({ ...saved, header: {} }).ok).toBe(false);
    expect(loadSvd({ ...saved, sections: {} }).ok).toBe(false);
    expect(loadSvd({ ...saved, header: { ...saved.header, columns: 39 } }).ok).toBe(false);
  });
});
