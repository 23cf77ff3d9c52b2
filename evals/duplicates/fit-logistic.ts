/** Rows of features one behind the other, what each should say (0 or 1) and how much it counts. */
export interface Rows {
  readonly width: number;
  readonly features: Float64Array;
  /** Rows of kind 0 and of kind 1 have weights of their own. */
  readonly kinds: Uint8Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** One table below the other. */
export function joinRows(tables: readonly Rows[]): Rows {
  const rows = tables.reduce((sum, { labels }) => sum + labels.length, 0);
  const width = tables[0]!.width;
  const joined = {
    width,
    features: new Float64Array(rows * width),
    kinds: new Uint8Array(rows),
    labels: new Uint8Array(rows),
    weights: new Float64Array(rows),
  };
  let at = 0;
  for (const { features, kinds, labels, weights } of tables) {
    joined.kinds.set(kinds, at);
    joined.features.set(features, at * width);
    joined.labels.set(labels, at);
    joined.weights.set(weights, at);
    at += labels.length;
  }
  return joined;
}

/** Weights of the features, last the intercept. */
export type Line = Float64Array;

export interface FitOptions {
  /** Pulls each weight towards its prior as so many pairs in doubt would; 10 unless said. */
  readonly ridge?: number;
  /** Where a weight stays of which the rows say nothing; 0 unless said. */
  readonly prior?: readonly number[];
  /** Which rows count; all unless said. */
  readonly take?: (row: number) => boolean;
}

/**
 * Logistic regression with a ridge (not on the intercept) by Newton's method (iteratively reweighted least squares),
 * 25 steps or until nothing moves.
 */
export function fitLogistic(rows: Rows, { ridge = 10, prior = [], take = () => true }: FitOptions = {}): Line {
  const size = rows.width + 1;
  const line = new Float64Array(size);
  for (let step = 0; step < 25; step++) {
    const hessian = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (let r = 0; r < rows.labels.length; r++) if (take(r)) addRow(rows, r, { line, hessian, gradient });
    for (let i = 0; i < rows.width; i++) {
      hessian[i * size + i]! += ridge;
      gradient[i]! -= ridge * (line[i]! - (prior[i] ?? 0));
    }
    hessian[size * size - 1]! += 1e-9;
    const change = solve(hessian, gradient);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      line[i]! += change[i]!;
      largest = Math.max(largest, Math.abs(change[i]!));
    }
    if (largest < 1e-6) break;
  }
  return line;
}

/** One line for each kind of rows. */
export type Lines = readonly [Line, Line];

export function fitKinds(rows: Rows, options: FitOptions = {}): Lines {
  const take = options.take ?? (() => true);
  const lineOf = (kind: 0 | 1): Line =>
    fitLogistic(rows, { ...options, take: (row) => rows.kinds[row] === kind && take(row) });
  return [lineOf(0), lineOf(1)];
}

export const logitOf = (rows: Rows, row: number, lines: Lines): number =>
  logitAt(rows, row, lines[rows.kinds[row]! as 0 | 1]);

function logitAt({ width, features }: Rows, row: number, line: Line): number {
  let z = line[width]!;
  for (let i = 0; i < width; i++) z += line[i]! * features[row * width + i]!;
  return z;
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Sums {
  readonly line: Line;
  readonly hessian: Float64Array;
  readonly gradient: Float64Array;
}

function addRow(rows: Rows, r: number, { line, hessian, gradient }: Sums): void {
  const { width, features } = rows;
  const size = width + 1;
  const p = sigmoid(logitAt(rows, r, line));
  const weight = rows.weights[r]!;
  const curve = Math.max(1e-10, p * (1 - p)) * weight;
  const error = (rows.labels[r]! - p) * weight;
  const at = r * width;
  for (let i = 0; i < size; i++) {
    const x = i === width ? 1 : features[at + i]!;
    if (x === 0) continue;
    gradient[i]! += error * x;
    for (let j = i; j < size; j++) hessian[i * size + j]! += curve * x * (j === width ? 1 : features[at + j]!);
  }
}

/** Solves a symmetric positive system given by its upper half (Cholesky). */
function solve(upper: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = upper[j * n + i]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j * n + j]!;
    }
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * y[k]!;
    y[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * y[k]!;
    y[i] = sum / l[i * n + i]!;
  }
  return y;
}
