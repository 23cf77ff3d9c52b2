import { tokenise } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { joinPhrases } from './concepts.ts';
import { isLightStem, isStopWord } from './light-words.ts';
import { stem } from './stem.ts';

/**
 * One word that carries meaning. `name` is something that must be met and has no synonym: a code, a number,
 * a word with a digit, a word in capitals, in English any capital within a sentence.
 */
export interface Term {
  readonly text: string;
  readonly stem: string;
  /** Equal for words that are alike in every way; for counting and looking up. */
  readonly key: string;
  /** Stems of the pieces of a hyphenated word. */
  readonly parts: readonly string[];
  readonly kind: 'word' | 'name' | 'number' | 'code';
  readonly light: boolean;
  /** Position among all words of the text, stop words included. */
  readonly position: number;
}

/** The meaningful words of `text`, in order. Linear. */
export function readTerms(text: string, language: Language): Term[] {
  const plain = joinPhrases(text.normalize('NFKC'), language);
  const terms: Term[] = [];
  let position = -1;
  const tokens = tokenise(plain);
  for (const token of tokens) {
    position++;
    const { text: word, parts } = token;
    const written = plain.slice(token.start, token.end);
    // "US" and "IT" are no "us" and "it".
    const isAbbreviation = /^[A-Z]{2,4}$/.test(written) && /[a-z]/.test(plain);
    if (word.length === 0 || (isStopWord(word, language) && !isAbbreviation)) continue;
    const kind = kindOf(written, startsSentence(plain, token.start), language);
    if (word.length === 1 && kind !== 'number') continue;
    const cut = kind === 'word' || kind === 'name' ? stem(word, language) : word;
    const pieces = parts.filter((part) => !isStopWord(part, language) && part.length > 2);
    const stems = pieces.map((part) => stem(part, language));
    terms.push({
      text: written,
      stem: cut,
      key: stems.length === 0 ? cut : `${cut}|${stems.join('+')}`,
      parts: stems,
      kind,
      light: kind === 'word' && !namesPlan(tokens[position + 1]?.text) && isLightStem(cut, language),
      position,
    });
  }
  return terms;
}

/** In "the team plan" and "business tier" the word before is a name, whatever its case. */
const namesPlan = (next: string | undefined) => next !== undefined && /^(?:plan|tier|package|edition)s?$/.test(next);

function kindOf(written: string, first: boolean, language: Language): Term['kind'] {
  if (/^\d[\d.,]*$/.test(written)) return 'number';
  if (/\d/.test(written)) return 'code';
  if (/^\p{Lu}{2,}$/u.test(written)) return 'name';
  if (/^\p{Lu}\p{Ll}+\p{Lu}/u.test(written)) return 'name';
  return language !== 'de' && !first && /^\p{Lu}/u.test(written) ? 'name' : 'word';
}

function startsSentence(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const sign = text[i]!;
    if (/\s|["'„“»«(*]/.test(sign)) continue;
    return /[.!?:\n…-]/.test(sign);
  }
  return true;
}
