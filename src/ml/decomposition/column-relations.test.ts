import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { type CsrMatrix, fromDense } from '../sparse.ts';
import { relateColumns, spreadRows } from './column-relations.ts';

function dense({ rows, columns, indptr, indices, values }: CsrMatrix): number[][] {
  return Array.from({ length: rows }, (_, r) => {
    const row = new Array<number>(columns).fill(0);
    for (let j = indptr[r]!; j < indptr[r + 1]!; j++) row[indices[j]!] = values[j]!;
    return row;
  });
}

// Columns 0 and 1 stand together, 2 stands by chance, 3 stands alone.
const random = createRandom(3);
const rows = Array.from({ length: 60 }, (_, r) => [
  r % 6 === 0 ? 2 : 0,
  r % 6 === 0 || r === 7 ? 1 : 0,
  random.next() < 0.5 ? 1 : 0,
  r % 6 === 3 ? 1 : 0,
]);
const matrix = fromDense(rows, 4);
const limits = { leastTogether: 3, leastNpmi: 0.1 };

describe('relateColumns', () => {
  it('relates what stands together more than by chance, by normalised pointwise mutual information', () => {
    const relations = dense(relateColumns(matrix, limits));
    // 10 rows with both, 10 with the one, 11 with the other, of 60.
    const expected = Math.log(10 / 60 / ((10 / 60) * (11 / 60))) / -Math.log(10 / 60);
    expect(relations[0]![1]).toBeCloseTo(expected, 6);
    expect(relations[1]![0]).toBe(relations[0]![1]);
    expect(relations.map((row, c) => row[c])).toEqual([1, 1, 1, 1]);
    expect(relations[2]!.filter((value) => value > 0)).toEqual([1]);
    expect(relations[3]!.filter((value) => value > 0)).toEqual([1]);
  });

  it('asks for enough rows and for enough of a relation', () => {
    const pairs = (given: typeof limits): number => relateColumns(matrix, given).indices.length - 4;
    expect(pairs({ ...limits, leastTogether: 10 })).toBe(2);
    expect(pairs({ ...limits, leastTogether: 11 })).toBe(0);
    expect(pairs({ ...limits, leastNpmi: 0.99 })).toBe(0);
  });

  it('keeps a column that stands nowhere', () => {
    expect(dense(relateColumns(fromDense([[1, 0]], 2), limits))).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe('spreadRows', () => {
  it('gives a row the relatives of its columns, at length one; an empty row stays empty', () => {
    const relations = relateColumns(matrix, limits);
    const npmi = dense(relations)[0]![1]!;
    const spread = dense(
      spreadRows(fromDense([[3, 0, 0, 0], [0, 0, 0, 5], new Array<number>(4).fill(0)], 4), relations),
    );
    const length = Math.hypot(1, npmi);
    [1 / length, npmi / length, 0, 0].forEach((value, c) => {
      expect(spread[0]![c]).toBeCloseTo(value, 6);
    });
    expect(spread[1]).toEqual([0, 0, 0, 1]);
    expect(spread[2]).toEqual([0, 0, 0, 0]);
  });
});
