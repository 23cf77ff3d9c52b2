import type { Classifier } from '../estimator.ts';
import { createRandom } from '../random.ts';
import { type CsrMatrix, fromDense, selectRows } from '../sparse.ts';
import type { CheckSubject } from './check-classifier.ts';

const names = ['blue', 'green', 'red'];

/** Three overlapping clouds in twelve dimensions, half of the entries zero; blue is the rarest. */
export function clouds(rows: number, seed: number): { input: CsrMatrix; labels: string[] } {
  const random = createRandom(seed);
  const labels = Array.from({ length: rows }, (_, r) => names[r % 5 === 0 ? 0 : r % 3]!);
  const dense = labels.map((label) =>
    Array.from({ length: 12 }, (_, c) =>
      random.next() < 0.5 ? 0 : random.next() - 0.5 + (c % 3 === names.indexOf(label) ? 0.5 : 0),
    ),
  );
  return { input: fromDense(dense, 12), labels };
}

function withValue(matrix: CsrMatrix, value: number): CsrMatrix {
  const values = matrix.values.slice();
  values[5] = value;
  return { ...matrix, values };
}

/** The clouds as a problem for any classifier over sparse rows. */
export function cloudSubject<State>(make: () => Classifier<CsrMatrix, State>): CheckSubject<CsrMatrix, State> {
  const { input, labels } = clouds(90, 11);
  return {
    make,
    input,
    labels,
    select: selectRows,
    fingerprint: (matrix) => JSON.stringify([[...matrix.indptr], [...matrix.indices], [...matrix.values]]),
    unseen: fromDense([new Array<number>(12).fill(0)], 12),
    broken: [withValue(input, Number.NaN), withValue(input, Number.POSITIVE_INFINITY)],
  };
}
