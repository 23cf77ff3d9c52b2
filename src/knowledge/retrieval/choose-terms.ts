import type { LanguageIndex } from './language-index.ts';
import type { Slot } from './read-query.ts';

/**
 * Words are asked for singly, the rarest first, until they stand in so many chunks together. With 10,000 chunks
 * the query then takes 5 ms; without a limit, common words made it read the whole table: 45 ms.
 */
const budget = 400;
/** Of the words too common for the budget so many are asked for, in pairs. */
const pairedWords = 4;

/** One wording of a word as a condition for PostgreSQL, and the number of chunks it holds for at most. */
interface Unit {
  readonly condition: string;
  readonly count: number;
  /** Of several words, all of which must be there. */
  readonly phrase: boolean;
}

/**
 * The search for PostgreSQL: rare words joined by "or", and pairs of common ones. In a small knowledge (up to 400
 * chunks of the language) every word counts as rare. Each term is asked for in the spellings that the documents
 * have, so that differences between PostgreSQL's stems and ours find nothing less. Empty when no document knows
 * any of the words.
 */
export function chooseTerms(slots: readonly Slot[], index: LanguageIndex): string {
  const units = slots.map((slot) => unitsOf(slot, index));
  if (index.size <= budget) return [...new Set(units.flat().map((unit) => unit.condition))].join(' | ');
  const strong = slots.some((slot) => slot.known && slot.emphasis === 1);
  const asked = slots.map((slot, i) => (strong && slot.emphasis < 1 ? [] : units[i]!));
  const single = chooseRare(asked.flat());
  const common = slots
    .map((slot, i) => ({ worth: slot.worth, units: asked[i]!.filter((unit) => !single.has(unit.condition)) }))
    .filter((group) => group.units.length > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, pairedWords)
    .map((group) => `(${alternatives(group.units).join(' | ')})`);
  if (single.size === 0 && common.length === 1) return common[0]!;
  const pairs = common.flatMap((a, i) => common.slice(i + 1).map((b) => `(${a} & ${b})`));
  return [...single, ...pairs].join(' | ');
}

/** For a pair single words are enough: phrases beside them only make the query longer. */
function alternatives(units: readonly Unit[]): string[] {
  const words = units.filter((unit) => !unit.phrase);
  return [...new Set((words.length > 0 ? words : units).map((unit) => unit.condition))];
}

function chooseRare(units: readonly Unit[]): Set<string> {
  const chosen = new Set<string>();
  let chunks = 0;
  for (const unit of [...units].sort((a, b) => a.count - b.count || (a.condition < b.condition ? -1 : 1))) {
    if (chosen.has(unit.condition)) continue;
    chunks += unit.count;
    if (chunks > budget) break;
    chosen.add(unit.condition);
  }
  return chosen;
}

function unitsOf(slot: Slot, index: LanguageIndex): Unit[] {
  const own = slot.wordings.flatMap((wording) => {
    const spelled = wording.terms.map((term) => spell(term, index));
    if (spelled.includes('')) return [];
    const condition = spelled.length === 1 ? spelled[0]! : `(${spelled.map((s) => `(${s})`).join(' & ')})`;
    return {
      condition,
      count: Math.min(...wording.terms.map((term) => index.chunkCount(term))),
      phrase: spelled.length > 1,
    };
  });
  return [...own, ...slot.parts.flatMap((part) => unitsOf(part, index))];
}

/** Letters, digits and the point of a number: nothing that the query language could take for its own. */
const harmless = /^[\p{L}\p{M}\p{N}.]+$/u;

function spell(term: number, index: LanguageIndex): string {
  const words = [...index.spellings(term)].filter((word) => harmless.test(word));
  return words.map((word) => `'${word}'`).join(' | ');
}
