import { energy, logOfLargestProbability } from './abstention.ts';

/**
 * How several signs of being in scope make one score: Σ weight · (sign - mean) / deviation + bias, means and
 * deviations those of in-scope rows. JSON as it stands.
 */
export interface ScopeBlend {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Never negative: a sign that speaks for a text never counts against it. */
  readonly weights: readonly number[];
  readonly bias: number;
}

/** What equal weights count for beside rows out of scope: as much as ten of them. */
const defaultPriorRows = 10;

/**
 * Learns a blend from the signs of rows the model has not seen; each row has one number a sign, higher for in scope,
 * all finite. Logistic regression whose weights are drawn to 1 by `priorRows`/2·Σ(weight - 1)², both sides counting
 * as many as there are rows out of scope: without any, all signs count the same, and every row that is known moves
 * the blend a little away from that. Projected coordinate descent with the curvature's upper bound 1/4 (Böhning and
 * Lindsay 1988), which never rises. Without in-scope rows the blend is 0 for every text. O(rows · signs) a sweep.
 */
export function fitScopeBlend(
  inScope: readonly (readonly number[])[],
  outOfScope: readonly (readonly number[])[],
  priorRows: number = defaultPriorRows,
): ScopeBlend {
  if (inScope.length === 0) return { means: [], deviations: [], weights: [], bias: 0 };
  const { means, deviations } = momentsOf(inScope);
  const weights = means.map(() => 1);
  if (outOfScope.length === 0) return { means, deviations, weights, bias: 0 };
  const standardised = [...inScope, ...outOfScope].map((row) =>
    row.map((sign, i) => (sign - means[i]!) / deviations[i]!),
  );
  return { means, deviations, ...descend(standardised, inScope.length, priorRows) };
}

/** What is known of one text by a model that has not been trained on it. */
export interface ScopeEvidence {
  /** Raw logits of the classes. */
  readonly logits: ArrayLike<number>;
  /** Of `TextVectoriser`, in [0,1]. */
  readonly familiarity: number;
  /** Logit of "in scope" by a classifier that saw rows out of scope; null without such. */
  readonly scopeLogit: number | null;
}

/**
 * The signs that measured best together on clinc150 (docs/triage-signals.md): log of the largest
 * probability, energy, familiarity, and the scope logit where there is one; so a blend belongs to three or to four.
 */
export function scopeSigns({ logits, familiarity, scopeLogit }: ScopeEvidence): number[] {
  const signs = [logOfLargestProbability(logits), energy(logits), familiarity];
  return scopeLogit === null ? signs : [...signs, scopeLogit];
}

/** Higher means rather in scope; with rows out of scope in training, log odds of in against out at even chances. */
export function blendScope(blend: ScopeBlend, signs: readonly number[]): number {
  let score = blend.bias;
  blend.weights.forEach((weight, i) => {
    score += (weight * (signs[i]! - blend.means[i]!)) / blend.deviations[i]!;
  });
  return score;
}

/** Means and standard deviations of columns; 1 for a sign that is always the same. */
function momentsOf(rows: readonly (readonly number[])[]): { means: number[]; deviations: number[] } {
  const means = rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
  const deviations = means.map((mean, i) => {
    const variance = rows.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / rows.length;
    // What rounding leaves of a constant sign is no spread.
    return variance > 1e-20 * (1 + mean * mean) ? Math.sqrt(variance) : 1;
  });
  return { means, deviations };
}

/** The first `inScope` rows are in scope. */
function descend(
  rows: readonly (readonly number[])[],
  inScope: number,
  priorRows: number,
): { weights: number[]; bias: number } {
  const outOfScope = rows.length - inScope;
  const importance = rows.map((_, r) => (r < inScope ? outOfScope / inScope : 1));
  const weights = rows[0]!.map(() => 1);
  const scores = rows.map((row) => row.reduce((sum, sign) => sum + sign, 0));
  let bias = 0;
  /** A step along one coordinate, given as its value in each row; weights stop at zero, the bias does not. */
  const stepAlong = (at: (row: number) => number, weight: number | null): number => {
    let slope = weight === null ? 0 : priorRows * (weight - 1);
    let curvature = weight === null ? 1e-9 : priorRows;
    for (let r = 0; r < rows.length; r++) {
      const value = at(r);
      slope += importance[r]! * value * (1 / (1 + Math.exp(-scores[r]!)) - (r < inScope ? 1 : 0));
      curvature += 0.25 * importance[r]! * value * value;
    }
    const step = weight === null ? -slope / curvature : Math.max(-weight, -slope / curvature);
    for (let r = 0; r < rows.length; r++) scores[r]! += step * at(r);
    return step;
  };
  for (let sweep = 0; sweep < 500; sweep++) {
    let largest = 0;
    weights.forEach((weight, i) => {
      const step = stepAlong((r) => rows[r]![i]!, weight);
      weights[i] = weight + step;
      largest = Math.max(largest, Math.abs(step));
    });
    const step = stepAlong(() => 1, null);
    bias += step;
    if (Math.max(largest, Math.abs(step)) < 1e-5) break;
  }
  return { weights, bias };
}
