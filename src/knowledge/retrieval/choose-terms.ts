import type { LanguageIndex } from './language-index.ts';
import type { Slot } from './read-query.ts';

/** Words are asked for singly, the rarest first, until they stand in so many chunks together. */
const budget = 400;
/** Commoner ones than that only in pairs, of so many words. */
const pairedWords = 4;

/**
 * The search for PostgreSQL: the rare words joined by "or"; of those too common for the budget, pairs. All words
 * of a small knowledge (up to 400 chunks or so) are rare in this sense. Each term is asked for in the spellings that the
 * documents have, so that differences between PostgreSQL's stems and ours find nothing less.
 * Empty when no document knows any word.
 */
export function chooseTerms(slots: readonly Slot[], index: LanguageIndex): string {
  const terms = [...new Set(slots.flatMap(termsOf))].sort((a, b) => index.chunkCount(a) - index.chunkCount(b) || a - b);
  const single: string[] = [];
  const common: string[] = [];
  let chunks = 0;
  for (const term of terms) {
    chunks += index.chunkCount(term);
    const spelled = spell(term, index);
    if (spelled === '') continue;
    if (single.length === 0 || chunks <= budget || chunks <= index.size) single.push(spelled);
    else if (common.length < pairedWords) common.push(spelled);
  }
  const pairs = common.flatMap((a, i) => common.slice(i + 1).map((b) => `((${a}) & (${b}))`));
  return [...single, ...pairs].join(' | ');
}

function termsOf(slot: Slot): number[] {
  return [...slot.wordings.flatMap((wording) => wording.terms), ...slot.parts.flatMap(termsOf)];
}

/** Letters, digits and the point of a number: nothing that the query language could take for its own. */
const harmless = /^[\p{L}\p{M}\p{N}.]+$/u;

function spell(term: number, index: LanguageIndex): string {
  const words = [...index.spellings(term)].filter((word) => harmless.test(word)).map((word) => `'${word}'`);
  return words.join(' | ');
}
