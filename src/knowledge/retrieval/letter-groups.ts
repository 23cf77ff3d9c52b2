import type { Language } from '../../ticket/index.ts';

/**
 * Questions compared by their groups of three to five letters within words, each group weighted by its rarity among
 * the questions that authors noted. Spelling slips, endings and German compounds cost little this way. On questions
 * of another writer it put the right section first in 74 of 100 cases where words alone did in 66
 * (evals/retrieval/fit-relevance.ts).
 */
export class LetterGroups {
  readonly #numbers: Map<string, number>;
  /** Noted questions that hold the group. */
  readonly #counts: number[];
  #questions: number;

  constructor(before?: LetterGroups) {
    this.#numbers = before ? before.#numbers : new Map();
    this.#counts = before ? [...before.#counts] : [];
    this.#questions = before ? before.#questions : 0;
  }

  /** The groups of a noted question, to be counted with `count`. */
  read(question: string, language: Language): Int32Array {
    return Int32Array.from(groupsOf(question, language), (group) => {
      const known = this.#numbers.get(group);
      if (known !== undefined) return known;
      this.#numbers.set(group, this.#numbers.size);
      return this.#numbers.size - 1;
    });
  }

  count(groups: Int32Array, by: 1 | -1): void {
    this.#questions += by;
    for (const group of groups) this.#counts[group] = (this.#counts[group] ?? 0) + by;
  }

  /** Cosine of a customer's text with noted questions, in [0,1]. O(letters) to make, O(groups) a question. */
  comparer(text: string, language: Language): (noted: Int32Array) => number {
    const own = new Set<number>();
    let square = 0;
    for (const group of groupsOf(text, language)) {
      const number = this.#numbers.get(group) ?? -1;
      if (number >= 0) own.add(number);
      square += this.#rarity(number) ** 2;
    }
    return (noted) => {
      let shared = 0;
      let other = 0;
      for (const group of noted) {
        const weight = this.#rarity(group) ** 2;
        other += weight;
        if (own.has(group)) shared += weight;
      }
      return shared === 0 ? 0 : shared / Math.sqrt(square * other);
    };
  }

  #rarity(group: number): number {
    return Math.log(1 + (this.#questions + 0.5) / ((this.#counts[group] ?? 0) + 0.5));
  }
}

const sizes = [3, 4, 5];

function groupsOf(text: string, language: Language): Set<string> {
  const groups = new Set<string>();
  for (const [word] of plainLetters(text, language).matchAll(/[\p{L}\p{N}]+/gu)) {
    const bounded = `_${word}_`;
    if (bounded.length <= sizes[0]!) groups.add(bounded);
    for (const size of sizes) {
      for (let i = 0; i + size <= bounded.length; i++) groups.add(bounded.slice(i, i + size));
    }
  }
  return groups;
}

function plainLetters(text: string, language: Language): string {
  const lower = text.normalize('NFKC').toLowerCase();
  if (language !== 'de') return lower;
  const plain = lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  return plain.replace(/(?<![aeq])ue|ae|oe/g, (pair) => pair[0]!);
}
