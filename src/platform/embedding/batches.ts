/** Rows that are sorted together: enough that lengths in a batch are near, few enough that the sort takes no time. */
const window = 1024;

/**
 * The order in which texts are embedded: those of like length together, because a batch costs as many tokens as its
 * longest text in every row. Every index once. O(n log window) in all, made as it is asked for: a million texts
 * do not hold the event loop.
 */
export function* planBatches(lengths: readonly number[], batch: number): Generator<number[], undefined> {
  for (let start = 0; start < lengths.length; start += window) {
    const rows = Array.from({ length: Math.min(window, lengths.length - start) }, (_, i) => start + i);
    rows.sort((a, b) => lengths[a]! - lengths[b]! || a - b);
    for (let i = 0; i < rows.length; i += batch) yield rows.slice(i, i + batch);
  }
  return undefined;
}

/**
 * No language has so many characters in a token: 4 are usual, 20 in the longest German compounds. A text beyond is
 * blanks or noise, and cut before it is copied and tokenised, so that one of 20 MB costs no more than its beginning.
 */
const charactersPerToken = 64;

export function cutText(text: string, maxTokens: number): string {
  const limit = maxTokens * charactersPerToken;
  // Half a surrogate pair at the cut, or in what a customer sent, would be refused by the tokeniser.
  return (text.length > limit ? text.slice(0, limit) : text).toWellFormed();
}
