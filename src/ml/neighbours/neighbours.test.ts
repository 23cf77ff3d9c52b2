import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { bindClassifier } from '../fitted-classifier.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { loadClassifier } from '../load-classifier.ts';
import type { Outcome } from '../outcome.ts';
import { createRandom } from '../random.ts';
import { type CsrMatrix, fromDense, selectRows } from '../sparse.ts';
import { nearestRows } from './nearest-rows.ts';
import { Neighbours, type NeighboursParameters, type NeighboursState } from './neighbours.ts';
import { columnsOfEntries, packRows } from './packed-rows.ts';

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

function fitted(matrix: CsrMatrix, labels: readonly string[], parameters: Partial<NeighboursParameters> = {}) {
  const model = new Neighbours(parameters);
  return { model, state: value(model.fit(matrix, labels)) };
}

function denseRow(matrix: CsrMatrix, row: number): number[] {
  const dense = new Array<number>(matrix.columns).fill(0);
  for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) dense[matrix.indices[j]!] = matrix.values[j]!;
  return dense;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

const packedParts = fc
  .array(fc.array(fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.double({ min: 0.5, max: 1, noNaN: true }))), {
    maxLength: 8,
  })
  .map((rows): CsrMatrix => {
    const sorted = rows.map((row) => [...new Map(row)]);
    const flat = sorted.flat();
    const indptr = new Int32Array(rows.length + 1);
    sorted.forEach((row, r) => {
      indptr[r + 1] = indptr[r]! + row.length;
    });
    return {
      rows: rows.length,
      columns: 400_001,
      indptr,
      indices: Int32Array.from(flat, ([column]) => column),
      values: Float32Array.from(flat, ([, v]) => v),
    };
  });

