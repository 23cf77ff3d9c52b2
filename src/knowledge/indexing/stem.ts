import { newStemmer } from 'snowball-stemmers';
import type { Language } from '../../ticket/index.ts';

const stemmers = { en: newStemmer('english'), de: newStemmer('german') };
/** Words repeat: a stem costs 5 to 7 µs, a look-up 0.1 µs. Emptied when full, so that no input can fill the memory. */
const remembered = { en: new Map<string, string>(), de: new Map<string, string>() };
const most = 50_000;
/** Letters of a token that is remembered: no word is longer, and 50,000 lines of logs would be a gigabyte. */
const longest = 64;

/**
 * The Snowball stem of a token. German umlauts and "ß" are folded first, written out or not: "Kündigung",
 * "Kuendigung" and "kundigung" meet in one stem. Other languages are only folded.
 */
export function stem(token: string, language: Language): string {
  if (language === 'other') return fold(token, language);
  const known = remembered[language].get(token);
  if (known !== undefined) return known;
  if (remembered[language].size >= most) remembered[language].clear();
  const made = /\p{N}/u.test(token) ? token : stemmers[language].stem(fold(token, language));
  if (token.length <= longest) remembered[language].set(token, made);
  return made;
}

function fold(token: string, language: Language): string {
  const plain = token.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  // Not behind a, e, q: "Steuer", "Bauer", "Frequenz" hold no umlaut.
  return language === 'de' ? plain.replace(/(?<![aeq])ue|ae|oe/g, (pair) => pair[0]!) : plain;
}
