import { newStemmer } from 'snowball-stemmers';
import { lightWords, stopWords, tokenise } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';

const stemmers = { en: newStemmer('english'), de: newStemmer('german') };
const stemCache = { en: new Map<string, string>(), de: new Map<string, string>() };
const cacheLimit = 20_000;

/** Terms kept of one text; the first in the text win where there are more. */
const termLimit = 64;

/** The stems of a text with how often each stands there. */
export function readTerms(text: string, language: Language): Map<string, number> {
  const side = language === 'de' ? 'de' : 'en';
  const counts = new Map<string, number>();
  for (const { text: word } of tokenise(text)) {
    if (word.length < 2 || stopWords.en.has(word) || stopWords.de.has(word)) continue;
    const term = stem(word, side);
    if (counts.has(term) || counts.size < termLimit) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

function stem(word: string, language: 'en' | 'de'): string {
  const cache = stemCache[language];
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= cacheLimit) cache.clear();
  const made = stemmers[language].stem(word);
  cache.set(word, made);
  return made;
}

/** How much a term tells: words of every ticket little. */
export function weightOf(term: string): number {
  return lightWords.en.has(term) || lightWords.de.has(term) ? 0.4 : 1;
}
