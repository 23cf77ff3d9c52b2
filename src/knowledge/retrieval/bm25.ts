/** BM25's saturation and length normalisation (S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework, 2009). */
export const bm25 = { k1: 1.2, b: 0.4 };
/** What BM25 makes of a term's frequency in a passage of `length` words, in [0, k1 + 1). */
export function saturationOf(frequency: number, length: number, averageLength: number): number {
  const norm = 1 - bm25.b + (bm25.b * length) / averageLength;
  return (frequency * (bm25.k1 + 1)) / (frequency + bm25.k1 * norm);
}
