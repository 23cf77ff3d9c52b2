import { canonicalOrder } from '../canonical-order.ts';
import { type CsrMatrix, selectRows } from '../sparse.ts';
import { type DenseBlock, gram } from './dense-block.ts';
import { nonnegativeStart } from './nndsvd.ts';
import { type LeastSquares, squaredDistance, sweep, sweepRow } from './nonnegative.ts';
import type { SparseEntries } from './project-rows.ts';
import { multiplyBlock, transpose } from './sparse-block.ts';

export interface NmfOptions {
  /** Wanted number of components, at least 1. */
  readonly rank: number;
  readonly seed: number;
  /** Stops when the projected gradient has shrunk to this part of its first size; 1e-4 unless said. */
  readonly tolerance?: number;
  /** 200 unless said. */
  readonly maxIterations?: number;
}

export interface NmfState {
  /** Components found: the wanted rank, or less where the matrix has no more. */
  readonly rank: number;
  readonly columns: number;
  /** H, columns × rank, not negative: components[column·rank + i]. */
  readonly components: Float32Array;
}

export interface NmfFit {
  readonly state: NmfState;
  /** W, rows × rank, not negative, in the order of the rows given. */
  readonly weights: Float32Array;
  /** ‖X - W·Hᵀ‖, Frobenius. */
  readonly distance: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Non-negative factors X ≈ W·Hᵀ of a matrix without negative entries, nearest by squared distance: hierarchical
 * alternating least squares (Cichocki and Phan 2009) from the NNDSVD start. Deterministic by seed, whatever order
 * the rows have. An iteration costs O(entries · rank + (rows + columns) · rank²).
 */
export function factorise(matrix: CsrMatrix, options: NmfOptions): NmfFit {
  const order = canonicalOrder(matrix);
  const sorted = selectRows(matrix, [...order]);
  const turned = transpose(sorted);
  const start = nonnegativeStart(sorted, options.rank, options.seed);
  const { rank } = start;
  const left: DenseBlock = { rows: matrix.rows, width: rank, values: start.left };
  const right: DenseBlock = { rows: matrix.columns, width: rank, values: start.right };
  const leftTargets = new Float32Array(left.values.length);
  const rightTargets = new Float32Array(right.values.length);
  const { tolerance = 1e-4, maxIterations = 200 } = options;
  let first = 0;
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < maxIterations) {
    multiplyBlock(sorted, right.values, rank, leftTargets);
    let violation = sweep(left, { targets: leftTargets, products: gram(right) });
    multiplyBlock(turned, left.values, rank, rightTargets);
    violation += sweep(right, { targets: rightTargets, products: gram(left) });
    if (iterations === 0) first = violation;
    converged = violation <= tolerance * first;
    iterations++;
  }
  const problem: LeastSquares = { targets: rightTargets, products: gram(left) };
  multiplyBlock(turned, left.values, rank, rightTargets);
  const distance = Math.sqrt(squaredDistance(squaredLength(matrix.values), right, problem));
  const weights = new Float32Array(left.values.length);
  order.forEach((row, i) => {
    weights.set(left.values.subarray(i * rank, (i + 1) * rank), row * rank);
  });
  return {
    state: { rank, columns: matrix.columns, components: right.values },
    weights,
    distance,
    iterations,
    converged,
  };
}

function squaredLength(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

const maxSweeps = 200;
const smallestStep = 1e-4;

/**
 * Finds the weights of new rows with the components held fast: non-negative least squares by coordinate descent.
 * Holds the products of the components, so make one and keep it. A row that shares nothing gets zeros.
 */
export class NmfWeigher {
  readonly state: NmfState;
  readonly products: Float64Array;

  /** `products` are HᵀH; given when the rows to come have to be changed by a matrix S and `state` holds S·H. */
  constructor(state: NmfState, products = gram({ rows: state.columns, width: state.rank, values: state.components })) {
    this.state = state;
    this.products = products;
  }

  /** Into the first `rank` places of `out`. O(entries · rank + sweeps · rank²). */
  weigh({ indices, values, count }: SparseEntries, out: Float32Array): void {
    const { rank, components } = this.state;
    const targets = new Float32Array(rank);
    for (let j = 0; j < count; j++) {
      const at = indices[j]! * rank;
      for (let i = 0; i < rank; i++) targets[i] = targets[i]! + values[j]! * components[at + i]!;
    }
    out.fill(0, 0, rank);
    const problem = { targets, products: this.products };
    const first = sweepRow(out, 0, rank, problem);
    for (let i = 1; i < maxSweeps; i++) if (sweepRow(out, 0, rank, problem) <= smallestStep * first) break;
  }

  /** Rows × rank. */
  weighRows({ rows, indptr, indices, values }: CsrMatrix): Float32Array {
    const { rank } = this.state;
    const out = new Float32Array(rows * rank);
    for (let r = 0; r < rows; r++) {
      const [from, to] = [indptr[r]!, indptr[r + 1]!];
      const row = { indices: indices.subarray(from, to), values: values.subarray(from, to), count: to - from };
      this.weigh(row, out.subarray(r * rank, (r + 1) * rank));
    }
    return out;
  }
}
