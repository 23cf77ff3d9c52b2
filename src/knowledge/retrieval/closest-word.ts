import type { LanguageIndex } from './language-index.ts';

interface Guess {
  readonly stem: string;
  readonly similarity: number;
}

/** The stems of one state by their length, each with the set of its letters as bits. */
type StemBook = ReadonlyMap<number, readonly { readonly stem: string; readonly letters: number }[]>;
const books = new WeakMap<LanguageIndex, StemBook>();

/**
 * The stem of the documents that a misspelt one means, by shared trigrams and edit distance (one slip up to 7
 * letters, two from 8; a swap of neighbours is one), or null. Short words and words with digits are never
 * guessed. Of all stems of about the same length those with other letters are passed over at once: 0.01 ms for
 * 1,300 stems, 0.05 ms for 40,000.
 */
export function closestStem(stemmed: string, index: LanguageIndex): Guess | null {
  if (stemmed.length < 5 || stemmed.length > 40 || /\P{L}/u.test(stemmed)) return null;
  const slips = stemmed.length >= 8 ? 2 : 1;
  const book = bookOf(index);
  const wanted = trigrams(stemmed);
  const letters = lettersOf(stemmed);
  let best: Guess | null = null;
  for (let length = stemmed.length - slips; length <= stemmed.length + slips; length++) {
    for (const candidate of book.get(length) ?? []) {
      if (bitCount(candidate.letters ^ letters) > 2 * slips) continue;
      const similarity = shared(wanted, candidate.stem);
      if (similarity < 0.2 || (best && !isBetter(candidate.stem, similarity, best))) continue;
      if (editDistance(stemmed, candidate.stem, slips) <= slips) best = { stem: candidate.stem, similarity };
    }
  }
  return best;
}

/** Made on the first guess in a state; states do not change once they are searched. */
function bookOf(index: LanguageIndex): StemBook {
  const known = books.get(index);
  if (known) return known;
  const book = new Map<number, { stem: string; letters: number }[]>();
  for (const stem of index.stems()) {
    const row = book.get(stem.length);
    const entry = { stem, letters: lettersOf(stem) };
    if (row) row.push(entry);
    else book.set(stem.length, [entry]);
  }
  books.set(index, book);
  return book;
}

/** One slip changes at most two of these bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Ties are broken by the alphabet, so that every process guesses alike. */
function isBetter(candidate: string, similarity: number, best: Guess): boolean {
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
