import { englishWords, germanWords, otherWords } from './language-words.ts';

/** What a pass over the words of a text says about its language; weights are counts of telling words. */
export interface LanguageEvidence {
  readonly english: number;
  readonly german: number;
  readonly other: number;
  /** Letters outside the Latin script, and all letters. A Chinese or Japanese sign counts as three. */
  readonly foreignLetters: number;
  readonly letters: number;
  /** Words of letters only, in their order and case, joined by blanks: what letter statistics should see. */
  readonly prose: string;
  readonly words: number;
}

/** More words than this change nothing: measured on the starter tickets, 60 gave the same answers as 500. */
const wordLimit = 60;

const german = 1;
const english = 2;
const other = 4;
const telling = new Map<string, number>();
for (const [words, side] of [
  [englishWords, english],
  [germanWords, german],
  [otherWords, other],
] as const) {
  for (const word of words) telling.set(word, (telling.get(word) ?? 0) | side);
}

/** Letters that decide on their own; the rest of Latin beyond ASCII says nothing. */
const letterWeights = new Map<string, readonly [side: number, weight: number]>([
  ['ß', [german, 1.5]],
  ...[...'äöü'].map((letter) => [letter, [german, 0.5]] as const),
  ...[...'ñłąęśżźćńşğıåøæčřžšěůãõőűțșăďť'].map((letter) => [letter, [other, 1]] as const),
  ...[...'éèêçàáíóúìòùâîôûëï'].map((letter) => [letter, [other, 0.4]] as const),
]);

/** ä, ö, ü and ß as ae, oe, ue and ss, other accents dropped, so that both ways of typing meet in one lexicon. */
export function foldWord(lower: string): string {
  let folded = '';
  for (const letter of lower) {
    if (letter === 'ä') folded += 'ae';
    else if (letter === 'ö') folded += 'oe';
    else if (letter === 'ü') folded += 'ue';
    else if (letter === 'ß') folded += 'ss';
    else if (letter === '’') folded += "'";
    else folded += letter;
  }
  return folded.normalize('NFD').replace(/\p{M}+/gu, '');
}

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isLatinBeyondAscii = (code: number): boolean => code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7;
const isLetter = (code: number): boolean => isAsciiLetter(code) || isLatinBeyondAscii(code);
const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019;
/** Signs that no word carries: a chunk with one of them is an address, a path, a number or code. */
const isMachine = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 64 || code === 95 || code === 61 || code === 92 || code === 123;

/**
 * Reads the words of `text` up to 60 and weighs the telling ones. Chunks with digits, "@", "_", "=", "\" or "{"
 * (order numbers, addresses, code) are left out of the count. O(length read).
 */
export function gatherEvidence(text: string): LanguageEvidence {
  const sums = { english: 0, german: 0, other: 0, foreignLetters: 0, letters: 0 };
  let prose = '';
  let words = 0;
  let at = 0;
  while (at < text.length && words < wordLimit) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    let end = at;
    let machine = false;
    while (end < text.length && text.charCodeAt(end) > 32) {
      machine ||= isMachine(text.charCodeAt(end));
      end++;
    }
    if (!machine) {
      const found = readChunk(text, at, end, sums);
      if (found !== '') {
        prose = prose === '' ? found : `${prose} ${found}`;
        words++;
      }
    }
    at = end;
  }
  return { ...sums, prose, words };
}

type Sums = { english: number; german: number; other: number; foreignLetters: number; letters: number };

/** Splits one blank-free chunk at everything that is no letter, weighs each part and returns the parts. */
function readChunk(text: string, from: number, to: number, sums: Sums): string {
  let parts = '';
  let at = from;
  while (at < to) {
    const end = endOfWord(text, at, to);
    if (end > at) {
      const word = text.slice(at, end);
      weighWord(word, sums);
      parts = parts === '' ? word : `${parts} ${word}`;
      at = end;
    } else {
      weighSign(text, at, sums);
      at++;
    }
  }
  return parts;
}

/** Where the word of Latin letters and inner apostrophes that begins at `at` ends; `at` where none begins. */
function endOfWord(text: string, at: number, to: number): number {
  let end = at;
  while (end < to) {
    const code = text.charCodeAt(end);
    const inner = isApostrophe(code) && end > at && isLetter(text.charCodeAt(end + 1));
    if (!isLetter(code) && !inner) break;
    end++;
  }
  return end;
}

/** Letters of other scripts. */
function weighSign(text: string, at: number, sums: Sums): void {
  const code = text.charCodeAt(at);
  if (code <= 0x24f || !letterPattern.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) return;
  const weight = code >= 0x2e80 && code <= 0xd7af ? 3 : 1;
  sums.foreignLetters += weight;
  sums.letters += weight;
}

const letterPattern = /^\p{L}/u;
const asciiPattern = /^[\0-\x7f]*$/;

function weighWord(word: string, sums: Sums): void {
  sums.letters += word.length;
  const lower = word.toLowerCase();
  const ascii = asciiPattern.test(lower);
  if (!ascii) weighLetters(lower, sums);
  const side = telling.get(ascii ? lower : foldWord(lower));
  if (side === english) sums.english++;
  else if (side === german) sums.german++;
  else if (side === other) sums.other++;
}

function weighLetters(lower: string, sums: Sums): void {
  for (const letter of lower) {
    const entry = letterWeights.get(letter);
    if (entry === undefined) continue;
    if (entry[0] === german) sums.german += entry[1];
    else sums.other += entry[1];
  }
}
