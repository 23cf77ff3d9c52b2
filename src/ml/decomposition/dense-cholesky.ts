import { type DenseBlock, gram, multiplyRight } from './dense-block.ts';

/** What is left of a column, squared and relative, below which it depends on the columns before it. */
const dependent = 1e-12;

/**
 * R⁻¹ (upper triangle, n × n row by row) of the Cholesky factor of G = RᵀR. Columns that depend on those before
 * them, to rounding, get a column of zeros: a matrix of less than full rank is no error here. O(n³).
 */
export function inverseCholesky(symmetric: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let pivot = symmetric[j * n + j]!;
    for (let k = 0; k < j; k++) pivot -= lower[j * n + k]! ** 2;
    if (!(pivot > dependent * symmetric[j * n + j]!)) continue;
    const root = Math.sqrt(pivot);
    lower[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = symmetric[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      lower[i * n + j] = sum / root;
    }
  }
  return invertTransposed(lower, n);
}

/** (L⁻¹)ᵀ by forward substitution; where the diagonal of L is zero, row and column stay zero. */
function invertTransposed(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    if (lower[c * n + c] === 0) continue;
    inverse[c * n + c] = 1 / lower[c * n + c]!;
    for (let r = c + 1; r < n; r++) {
      const diagonal = lower[r * n + r]!;
      if (diagonal === 0) continue;
      let sum = 0;
      for (let k = c; k < r; k++) sum -= lower[r * n + k]! * inverse[c * n + k]!;
      inverse[c * n + r] = sum / diagonal;
    }
  }
  return inverse;
}

/**
 * Makes the columns of a block orthonormal in place (Cholesky QR: Golub and Van Loan, Matrix Computations, 5.2);
 * dependent columns become zero. Done once, the columns are orthogonal to about 1e-16 times the squared condition
 * of the block; done twice, to the rounding of its 32 bits. O(rows · width²).
 */
export function orthonormalise(block: DenseBlock): void {
  multiplyRight(block, inverseCholesky(gram(block), block.width), block.width, block.values);
}
