import { expect, it } from 'vitest';
import { canonicalOrder } from './canonical-order.ts';
import { createRandom, shuffled } from './random.ts';
import { fromDense, selectRows } from './sparse.ts';

it('orders the same rows the same way, however they were ordered before', () => {
  const random = createRandom(7);
  const rows = Array.from({ length: 50 }, () =>
    Array.from({ length: 6 }, () => (random.next() < 0.5 ? 0 : random.next())),
  );
  const matrix = fromDense(rows, 6);
  const order = shuffled([...rows.keys()], createRandom(9));
  const moved = selectRows(matrix, order);
  const first = selectRows(matrix, [...canonicalOrder(matrix)]);
  const second = selectRows(moved, [...canonicalOrder(moved)]);
  expect(second).toEqual(first);
  expect([...canonicalOrder(matrix)].sort((a, b) => a - b)).toEqual([...rows.keys()]);
});
