import { averagePrecision } from '../../src/ml/index.ts';

/** Largest share of the positive pairs found at a score where at least `precision` of the found are positive. */
export function recallAt(
  precision: number,
  scores: ArrayLike<number>,
  same: readonly boolean[],
): { recall: number; score: number } {
  const order = Int32Array.from(same, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = same.filter(Boolean).length;
  let hits = 0;
  let best = { recall: 0, score: 1 };
  for (const [k, row] of order.entries()) {
    if (same[row]) hits++;
    const next = order[k + 1];
    const tied = next !== undefined && scores[next] === scores[row];
    if (!tied && hits / (k + 1) >= precision) best = { recall: hits / positives, score: scores[row]! };
  }
  return best;
}

export interface Quality {
  readonly pairs: number;
  readonly positives: number;
  readonly averagePrecision: number;
  readonly recallAt95: number;
}

export function qualityOf(scores: ArrayLike<number>, same: readonly boolean[]): Quality {
  return {
    pairs: same.length,
    positives: same.filter(Boolean).length,
    averagePrecision: round(averagePrecision(Array.from(scores), same)),
    recallAt95: round(recallAt(0.95, scores, same).recall),
  };
}

/** Share of the pairs at or above each threshold that are positive, and of the positive that are found. */
export function curveOf(
  scores: ArrayLike<number>,
  same: readonly boolean[],
): Record<string, { precision: number; recall: number; found: number }> {
  const positives = same.filter(Boolean).length;
  return Object.fromEntries(
    [0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98].map((threshold) => {
      const found = same.filter((_, i) => scores[i]! >= threshold);
      const hits = found.filter(Boolean).length;
      return [
        `${threshold}`,
        { precision: round(hits / Math.max(1, found.length)), recall: round(hits / positives), found: found.length },
      ];
    }),
  );
}

export const round = (value: number): number => Number(value.toFixed(4));
