import { projectRows } from '../decomposition/project-rows.ts';
import type { SvdState } from '../decomposition/truncated-svd.ts';
import type { CsrMatrix } from '../sparse.ts';
import type { Network } from './network.ts';

/** Rows as a network takes them, [row · width + column]: projected to unit length, or as they are. */
export function networkRows(matrix: CsrMatrix, svd: SvdState | null): Float32Array {
  if (svd !== null) return projectRows(svd, matrix, { normalise: true });
  const dense = new Float32Array(matrix.rows * matrix.columns);
  for (let r = 0; r < matrix.rows; r++) {
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++) {
      dense[r * matrix.columns + matrix.indices[j]!] = matrix.values[j]!;
    }
  }
  return dense;
}

/** A copy with row `order[0]` first. */
export function inOrder(rows: Float32Array, columns: number, order: readonly number[]): Float32Array {
  const sorted = new Float32Array(rows.length);
  order.forEach((row, to) => {
    sorted.set(rows.subarray(row * columns, (row + 1) * columns), to * columns);
  });
  return sorted;
}

/** What is taken from a column, and the one factor for what is left. */
export interface Scale {
  readonly means: Float64Array;
  readonly factor: number;
}

/**
 * Columns around zero, and numbers whose mean square is one: the units then start to differ, and one learning rate
 * fits all inputs. One factor for all columns, so that weak components stay weak. In place.
 */
export function scaleRows(rows: Float32Array, columns: number): Scale {
  const means = new Float64Array(columns);
  const count = rows.length / columns;
  for (let i = 0; i < rows.length; i++) means[i % columns]! += rows[i]! / count;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) squares += (rows[i]! - means[i % columns]!) ** 2;
  const factor = squares > 0 ? Math.sqrt(rows.length / squares) : 1;
  for (let i = 0; i < rows.length; i++) rows[i] = factor * (rows[i]! - means[i % columns]!);
  return { means, factor };
}

/** A network for rows as they were before `scaleRows`: w·f·(x − m) = (w·f)·x − Σ w·f·m. */
export function withoutScale(network: Network, { means, factor }: Scale): Network {
  const { inputs, hidden } = network;
  const hiddenWeights = network.hiddenWeights.map((weight) => weight * factor);
  const biases = Float64Array.from(network.hiddenBiases);
  for (let i = 0; i < inputs; i++) {
    for (let u = 0; u < hidden; u++) biases[u]! -= hiddenWeights[i * hidden + u]! * means[i]!;
  }
  return { ...network, hiddenWeights, hiddenBiases: Float32Array.from(biases) };
}
