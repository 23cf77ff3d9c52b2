import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VectorRows } from './vector-rows.ts';

const dimension = 8;

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (x) => x / length);
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

const vector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: dimension, maxLength: dimension })
  .map((numbers) => unit(numbers.some((x) => x !== 0) ? numbers : [1]))
  .map((v) => Float32Array.from({ length: dimension }, (_, i) => v[i] ?? 0));

const change = fc.record({ id: fc.integer({ min: 0, max: 60 }), vector, remove: fc.boolean(), graph: fc.boolean() });

function naive(rows: ReadonlyMap<string, Float32Array>, query: Float32Array, limit: number) {
  return [...rows]
    .map(([chunkId, row]) => ({ chunkId, similarity: Math.max(-1, Math.min(1, cosine(query, row))) }))
    .sort((a, b) => b.similarity - a.similarity || (a.chunkId < b.chunkId ? -1 : 1))
    .slice(0, limit);
}

/** The id says the category, so that a chunk never changes. */
const categoryOf = (id: string) => (id.endsWith('3') ? 'Billing' : null);

interface Change {
  readonly id: number;
  readonly vector: Float32Array;
  readonly remove: boolean;
  /** Lets the graph grow to its end after this change. */
  readonly graph: boolean;
}

function apply(changes: readonly Change[], exactUpTo: number) {
  const rows = new VectorRows(dimension, exactUpTo);
  const expected = new Map<string, Float32Array>();
  for (const { id: number, vector: row, remove, graph } of changes) {
    const id = `chunk-${number}`;
    if (remove) {
      rows.remove(id);
      expected.delete(id);
    } else if (!expected.has(id)) {
      rows.add(id, categoryOf(id), row);
      expected.set(id, row);
    }
    if (graph) while (!rows.growGraph());
  }
  return { rows, expected };
}

describe('VectorRows', () => {
  it.each([
    ['row by row', 10_000],
    ['through a graph', 3],
  ])('finds what comparing each row finds, whatever came and went, %s', (_, exactUpTo) => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 90 }), vector, (changes, query) => {
        const { rows, expected } = apply(changes, exactUpTo);
        expect(rows.size).toBe(expected.size);
        const close = (hits: readonly { chunkId: string; similarity: number }[]) =>
          hits.map((hit) => ({ ...hit, similarity: expect.closeTo(hit.similarity, 6) as number }));
        expect(rows.nearest(query, 5, null)).toEqual(close(naive(expected, query, 5)));
        const billing = new Map([...expected].filter(([id]) => categoryOf(id) === 'Billing'));
        expect(rows.nearest(query, 5, 'Billing')).toEqual(close(naive(billing, query, 5)));
        for (const [id, row] of expected) expect(rows.similarity(query, id)).toBeCloseTo(cosine(query, row), 6);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the ten nearest of 3,000, and almost all of them through the graph', () => {
    const exact = new VectorRows(32);
    const graph = new VectorRows(32, 100);
    let state = 7;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    };
    const make = () => unit(Array.from({ length: 32 }, random));
    const expected = new Map<string, Float32Array>();
    for (let i = 0; i < 3_000; i++) {
      const row = make();
      expected.set(`${i}`, row);
      exact.add(`${i}`, null, row);
      graph.add(`${i}`, null, row);
    }
    while (!graph.growGraph());
    let found = 0;
    for (let i = 0; i < 50; i++) {
      // A view into a larger array, as a row of a batch is.
      const query = Float32Array.of(...make(), ...make()).subarray(32);
      const wanted = new Set(exact.nearest(query, 10, null).map((hit) => hit.chunkId));
      expect(wanted).toEqual(new Set(naive(expected, query, 10).map((hit) => hit.chunkId)));
      found += graph.nearest(query, 10, null).filter((hit) => wanted.has(hit.chunkId)).length;
    }
    expect(found / 500).toBeGreaterThan(0.95);
  });

  it('is near to nothing for a text without a word it knows', () => {
    const rows = new VectorRows(dimension);
    rows.add('a', null, unit([1, 0, 0, 0, 0, 0, 0, 0]));
    expect(rows.nearest(new Float32Array(dimension), 5, null)).toEqual([]);
  });
});
