/**
 * Reading ease: Flesch's formula for English (R. Flesch, A New Readability Yardstick, 1948) and Amstad's for German
 * (T. Amstad, Wie verständlich sind unsere Zeitungen?, 1978). About 100 is very easy, 0 very hard; short texts go
 * beyond both ends. Made for passages of a hundred words: of a ticket it is an indication.
 */
export interface Readability {
  readonly formula: 'flesch' | 'amstad';
  readonly score: number;
}

/** Null below this many words of letters: one long word would decide. */
const fewestWords = 8;

/** `words` are folded (umlauts as two letters). */
export function readabilityOf(words: readonly string[], sentences: number, language: 'en' | 'de'): Readability | null {
  const spoken = words.filter((word) => word.charCodeAt(0) > 57);
  if (spoken.length < fewestWords || sentences === 0) return null;
  const count = language === 'de' ? germanSyllables : englishSyllables;
  const perSentence = spoken.length / sentences;
  const perWord = spoken.reduce((sum, word) => sum + count(word), 0) / spoken.length;
  return language === 'de'
    ? { formula: 'amstad', score: 180 - perSentence - 58.5 * perWord }
    : { formula: 'flesch', score: 206.835 - 1.015 * perSentence - 84.6 * perWord };
}

const vowels = new Set('aeiouy'.split(''));
const germanPairs = new Set('ae oe ue ei ie eu au ai aa ee oo ey ay'.split(' '));

/** Vowels, with the pairs that sound as one; at least 1. "Anschauung" 3, "Fehlermeldung" 4. */
export function germanSyllables(word: string): number {
  let count = 0;
  for (let i = 0; i < word.length; i++) {
    if (!vowels.has(word[i]!)) continue;
    count++;
    if (word.startsWith('aeu', i)) i += 2;
    else if (germanPairs.has(word.slice(i, i + 2)) || (word[i] === 'q' && word[i + 1] === 'u')) i++;
  }
  return Math.max(1, count);
}

/** Rows of vowels, less a silent "e" or "ed" at the end; at least 1. */
export function englishSyllables(word: string): number {
  let count = 0;
  for (let i = 0; i < word.length; i++) if (vowels.has(word[i]!) && !vowels.has(word[i - 1] ?? '')) count++;
  if (/[^aeiouy]e$/.test(word) && !/[^aeiouy]le$/.test(word)) count--;
  else if (/[^aeiouytd]ed$/.test(word) || /[^aeiouysxz]es$/.test(word)) count--;
  return Math.max(1, count);
}
