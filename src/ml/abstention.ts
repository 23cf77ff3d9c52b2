/** A threshold and what it does on the rows it was chosen on. Rows scoring below it are abstained. */
export interface AbstentionThreshold {
  readonly threshold: number;
  /** Share of out-of-scope rows below the threshold, in [0,1]. */
  readonly caught: number;
  /** Share of in-scope rows below it. */
  readonly lost: number;
}

/**
 * The threshold that catches most out-of-scope rows while losing at most `maxLost` of the in-scope ones; higher
 * scores mean "in scope". Give it scores of rows the model has not seen. Infinite scores are allowed, NaN is not.
 * Without in-scope rows the threshold is -Infinity: nothing is abstained. O(n log n).
 */
export function chooseAbstentionThreshold(
  inScope: readonly number[],
  outOfScope: readonly number[],
  maxLost: number,
): AbstentionThreshold {
  if (inScope.length === 0) return { threshold: Number.NEGATIVE_INFINITY, caught: 0, lost: 0 };
  const sorted = [...inScope].sort((a, b) => a - b);
  const threshold = sorted[Math.min(sorted.length - 1, Math.floor(maxLost * sorted.length))]!;
  const below = (scores: readonly number[]): number => scores.filter((score) => score < threshold).length;
  return {
    threshold,
    caught: outOfScope.length === 0 ? 0 : below(outOfScope) / outOfScope.length,
    lost: below(sorted) / sorted.length,
  };
}

/*
 * Signs of being in scope, each higher for a text that belongs to some class. `logits` are the raw ones of one row,
 * at least one, all finite. What each is worth: docs/triage-signals.md.
 */

/** The largest logit; with one-vs-rest machines the distance to the nearest class's border. */
export function largestLogit(logits: ArrayLike<number>): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < logits.length; c++) max = Math.max(max, logits[c]!);
  return max;
}

/** ln Σ exp(logit): high where some class is sure (Liu and others, Energy-based out-of-distribution detection, 2020). */
export function energy(logits: ArrayLike<number>): number {
  const max = largestLogit(logits);
  let sum = 0;
  for (let c = 0; c < logits.length; c++) sum += Math.exp(logits[c]! - max);
  return max + Math.log(sum);
}

/** ln of the largest softmax probability, at most 0 (Hendrycks and Gimpel, 2017, without the logarithm). */
export function logOfLargestProbability(logits: ArrayLike<number>): number {
  return largestLogit(logits) - energy(logits);
}

/** Largest logit less the second largest, at least 0; 0 for a single class. */
export function margin(logits: ArrayLike<number>): number {
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < logits.length; c++) {
    const logit = logits[c]!;
    if (logit > first) [first, second] = [logit, first];
    else if (logit > second) second = logit;
  }
  return logits.length < 2 ? 0 : first - second;
}
