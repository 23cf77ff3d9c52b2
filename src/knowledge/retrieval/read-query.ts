import { lightWords, tokenise } from '../../ml/index.ts';
import { analyse, isStopWord, type Word } from '../indexing/analyse.ts';
import { isParticle } from '../indexing/german-verbs.ts';
import { compoundSplitter } from '../indexing/index-text.ts';
import { stem } from '../indexing/stem.ts';
import { closestStem } from './closest-word.ts';
import type { LanguageIndex } from './language-index.ts';
import { rarityOf } from './language-index.ts';
import type { Slot, Wording } from './slot.ts';
import type { Synonyms } from './synonyms.ts';

/** How sure another wording is. Fitted on the development questions (evals/retrieval). */
export const wordingWeights = { synonym: 0.9, otherLanguage: 0.8, verb: 0.9, misspelt: 0.8 };
/** What a light word ("long", "Firma") counts beside one that names a thing. */
const lightEmphasis = 0.7;
/** A word that no document knows is worth this share of the rarest word's rarity. */
const unknownWorth = 0.7;

/** A long message names many things that are no slips; the first unknown words are enough. */
const mostGuesses = 12;

export interface QueryReader {
  /** The slots of a question, each stem once. */
  read(text: string): Slot[];
}

/**
 * Reads questions written in `language` for the passages of `index`: stems, compound parts, separated verbs
 * ("lade … hoch"), synonyms (for an index of the other language: translations) and, for words that nothing
 * else explains, the closest word of the documents.
 */
export function createQueryReader(index: LanguageIndex, language: 'en' | 'de', synonyms: Synonyms): QueryReader {
  const partsOf = language === 'de' ? compoundSplitter((word) => index.ownCount(word)) : () => [];
  const reader = new Reader(index, language, synonyms);
  return {
    read: (text) => reader.slotsOf(analyse(text, language, partsOf), text),
  };
}

class Reader {
  readonly #index: LanguageIndex;
  readonly #language: 'en' | 'de';
  readonly #synonyms: Synonyms;
  #guesses = 0;

  constructor(index: LanguageIndex, language: 'en' | 'de', synonyms: Synonyms) {
    this.#index = index;
    this.#language = language;
    this.#synonyms = synonyms;
  }

  slotsOf(words: readonly Word[], text: string): Slot[] {
    const concepts = this.#conceptsAt(text);
    const verbs = this.#language === 'de' ? separatedVerbs(text) : new Map<number, string>();
    const slots = new Map<string, Slot>();
    for (const word of words) {
      const key = stem(word.text, this.#language);
      const again = slots.get(key);
      if (again) slots.set(key, { ...again, worth: again.worth * 1.15 });
      else slots.set(key, this.#slotOf(word, concepts.get(word.start) ?? [], verbs.get(word.start)));
    }
    return [...slots.values()];
  }

  #slotOf(word: Word, concepts: readonly number[], verb: string | undefined): Slot {
    const wordings: Wording[] = [];
    const add = (term: number | undefined, weight: number) => {
      if (term !== undefined) wordings.push({ terms: [term], weight });
    };
    add(this.#index.termOf(word.text), 1);
    if (verb !== undefined) add(this.#index.termOf(verb), wordingWeights.verb);
    const pieces = word.also.filter((piece) => piece !== word.text);
    // An infinitive says the same as its participle; the parts of a compound say it only together.
    const infinitive = pieces.length === 1 ? pieces[0] : undefined;
    if (infinitive !== undefined) add(this.#index.termOf(infinitive), wordingWeights.verb);
    for (const concept of concepts) wordings.push(...this.#otherWordings(concept));
    const parts = pieces.length > 1 ? pieces.map((piece) => this.#plainSlot(piece)) : [];
    if (wordings.length === 0 && !parts.some((part) => part.known)) wordings.push(...this.#guess(word.text));
    return this.#finish(word.text, wordings, parts);
  }

  #plainSlot(piece: string): Slot {
    const term = this.#index.termOf(piece);
    return this.#finish(piece, term === undefined ? [] : [{ terms: [term], weight: 1 }], []);
  }

  #finish(word: string, wordings: readonly Wording[], parts: readonly Slot[]): Slot {
    const own = stem(word, this.#language);
    const known = wordings.length > 0 || parts.some((part) => part.known);
    const rarities = wordings.map((w) => Math.max(...w.terms.map((term) => this.#index.rarity(term))));
    let worth = unknownWorth * rarityOf(0, this.#index.size);
    if (wordings.length > 0) worth = Math.max(...rarities);
    else if (parts.length > 0) worth = Math.max(...parts.map((part) => part.worth));
    const emphasis = lightWords[this.#language].has(word) ? lightEmphasis : 1;
    return { word, stem: own, wordings, parts, worth: worth * emphasis, emphasis, known };
  }

  #guess(word: string): Wording[] {
    if (this.#guesses++ >= mostGuesses) return [];
    const close = closestStem(stem(word, this.#language), this.#index);
    const term = close ? this.#index.termOfStem(close.stem) : undefined;
    return term === undefined ? [] : [{ terms: [term], weight: wordingWeights.misspelt }];
  }

  /** The concept's phrases in the language of the index, as far as the documents know their words. */
  #otherWordings(concept: number): Wording[] {
    const language = this.#index.language;
    if (language === 'other') return [];
    const weight = language === this.#language ? wordingWeights.synonym : wordingWeights.otherLanguage;
    const found: Wording[] = [];
    for (const stems of this.#synonyms.wordings[concept]![language]) {
      const terms = stems.map((stemmed) => this.#index.termOfStem(stemmed));
      if (terms.length > 0 && terms.every((term) => term !== undefined)) found.push({ terms, weight });
    }
    return found;
  }

  /** Start of the first content word of each phrase that is in the list → its concepts. */
  #conceptsAt(text: string): Map<number, number[]> {
    const tokens = tokenise(text);
    const stems = tokens.map((token) => stem(token.text, this.#language));
    const found = new Map<number, number[]>();
    for (let i = 0; i < tokens.length; i++) {
      for (let n = 1; n <= this.#synonyms.longest && i + n <= tokens.length; n++) {
        const concepts = this.#synonyms.find[this.#language].get(stems.slice(i, i + n).join(' '));
        if (!concepts) continue;
        for (let k = i; k < i + n; k++) {
          if (isStopWord(tokens[k]!.text, this.#language)) continue;
          found.set(tokens[k]!.start, [...(found.get(tokens[k]!.start) ?? []), ...concepts]);
        }
      }
    }
    return found;
  }
}

/**
 * Verbs that stand apart from their prefix: start of the word → the joined verb. "Wie lade ich Benutzer ein?":
 * a prefix at the end of a clause is tried with every word up to eight before it; only those that the documents
 * know come to anything.
 */
function separatedVerbs(text: string): Map<number, string> {
  const tokens = tokenise(text);
  const found = new Map<number, string>();
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const clauseEnds =
      next === undefined || /[.,;:!?]|\s(?:und|oder)\s/.test(text.slice(token.end, next.start + next.text.length + 1));
    if (!clauseEnds || !isParticle(token.text)) return;
    for (const earlier of tokens.slice(Math.max(0, at - 8), at)) {
      if (/^\p{Ll}/u.test(text[earlier.start] ?? '') || earlier === tokens[0]) {
        found.set(earlier.start, token.text + earlier.text);
      }
    }
  });
  return found;
}
