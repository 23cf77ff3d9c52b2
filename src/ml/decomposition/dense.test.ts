import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { type DenseBlock, gram, multiplyRight } from './dense-block.ts';
import { inverseCholesky, orthonormalise } from './dense-cholesky.ts';
import { symmetricEigen } from './dense-eigen.ts';

function randomBlock(rows: number, width: number, seed: number): DenseBlock {
  const random = createRandom(seed);
  return { rows, width, values: Float32Array.from({ length: rows * width }, () => 2 * random.next() - 1) };
}

function plainProduct(a: ArrayLike<number>, b: ArrayLike<number>, shape: [number, number, number]): Float64Array {
  const [n, inner, m] = shape;
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) for (let k = 0; k < inner; k++) out[i * m + j]! += a[i * inner + k]! * b[k * m + j]!;
  }
  return out;
}

function transposed(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!);
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

const shapes = fc.record({
  rows: fc.integer({ min: 0, max: 23 }),
  width: fc.integer({ min: 1, max: 11 }),
  seed: fc.integer(),
});

describe('products of tall blocks', () => {
  it('are those of the textbook, whatever the remainder of four', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 11 }), ({ rows, width, seed }, columns) => {
        const block = randomBlock(rows, width, seed);
        const turned = transposed(block.values, rows, width);
        expect(farthest(gram(block), plainProduct(turned, block.values, [width, rows, width]))).toBeLessThan(1e-12);
        const right = Float64Array.from(randomBlock(width, columns, seed + 1).values);
        const out = new Float32Array(rows * columns);
        multiplyRight(block, right, columns, out);
        expect(farthest(out, plainProduct(block.values, right, [rows, width, columns]))).toBeLessThan(2e-6);
      }),
    );
  });
});

describe('orthonormalise', () => {
  it('leaves columns of length one, at right angles, that span the same', () => {
    const block = randomBlock(50, 9, 1);
    const before = block.values.slice();
    orthonormalise(block);
    orthonormalise(block);
    expect(farthest(gram(block), identity(9))).toBeLessThan(1e-6);
    const onto = plainProduct(transposed(block.values, 50, 9), before, [9, 50, 9]);
    expect(farthest(plainProduct(block.values, onto, [50, 9, 9]), before)).toBeLessThan(1e-5);
  });

  it('makes a column that depends on the others zero, and keeps the rest', () => {
    const block = randomBlock(40, 4, 2);
    for (let r = 0; r < 40; r++) {
      block.values[r * 4 + 1] = 0;
      block.values[r * 4 + 2] = -2 * block.values[r * 4]!;
    }
    orthonormalise(block);
    const expected = identity(4);
    expected[5] = 0;
    expected[10] = 0;
    expect(farthest(gram(block), expected)).toBeLessThan(1e-6);
  });

  it('inverts the Cholesky factor', () => {
    const symmetric = gram(randomBlock(30, 8, 3));
    const inverse = inverseCholesky(symmetric, 8);
    const left = plainProduct(transposed(inverse, 8, 8), symmetric, [8, 8, 8]);
    expect(farthest(plainProduct(left, inverse, [8, 8, 8]), identity(8))).toBeLessThan(1e-10);
  });
});

describe('symmetricEigen', () => {
  it('finds orthonormal vectors and descending values that make up the matrix again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 20 }), fc.integer(), (n, rows, seed) => {
        // With fewer rows than columns the matrix has not its full rank; a shift makes some values negative.
        const symmetric = gram(randomBlock(rows, n, seed));
        for (let i = 0; i < n; i++) symmetric[i * n + i]! -= 0.5;
        const { values, vectors } = symmetricEigen(symmetric, n);
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
        const turned = transposed(vectors, n, n);
        expect(farthest(plainProduct(turned, vectors, [n, n, n]), identity(n))).toBeLessThan(1e-12);
        const scaled = vectors.map((value, i) => value * values[i % n]!);
        expect(farthest(plainProduct(scaled, turned, [n, n, n]), symmetric)).toBeLessThan(1e-12 * (1 + rows));
      }),
    );
  });

  it('knows the values of a matrix from the book, and leaves its input alone', () => {
    const symmetric = Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2);
    const before = symmetric.slice();
    const { values } = symmetricEigen(symmetric, 3);
    expect(farthest(values, [2 + Math.SQRT2, 2, 2 - Math.SQRT2])).toBeLessThan(1e-14);
    expect(symmetric).toEqual(before);
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });
});