describe('packed rows', () => {
  it('keep every column, ascending, and every value within half a level', () => {
    fc.assert(
      fc.property(packedParts, (matrix) => {
        const packed = packRows(matrix);
        const columns = columnsOfEntries(packed)!;
        expect([...packed.counts]).toEqual([...matrix.indptr].slice(1).map((end, r) => end - matrix.indptr[r]!));
        for (let row = 0; row < matrix.rows; row++) {
          const [from, to] = [matrix.indptr[row]!, matrix.indptr[row + 1]!];
          expect([...columns.subarray(from, to)]).toEqual([...matrix.indices.subarray(from, to)].sort((a, b) => a - b));
          const largest = Math.max(...matrix.values.subarray(from, to));
          for (let j = from; j < to; j++) {
            const at = from + columns.subarray(from, to).indexOf(matrix.indices[j]!);
            const kept = ((packed.codes[at]! - 128) / 127) * largest;
            expect(Math.abs(kept - matrix.values[j]!)).toBeLessThanOrEqual(largest / 254 + 1e-6);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are refused when bytes are missing, too many or lead out of the columns', () => {
    const packed = packRows(fromDense([[1, 0, 2, 0, 3]], 5));
    expect(columnsOfEntries(packed)).toEqual(Int32Array.of(0, 2, 4));
    expect(columnsOfEntries({ ...packed, gaps: packed.gaps.slice(1) })).toBeNull();
    expect(columnsOfEntries({ ...packed, gaps: Uint8Array.of(0, 2, 2, 0) })).toBeNull();
    expect(columnsOfEntries({ ...packed, columns: 4 })).toBeNull();
    expect(columnsOfEntries({ ...packed, counts: Int32Array.of(4) })).toBeNull();
    expect(columnsOfEntries({ ...packed, gaps: Uint8Array.of(0, 2, 255) })).toBeNull();
  });
});

describe('nearestRows', () => {
  it('are the largest positive ones, as a sort finds them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (numbers, k) => {
          const found = nearestRows(Float64Array.from(numbers), k);
          const positive = numbers.filter((n) => n > 0).sort((a, b) => b - a);
          expect(found.slice(0, k).map((near) => near.similarity)).toEqual(positive.slice(0, k));
          const places = found.reduce((sum, near) => sum + near.share, 0);
          expect(places).toBeCloseTo(Math.min(k, positive.length), 9);
        },
      ),
    );
  });

  it('share the last places among equals', () => {
    const found = nearestRows(Float64Array.of(0.5, 0.9, 0.5, 0.1, 0.5), 2);
    expect(found.map(({ row, share }) => [row, share])).toEqual([
      [1, 1],
      [0, 1 / 3],
      [2, 1 / 3],
      [4, 1 / 3],
    ]);
  });
});

describe('Neighbours', () => {
  const { input, labels } = clouds(120, 5);

  it('names the same rows as comparing with each of them, with their cosines', () => {
    const { model, state } = fitted(input, labels);
    const other = clouds(30, 6).input;
    for (let row = 0; row < other.rows; row++) {
      const slow = labels
        .map((label, r) => ({ row: r, label, similarity: cosine(denseRow(input, r), denseRow(other, row)) }))
        .filter((near) => near.similarity > 0)
        .sort((a, b) => b.similarity - a.similarity);
      const found = model.nearest(state, other, row, 5);
      expect(found).toHaveLength(5);
      found.forEach((near, i) => {
        // 127 levels a value: a cosine is right to about the third digit.
        expect(Math.abs(near.similarity - slow[i]!.similarity)).toBeLessThan(0.01);
        expect(near.label).toBe(labels[near.row]);
        const exact = slow.find((one) => one.row === near.row)!;
        expect(Math.abs(near.similarity - exact.similarity)).toBeLessThan(0.01);
      });
    }
  });

  it('names them when bound and when loaded, too; what kept no rows names none', () => {
    const { model, state } = fitted(input, labels);
    const other = clouds(3, 6).input;
    const expected = model.nearest(state, other, 1, 4);
    expect(expected).toHaveLength(4);
    expect(bindClassifier(model, state).nearest?.(other, 1, 4)).toEqual(expected);
    expect(value(loadClassifier(model.save(state))).nearest?.(other, 1, 4)).toEqual(expected);
    const linear = new LogisticRegression();
    expect(bindClassifier(linear, value(linear.fit(input, labels))).nearest).toBeUndefined();
  });

  it('votes by similarity to a power, by balance, and with the shares of the classes', () => {
    const matrix = fromDense(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      3,
    );
    const names = ['a', 'b', 'b', 'b'];
    // Cosines 0.8 with the a, 0.6 with two of b.
    const query = fromDense([[0.8, 0.6, 0]], 3);
    const odds = (parameters: Partial<NeighboursParameters>): number => {
      const { model, state } = fitted(matrix, names, { smoothing: 1e-9, balance: 0, ...parameters });
      const [a, b] = model.logits(state, query);
      return Math.exp(a! - b!);
    };
    expect(odds({ neighbours: 3, power: 0 })).toBeCloseTo(1 / 2, 6);
    expect(odds({ neighbours: 3, power: 2 })).toBeCloseTo(1 / (2 * 0.75 ** 2), 6);
    expect(odds({ neighbours: 3, power: 0, balance: 1 })).toBeCloseTo(3 / 2, 6);
    // One place for two equals: half a vote each.
    expect(odds({ neighbours: 2, power: 0 })).toBeCloseTo(1, 6);
    expect(odds({ neighbours: 3, power: 0, smoothing: 1 })).toBeCloseTo(1.25 / 2.75, 6);
  });

  it('gives the shares of the classes to a row that knows none, of columns beyond its own too', () => {
    const { model, state } = fitted(input, labels, { balance: 0 });
    const beyond: CsrMatrix = { ...fromDense([[...new Array<number>(12).fill(0), 1]], 13) };
    const shares = model.classes(state).map((name) => labels.filter((label) => label === name).length / labels.length);
    const found = model.predictProba(state, beyond);
    shares.forEach((share, c) => {
      expect(found[c]).toBeCloseTo(share, 9);
    });
    expect(model.nearest(state, beyond, 0, 3)).toEqual([]);
  });

  it('finds rows beyond the first block of the index', () => {
    const random = createRandom(1);
    const dense = Array.from({ length: 33_000 }, () => [random.next(), random.next(), 0]);
    dense.push([0, 0, 1], [0.1, 0, 1]);
    const { model, state } = fitted(
      fromDense(dense, 3),
      dense.map((_, r) => (r < 33_000 ? 'x' : 'y')),
    );
    const found = model.nearest(state, fromDense([[0, 0, 2]], 3), 0, 5);
    expect(found.map((near) => near.row)).toEqual([33_000, 33_001]);
    expect(found[0]!.similarity).toBeCloseTo(1, 12);
  });

  it('refuses a saved state that is damaged, with the reason', () => {
    const { model, state } = fitted(input, labels);
    const saved = model.save(state);
    const reasonOf = (header: object, sections: object): string => {
      const outcome: Outcome<NeighboursState> = model.load({
        header: { ...saved.header, ...header },
        sections: { ...saved.sections, ...sections },
      });
      return outcome.ok ? 'taken' : outcome.reason;
    };
    expect(reasonOf({}, {})).toBe('taken');
    expect(reasonOf({ classes: ['one'] }, {})).toContain('do not fit their classes');
    expect(reasonOf({ parameters: { neighbours: 3 } }, {})).toContain('vote');
    expect(reasonOf({ columns: 5 }, {})).toContain('damaged');
    expect(reasonOf({}, { gaps: new Uint8Array(3) })).toContain('damaged');
  });

  it('refuses parameters that cannot vote', () => {
    for (const parameters of [{ neighbours: 0 }, { neighbours: 2.5 }, { smoothing: 0 }, { power: Number.NaN }]) {
      expect(new Neighbours(parameters).fit(input, labels)).toMatchObject({ ok: false });
    }
  });

  it('serves with the votes it was fitted with, whatever the parameters of who loads it', () => {
    const { model, state } = fitted(input, labels, { neighbours: 3, power: 1 });
    const other = new Neighbours({ neighbours: 50 });
    const loaded = value(other.load(model.save(state)));
    const rows = selectRows(input, [0, 5, 9]);
    expect(other.logits(loaded, rows)).toEqual(model.logits(state, rows));
  });
});
