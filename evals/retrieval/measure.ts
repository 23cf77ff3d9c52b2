/** Relevance of the ranked passages (0 or 1 each), best first. `total`: relevant passages there are. */
export function ndcgAt(k: number, ranked: readonly number[], total: number): number {
  if (total === 0) return 0;
  const gain = (list: readonly number[]) => list.reduce((sum, hit, i) => sum + hit / Math.log2(i + 2), 0);
  return gain(ranked.slice(0, k)) / gain(Array.from({ length: Math.min(k, total) }, () => 1));
}

export function recallAt(k: number, ranked: readonly number[], total: number): number {
  return total === 0 ? 0 : ranked.slice(0, k).reduce((sum, hit) => sum + hit, 0) / total;
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length;

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

export const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits));
