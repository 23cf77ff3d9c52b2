import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { createRandom, shuffled } from '../random.ts';
import { type CsrMatrix, fromDense, selectRows } from '../sparse.ts';
import { smote } from './smote.ts';

function denseRow(matrix: CsrMatrix, row: number): number[] {
  const dense = new Array<number>(matrix.columns).fill(0);
  for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) dense[matrix.indices[j]!] = matrix.values[j]!;
  return dense;
}

function length(row: readonly number[]): number {
  return Math.hypot(...row);
}

/** How far `row` is from a point on the way from a to b, stretched to the length between theirs: 0 when it is one. */
function offTheWay(row: readonly number[], a: readonly number[], b: readonly number[]): number {
  const product = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  const determinant = product(a, a) * product(b, b) - product(a, b) ** 2;
  const alpha = (product(a, row) * product(b, b) - product(b, row) * product(a, b)) / determinant;
  const beta = (product(b, row) * product(a, a) - product(a, row) * product(a, b)) / determinant;
  if (alpha < -1e-6 || beta < -1e-6) return Number.POSITIVE_INFINITY;
  const share = beta / (alpha + beta);
  const mixed = a.map((value, i) => value * (1 - share) + b[i]! * share);
  const scale = ((1 - share) * length(a) + share * length(b)) / length(mixed);
  return length(mixed.map((value, i) => value * scale - row[i]!));
}

describe('smote', () => {
  const { input, labels } = clouds(60, 8);
  const blue = labels.flatMap((label, r) => (label === 'blue' ? [r] : []));

  it('brings every class to the size of the largest and keeps the rows given in front', () => {
    const counts = new Map<string, number>();
    const result = smote(input, labels);
    for (const label of result.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect(new Set(counts.values()).size).toBe(1);
    expect(result.made).toBeGreaterThan(0);
    expect(result.matrix.rows).toBe(60 + result.made);
    expect(result.labels.slice(0, 60)).toEqual(labels);
    for (let row = 0; row < 60; row++) expect(denseRow(result.matrix, row)).toEqual(denseRow(input, row));
    expect(result.repeated).toEqual([]);
  });

  it('makes rows that lie between two rows of their class', () => {
    const result = smote(input, labels, { target: 40, neighbours: 3 });
    const made = result.labels.flatMap((label, r) => (r >= 60 && label === 'blue' ? [r] : []));
    expect(made.length).toBe(40 - blue.length);
    let between = 0;
    for (const row of made) {
      const dense = denseRow(result.matrix, row);
      const off = blue.flatMap((a) =>
        blue.filter((b) => b !== a).map((b) => offTheWay(dense, denseRow(input, a), denseRow(input, b))),
      );
      expect(Math.min(...off)).toBeLessThan(1e-5);
      if (blue.every((a) => length(denseRow(input, a).map((v, i) => v - dense[i]!)) > 0.01)) between++;
    }
    expect(between).toBeGreaterThan(made.length * 0.8);
  });

  it('makes the same rows whatever order the rows have, other rows for another seed', () => {
    const madeOf = (matrix: CsrMatrix, names: readonly string[], seed: number): string => {
      const { matrix: all, labels: allNames } = smote(matrix, names, { seed });
      return allNames
        .slice(60)
        .map((name, i) => `${name} ${denseRow(all, 60 + i).map((value) => value.toFixed(6))}`)
        .sort()
        .join('\n');
    };
    const first = madeOf(input, labels, 1);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const order = shuffled(
          labels.map((_, i) => i),
          createRandom(seed),
        );
        expect(
          madeOf(
            selectRows(input, order),
            order.map((i) => labels[i]!),
            1,
          ),
        ).toBe(first);
      }),
      { numRuns: 20 },
    );
    expect(madeOf(input, labels, 2)).not.toBe(first);
  });

  it('repeats a class of one row and says so; a class beyond the target stays as it is', () => {
    const matrix = fromDense(
      [
        [1, 0, 0],
        [0, 1, 0.5],
        [0, 1, 0.2],
        [0, 1, 0.1],
      ],
      3,
    );
    const result = smote(matrix, ['one', 'more', 'more', 'more'], { target: 2 });
    expect(result.repeated).toEqual(['one']);
    expect(result.labels).toEqual(['one', 'more', 'more', 'more', 'one']);
    expect(denseRow(result.matrix, 4)).toEqual([1, 0, 0]);
  });

  it('takes empty rows, no rows and one class', () => {
    const empty = fromDense(
      [
        [0, 0],
        [0, 0],
        [1, 0],
      ],
      2,
    );
    const result = smote(empty, ['a', 'a', 'b'], { target: 3 });
    expect(result.labels).toEqual(['a', 'a', 'b', 'a', 'b', 'b']);
    expect(result.repeated).toEqual(['a', 'b']);
    expect(smote(fromDense([], 2), [])).toMatchObject({ made: 0, labels: [] });
    expect(smote(empty, ['a', 'a', 'a']).made).toBe(0);
  });
});
