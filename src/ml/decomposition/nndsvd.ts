import type { CsrMatrix } from '../sparse.ts';
import { projectRows } from './project-rows.ts';
import { truncatedSvd } from './truncated-svd.ts';

/** X ≈ W·Hᵀ with W rows × rank and H columns × rank, both row by row and not negative. */
export interface Factors {
  readonly rank: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/**
 * A start for non-negative factors (NNDSVD: Boutsidis and Gallopoulos 2008): of each singular pair the half, the
 * positive parts of both vectors or the negative ones, that carries more. Deterministic by seed; the rank is less
 * than wanted where the matrix has no more components.
 */
export function nonnegativeStart(matrix: CsrMatrix, wanted: number, seed: number): Factors {
  // The start needs no digits: what follows corrects it.
  const svd = truncatedSvd(matrix, { rank: wanted, seed, iterations: 2 });
  const { rank, components } = svd;
  const left = projectRows(svd, matrix);
  const right = components.slice();
  for (let k = 0; k < rank; k++) {
    const [leftUp, leftDown] = halfLengths(left, k, rank);
    const [rightUp, rightDown] = halfLengths(right, k, rank);
    const sign = leftUp * rightUp >= leftDown * rightDown ? 1 : -1;
    const [u, v] = sign > 0 ? [leftUp, rightUp] : [leftDown, rightDown];
    // X·v is σ·u, so the product of the two lengths is all that the pair weighs; each half gets the root of it.
    const share = Math.sqrt(u * v);
    keepHalf(left, { k, rank, factor: (sign * share) / u });
    keepHalf(right, { k, rank, factor: (sign * share) / v });
  }
  return { rank, left, right };
}

function halfLengths(values: Float32Array, k: number, rank: number): [number, number] {
  let [up, down] = [0, 0];
  for (let i = k; i < values.length; i += rank) {
    const value = values[i]!;
    if (value > 0) up += value * value;
    else down += value * value;
  }
  return [Math.sqrt(up), Math.sqrt(down)];
}

function keepHalf(values: Float32Array, half: { k: number; rank: number; factor: number }): void {
  const factor = Number.isFinite(half.factor) ? half.factor : 0;
  for (let i = half.k; i < values.length; i += half.rank) values[i] = Math.max(0, values[i]! * factor);
}
