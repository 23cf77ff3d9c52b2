import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { type CsrMatrix, fromDense, selectRows } from '../sparse.ts';
import { relateColumns, spreadRows } from './column-relations.ts';
import { NmfWeigher } from './nmf.ts';
import { findTopicFactors } from './topic-factors.ts';

const random = createRandom(6);
/** Twelve words of three matters; a text takes about half of the words of one, sometimes a foreign one. */
const rows = Array.from({ length: 90 }, (_, r) =>
  Array.from({ length: 12 }, (_, c) => {
    const own = Math.floor(c / 4) === (r < 50 ? 0 : 1 + (r % 2));
    return random.next() < (own ? 0.5 : 0.03) ? 1 : 0;
  }),
);
const matrix: CsrMatrix = fromDense(rows, 12);
const limits = { leastTogether: 3, leastNpmi: 0.15 };
const factors = findTopicFactors(matrix, { rank: 3, seed: 1 }, limits);

describe('findTopicFactors', () => {
  it('finds what goes together, the most frequent first', () => {
    const strongest = [0, 1, 2].map((k) =>
      Array.from({ length: 12 }, (_, c) => c)
        .sort((a, b) => factors.components[b * 3 + k]! - factors.components[a * 3 + k]!)
        .slice(0, 4)
        .sort((a, b) => a - b)
        .join(),
    );
    expect(strongest[0]).toBe('0,1,2,3');
    expect(strongest.slice(1).sort()).toEqual(['4,5,6,7', '8,9,10,11']);
  });

  it('weighs a row that was not spread as the spread one, but for its length', () => {
    const relations = relateColumns(matrix, limits);
    const plain = new NmfWeigher(factors.projection, factors.products);
    const whole = new NmfWeigher({ rank: 3, columns: 12, components: factors.components });
    const shares = (weights: Float32Array): number[] => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return Array.from(weights, (weight) => weight / sum);
    };
    for (let r = 0; r < 90; r++) {
      const one = selectRows(matrix, [r]);
      if (one.indices.length === 0) continue;
      const expected = shares(whole.weighRows(spreadRows(one, relations)));
      shares(plain.weighRows(one)).forEach((share, k) => {
        expect(share).toBeCloseTo(expected[k]!, 3);
      });
    }
  });
});
