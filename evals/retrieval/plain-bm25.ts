/** The baseline: lower-cased words, no stems, no stop words, no synonyms; k1 = 1.2, b = 0.75. */
export function plainBm25(texts: readonly string[]): (query: string) => number[] {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const documents = texts.map((text) => {
    const counts = new Map<string, number>();
    const list = words(text);
    for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { counts, length: list.length };
  });
  const average = documents.reduce((sum, d) => sum + d.length, 0) / documents.length;
  const holding = new Map<string, number>();
  for (const d of documents) for (const word of d.counts.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  const n = documents.length;
  return (query) => {
    const scores = documents.map(() => 0);
    for (const word of new Set(words(query))) {
      const df = holding.get(word);
      if (df === undefined) continue;
      const idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
      documents.forEach((d, i) => {
        const tf = d.counts.get(word) ?? 0;
        if (tf > 0) scores[i]! += (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * d.length) / average));
      });
    }
    return scores
      .map((score, i) => ({ score, i }))
      .filter((s) => s.score > 0)
      .sort((a, b) => b.score - a.score || a.i - b.i)
      .map((s) => s.i);
  };
}
