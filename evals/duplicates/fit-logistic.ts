/** Rows of features one behind the other, what each should say (0 or 1) and how much it counts. */
export interface Rows {
  readonly width: number;
  readonly features: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** Weights of the features, last the intercept. */
export type Line = Float64Array;

/**
 * Logistic regression with a ridge on standardised features (not on the intercept) by Newton's method (iteratively
 * reweighted least squares), 25 steps or until nothing moves. `take` says which rows count; all where it is absent.
 */
export function fitLogistic(
  rows: Rows,
  { ridge = 1, take }: { ridge?: number; take?: (row: number) => boolean } = {},
): Line {
  const size = rows.width + 1;
  const scale = scalesOf(rows);
  const line = new Float64Array(size);
  for (let step = 0; step < 25; step++) {
    const hessian = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (let r = 0; r < rows.labels.length; r++) {
      if (take !== undefined && !take(r)) continue;
      addRow(rows, r, { line, hessian, gradient });
    }
    for (let i = 0; i < rows.width; i++) {
      const penalty = ridge * scale[i]! ** 2;
      hessian[i * size + i]! += penalty;
      gradient[i]! -= penalty * line[i]!;
    }
    hessian[size * size - 1]! += 1e-9;
    const change = solve(hessian, gradient);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      line[i]! += change[i]!;
      largest = Math.max(largest, Math.abs(change[i]!));
    }
    if (largest < 1e-7) break;
  }
  return line;
}

export function logitAt({ width, features }: Rows, row: number, line: Line): number {
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

/** Standard deviation of each feature. */
function scalesOf({ width, features, labels }: Rows): Float64Array {
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let r = 0; r < labels.length; r++)
    for (let i = 0; i < width; i++) {
      const x = features[r * width + i]!;
      sums[i]! += x;
      squares[i]! += x * x;
    }
  return sums.map((sum, i) => Math.sqrt(Math.max(1e-12, squares[i]! / labels.length - (sum / labels.length) ** 2)));
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
