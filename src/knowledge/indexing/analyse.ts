import { stopWords, tokenise } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { infinitiveOf } from './german-verbs.ts';

/** A content word of a text with what else it says. */
export interface Word {
  /** As `tokenise` writes it; phrasal verbs joined: "sign in" is "signin". */
  readonly text: string;
  /** Pieces of a hyphenated word, parts of a compound, the infinitive of a participle. */
  readonly also: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Parts of a compound, or an empty list. */
export type PartsOf = (word: string) => readonly string[];

const phrasal = /^(?:sign|log|set|back|roll|lock|opt)(?:ning|ging|ting|ing|s|ned|ged|ed)?$/;
const behind = new Set(['in', 'out', 'up', 'on', 'off', 'into']);

/**
 * The content words of a text, in order: stop words and single letters are left out. The same function reads
 * documents and questions; whatever it does, it does on both sides.
 */
export function analyse(text: string, language: Language, partsOf: PartsOf): Word[] {
  const words: Word[] = [];
  const tokens = tokenise(text);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (
      language === 'en' &&
      next &&
      behind.has(next.text) &&
      next.start - token.end === 1 &&
      phrasal.test(token.text)
    ) {
      words.push({ text: joinPhrasal(token.text, next.text), also: [], start: token.start, end: next.end });
      i++;
      continue;
    }
    if (isStopWord(token.text, language) || /^\p{L}$/u.test(token.text)) continue;
    const also =
      token.parts.length > 0 ? pieces(token.parts, language, partsOf) : extraForms(token.text, language, partsOf);
    words.push({ text: token.text, also, start: token.start, end: token.end });
  }
  return words;
}

/** "signed into" → "signin", "logging on" → "login", "set up" → "setup". */
function joinPhrasal(verb: string, particle: string): string {
  const base = /^(?:sign|log|set|back|roll|lock|opt)/.exec(verb)![0];
  return base + (particle === 'into' || (particle === 'on' && base === 'log') ? 'in' : particle);
}

/** "sign-in" is joined already; the pieces of others are words of their own. */
function pieces(parts: readonly string[], language: Language, partsOf: PartsOf): string[] {
  const [first, second] = parts;
  if (language === 'en' && parts.length === 2 && phrasal.test(first!) && behind.has(second!)) return [];
  return parts
    .filter((part) => !isStopWord(part, language))
    .flatMap((part) => [part, ...extraForms(part, language, partsOf)]);
}

function extraForms(word: string, language: Language, partsOf: PartsOf): string[] {
  if (language !== 'de') return [];
  const infinitive = infinitiveOf(word);
  const parts = partsOf(word);
  return infinitive === null ? [...parts] : [infinitive, ...parts];
}

export function isStopWord(word: string, language: Language): boolean {
  return language === 'other' ? stopWords.en.has(word) || stopWords.de.has(word) : stopWords[language].has(word);
}
