/** Rows of features one behind the other, with what each row should say and how much it counts. */
export interface Examples {
  readonly width: number;
  readonly features: Float64Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
}

export interface Line {
  readonly intercept: number;
  readonly weights: Float64Array;
}

export interface Example {
  readonly features: readonly number[];
  readonly label: number;
  readonly weight: number;
}

export function examplesOf(rows: readonly Example[]): Examples {
  const width = rows[0]?.features.length ?? 0;
  return {
    width,
    features: Float64Array.from(rows.flatMap((row) => row.features)),
    labels: Float64Array.from(rows, (row) => row.label),
    weights: Float64Array.from(rows, (row) => row.weight),
  };
}

export function logitOf(line: Line, features: readonly number[]): number {
  return features.reduce((sum, value, i) => sum + value * line.weights[i]!, line.intercept);
}

/**
 * Logistic regression by projected gradient descent with momentum; L2 of 0.1 over all rows together. Weights whose place
 * is not in `free` stay at or above 0.
 */
export function fitLine(examples: Examples, free: ReadonlySet<number>): Line {
  const { width, features, labels, weights: shares } = examples;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const weights = new Float64Array(width);
  const speed = new Float64Array(width + 1);
  const gradient = new Float64Array(width + 1);
  let intercept = 0;
  for (let step = 0; step < 1_500; step++) {
    gradient[width] = 0;
    for (let i = 0; i < width; i++) gradient[i] = (0.1 * weights[i]!) / total;
    for (let r = 0, at = 0; r < labels.length; r++, at += width) {
      let z = intercept;
      for (let i = 0; i < width; i++) z += weights[i]! * features[at + i]!;
      const error = ((1 / (1 + Math.exp(-z)) - labels[r]!) * shares[r]!) / total;
      gradient[width]! += error;
      for (let i = 0; i < width; i++) gradient[i]! += error * features[at + i]!;
    }
    for (let i = 0; i <= width; i++) speed[i] = 0.9 * speed[i]! - 0.5 * gradient[i]!;
    intercept += speed[width]!;
    for (let i = 0; i < width; i++) {
      const next = weights[i]! + speed[i]!;
      weights[i] = free.has(i) ? next : Math.max(0, next);
    }
  }
  return { intercept, weights };
}
