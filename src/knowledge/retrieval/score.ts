import { bm25, saturationOf } from './bm25.ts';
import type { IndexedChunk } from './indexed-chunk.ts';
import { type LanguageIndex, positionOf } from './language-index.ts';
import type { Slot } from './slot.ts';

/** Parts of a compound say a little less than the compound. */
const partsShare = 0.9;

/** What one word of the question found in a passage. */
interface Hit {
  /** How far the word was found, in [0,1]. */
  readonly found: number;
  /** Its share of the BM25 score. */
  readonly score: number;
}

/**
 * BM25 of a passage for a question, with fields in the frequencies (BM25F). Each word of the question counts
 * once, by its best wording. O(words × wordings × log terms).
 */
export function scorePassage(slots: readonly Slot[], chunk: IndexedChunk, index: LanguageIndex): number {
  let sum = 0;
  for (const slot of slots) sum += hitOf(slot, chunk, index).score;
  return sum;
}

/** How far a word of the question stands among some terms (a sentence, a heading), in [0,1]. */
export function foundAmong(slot: Slot, has: (term: number) => boolean): number {
  let best = 0;
  for (const wording of slot.wordings) {
    if (wording.weight > best && wording.terms.every(has)) best = wording.weight;
  }
  if (best >= partsShare || slot.parts.length === 0) return best;
  const parts = weigh(slot.parts, (part) => foundAmong(part, has));
  return Math.max(best, partsShare * parts);
}

/** How far a word of the question stands in a passage, and what that scores. */
export function hitOf(slot: Slot, chunk: IndexedChunk, index: LanguageIndex): Hit {
  let found = 0;
  let score = 0;
  for (const wording of slot.wordings) {
    let least = Number.POSITIVE_INFINITY;
    for (const term of wording.terms) least = Math.min(least, termScore(term, chunk, index));
    if (least === 0) continue;
    found = Math.max(found, wording.weight);
    score = Math.max(score, wording.weight * least);
  }
  if (slot.parts.length > 0) {
    const hits = slot.parts.map((part) => hitOf(part, chunk, index));
    found = Math.max(found, partsShare * weigh(slot.parts, (_, i) => hits[i]!.found));
    // A passage that holds all parts is worth as much as the parts together, at most twice the word.
    const together = hits.reduce((sum, hit) => sum + hit.score, 0);
    score = Math.max(score, partsShare * Math.min(together, 2 * (slot.worth / slot.emphasis) * (bm25.k1 + 1)));
  }
  return { found, score: score * slot.emphasis };
}

function termScore(term: number, chunk: IndexedChunk, index: LanguageIndex): number {
  const at = positionOf(chunk.terms, term);
  if (at < 0) return 0;
  return index.rarity(term) * saturationOf(chunk.frequencies[at]!, chunk.length, index.averageLength);
}

/** Mean of `value` over the slots, weighted by what they are worth; 0 when nothing is worth anything. */
function weigh(slots: readonly Slot[], value: (part: Slot, i: number) => number): number {
  let sum = 0;
  let total = 0;
  slots.forEach((slot, i) => {
    sum += slot.worth * value(slot, i);
    total += slot.worth;
  });
  return total === 0 ? 0 : sum / total;
}
