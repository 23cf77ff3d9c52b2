import { newStemmer } from 'snowball-stemmers';
import { stopWords } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { findPhrases, fold, type PhraseMatch, type Tokens, tokenise } from '../lexicon.ts';
import { conceptPhrases, type StemWord } from './concept-phrases.ts';
import { hashOf } from './hash-of.ts';
import { letterWords } from './letter-words.ts';
import { isDropped, normalWord } from './normal-words.ts';
import { splitCompound } from './split-compound.ts';

const stemmers = { en: newStemmer('english'), de: newStemmer('german') };
/** Words repeat: a stem costs 5 µs, a look-up 0.1. Emptied when full, so that no input can fill the memory. */
const stemsKnown = { en: new Map<string, string>(), de: new Map<string, string>() };
const most = 50_000;

/** The stem of these is that of another word: "production" and "product", "Fehler" and "fehlt" are two things each. */
const wholeWords = new Set(
  'production performance author authors authority share shares fehler fehlern fehlers speicher'.split(' '),
);

/** Folded words (see `fold`) in, stems out; "ae" and "a" meet in one, so that "Störung" is found however it is written. */
const stemWord: StemWord = (word, language) => {
  const cache = stemsKnown[language];
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= most) cache.clear();
  const plain = word.replaceAll("'", '');
  const made = /\d/.test(plain) || wholeWords.has(plain) ? plain : stemmers[language].stem(plain);
  cache.set(word, made);
  return made;
};

/** Folded words as the stems that they may be in a text. */
export const lightStemsOf = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => [stemWord(word, 'en'), stemWord(word, 'de')]));

const phrases = conceptPhrases(stemWord);
const foldedSet = (...sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set].map(fold)));
const stops = foldedSet(stopWords.en, stopWords.de, letterWords);

export interface TextTerms {
  /** Stems of the words that say something, with how often each stands there. */
  readonly stems: ReadonlyMap<string, number>;
  /** Those of them that stand in no concept found. */
  readonly loose: ReadonlySet<string>;
  /** Concepts found, with how often. */
  readonly concepts: ReadonlyMap<string, number>;
}

/** Reads the words and concepts of a text. O(length), at most 800 words. */
export function readTerms(text: string, language: Language): TextTerms {
  const { tokens, telling } = significant(tokenise(text), language === 'de' ? 'de' : 'en');
  const concepts = new Map<string, number>();
  const covered = new Uint8Array(tokens.words.length);
  for (const match of findPhrases(phrases, tokens)) {
    for (const concept of conceptsOf(match, tokens)) concepts.set(concept, (concepts.get(concept) ?? 0) + 1);
    const { from, to, matched } = match;
    if (matched === to - from) covered.fill(1, from, to);
    else {
      covered[from] = 1;
      covered[to - 1] = 1;
    }
  }
  const stems = new Map<string, number>();
  const loose = new Set<string>();
  for (let i = 0; i < telling.length; i++) {
    if (!telling[i]) continue;
    const stem = tokens.words[i]!;
    stems.set(stem, (stems.get(stem) ?? 0) + 1);
    if (covered[i] === 0) loose.add(stem);
  }
  return { stems, loose, concepts };
}

/** What a match says, and what is named within it: "Produktion steht" is an outage, and about production. */
function conceptsOf({ payload, from, to, matched }: PhraseMatch<readonly string[]>, tokens: Tokens): readonly string[] {
  const denied = tokens.words[from] !== 'not' && tokens.words[from - 1] === 'not';
  const said = denied && tokens.sentences[from - 1] === tokens.sentences[from] ? payload.flatMap(deny) : payload;
  if (matched === 1 || matched !== to - from) return said;
  const named = tokens.words.slice(from, to).flatMap((word) => phrases.root.next.get(word)?.payload ?? []);
  return [...new Set([...said, ...named.filter((concept) => concept[0] === '#' || concept[0] === '@')])];
}

/** "Not damaged" says nothing is wrong; "do not cancel" is a wish of its own. */
function deny(concept: string): string[] {
  if (concept.startsWith('!')) return [];
  return [concept.startsWith('+') ? `-${concept.slice(1)}` : concept];
}

const isNumber = /^\d[\d.,:]*$/;

/** What a folded word is to a reader. */
interface ReadWord {
  /** "not" for all that denies. */
  readonly stem: string;
  /** It says something by itself: no grammar, no formula of letters. Numbers are read as things that are named. */
  readonly telling: boolean;
}

/** Null: grammar, left out. Emptied when full, as the stems are. */
const wordsKnown = { en: new Map<string, ReadWord | null>(), de: new Map<string, ReadWord | null>() };

function readWord(word: string, side: 'en' | 'de'): ReadWord | null {
  const cache = wordsKnown[side];
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= most) cache.clear();
  const read = readNewWord(normalWord(word), side);
  cache.set(word, read);
  return read;
}

function readNewWord(normal: string, side: 'en' | 'de'): ReadWord | null {
  if (normal === 'not') return { stem: normal, telling: false };
  if (isDropped(normal)) return null;
  const telling = normal.length > 1 && !isNumber.test(normal) && !stops.has(normal.replaceAll("'", ''));
  return { stem: stemWord(normal, side), telling };
}

/** Longer is no word but a key or a line of a log: its letters say nothing, and nobody may fill the memory with them. */
const longestWord = 48;

/** By its hash it is the same wherever it stands. The digit keeps it as it is: no stem, no compound. */
const shortened = (word: string): string =>
  word.length <= longestWord ? word : `x0${(hashOf(word) >>> 0).toString(36)}`;

const isConcept = (word: string): boolean => phrases.root.next.get(stemWord(word, 'de'))?.payload !== undefined;

/** The tokens without words of grammar, as stems, and which of them say something by themselves. */
function significant(tokens: Tokens, side: 'en' | 'de'): { tokens: Tokens; telling: boolean[] } {
  const words: string[] = [];
  const sentences: number[] = [];
  const telling: boolean[] = [];
  for (let i = 0; i < tokens.words.length; i++) {
    for (const part of splitCompound(shortened(tokens.words[i]!), isConcept)) {
      const read = readWord(part, side);
      if (read === null) continue;
      words.push(read.stem);
      sentences.push(tokens.sentences[i]!);
      telling.push(read.telling);
    }
  }
  return { tokens: { ...tokens, words, sentences }, telling };
}
