/** Measures of predictions. All lists run in parallel; empty input gives 0 (or NaN where stated), never a throw. */

export interface ClassScore {
  readonly label: string;
  /** In [0,1]; 0 where nothing was predicted or nothing is there. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that truly have the label. */
  readonly support: number;
}

export interface ClassificationReport {
  readonly rows: number;
  readonly accuracy: number;
  /** Plain mean of the F1 of all labels that occur in truth or prediction. */
  readonly macroF1: number;
  readonly classes: readonly ClassScore[];
  /** confusion[t][p]: rows of the t-th label predicted as the p-th. */
  readonly confusion: readonly (readonly number[])[];
}

export function accuracy(truth: readonly string[], predicted: readonly string[]): number {
  if (truth.length === 0) return 0;
  let right = 0;
  truth.forEach((label, i) => {
    if (label === predicted[i]) right++;
  });
  return right / truth.length;
}

/** Labels in ascending order. O(rows + labels²). */
export function reportClasses(truth: readonly string[], predicted: readonly string[]): ClassificationReport {
  const labels = [...new Set([...truth, ...predicted])].sort();
  const index = new Map(labels.map((label, i) => [label, i]));
  const confusion = labels.map(() => new Array<number>(labels.length).fill(0));
  truth.forEach((label, i) => {
    confusion[index.get(label)!]![index.get(predicted[i]!)!]!++;
  });
  const classes = labels.map((label, i): ClassScore => {
    const hits = confusion[i]![i]!;
    const support = sum(confusion[i]!);
    const claimed = sum(confusion.map((row) => row[i]!));
    const precision = claimed === 0 ? 0 : hits / claimed;
    const recall = support === 0 ? 0 : hits / support;
    const f1 = support + claimed === 0 ? 0 : (2 * hits) / (support + claimed);
    return { label, precision, recall, f1, support };
  });
  const macroF1 = classes.length === 0 ? 0 : sum(classes.map((c) => c.f1)) / classes.length;
  return { rows: truth.length, accuracy: accuracy(truth, predicted), macroF1, classes, confusion };
}

/** Mean squared distance of probability rows (rows × classes) from the true one-hot row, in [0,2]. */
export function brierScore(probabilities: ArrayLike<number>, targets: ArrayLike<number>, classes: number): number {
  let total = 0;
  for (let r = 0; r < targets.length; r++) {
    for (let c = 0; c < classes; c++) {
      total += (probabilities[r * classes + c]! - (targets[r] === c ? 1 : 0)) ** 2;
    }
  }
  return targets.length === 0 ? 0 : total / targets.length;
}

/** Mean negative logarithm of the true class's probability, in nats; probabilities below 1e-15 count as that. */
export function logLoss(probabilities: ArrayLike<number>, targets: ArrayLike<number>, classes: number): number {
  let total = 0;
  for (let r = 0; r < targets.length; r++) {
    total -= Math.log(Math.max(1e-15, probabilities[r * classes + targets[r]!]!));
  }
  return targets.length === 0 ? 0 : total / targets.length;
}

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties half.
 * NaN when one side is empty. O(n log n) (Mann and Whitney's rank sum).
 */
export function rocAuc(positive: readonly number[], negative: readonly number[]): number {
  if (positive.length === 0 || negative.length === 0) return Number.NaN;
  const ranks = ranksOf([...positive, ...negative]);
  let sumOfRanks = 0;
  for (let i = 0; i < positive.length; i++) sumOfRanks += ranks[i]!;
  return (sumOfRanks - (positive.length * (positive.length + 1)) / 2) / (positive.length * negative.length);
}

/**
 * Mean precision at the rank of each positive row, by falling score; equal scores share one step, so the order
 * of ties is of no account. NaN without positive rows.
 */
export function averagePrecision(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  let seen = 0;
  let hits = 0;
  let total = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let found = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) if (positive[order[to++]!]) found++;
    seen += to - from;
    hits += found;
    total += found * (hits / seen);
    from = to;
  }
  return hits === 0 ? Number.NaN : total / hits;
}

/** Ranks from 1; equal values get the mean of theirs. */
export function ranksOf(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Spearman's rank correlation in [-1,1]; NaN when either side is constant. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(ranksOf(a), ranksOf(b));
}

/** NaN when either side is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < a.length; i++) {
    meanA += a[i]! / a.length;
    meanB += b[i]! / a.length;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}

/** Kendall's τ-b in [-1,1], which allows for ties; NaN when either side is constant. O(n²): for some thousands. */
export function kendall(a: readonly number[], b: readonly number[]): number {
  let [balance, untiedA, untiedB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const signA = Math.sign(a[i]! - a[j]!);
      const signB = Math.sign(b[i]! - b[j]!);
      balance += signA * signB;
      untiedA += Math.abs(signA);
      untiedB += Math.abs(signB);
    }
  }
  return untiedA === 0 || untiedB === 0 ? Number.NaN : balance / Math.sqrt(untiedA * untiedB);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
