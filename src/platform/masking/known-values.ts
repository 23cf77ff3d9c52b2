import { isFirstName } from './first-names.ts';
import type { MaskKind, Span } from './kinds.ts';
import { isNoName } from './no-names.ts';

/** Values that are masked wherever they stand, in any spelling and case of the language. */
export interface KnownValues {
  /** Takes a name, an address or another value; asked for twice it changes nothing. */
  add(value: string): void;
  find(text: string): Span[];
}

interface Name {
  readonly words: readonly string[];
}

const wordShape = /[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu;
const mostWords = 12;
const endings = ['', 's', "'s", 'n', 'en', "'"];

/**
 * Names are compared word by word: case, accents, written-out umlauts and the endings of a genitive do not matter.
 * A whole name counts in any case of letters; a part of it where it is capitalised, or is a first name, so that
 * somebody called Klein does not hide the word "klein". O(words + values).
 */
export function createKnownValues(): KnownValues {
  const names = new Map<string, Name[]>();
  const parts = new Set<string>();
  const literals = new Map<string, MaskKind>();

  function addName(value: string): void {
    const words = [...value.matchAll(wordShape)].map((match) => foldName(match[0]));
    const first = words[0];
    if (first === undefined) return;
    const same = names.get(first) ?? [];
    // Nobody is called by so many words; 100 of them, all alike, were compared at each of a message's 10,000.
    if (words.length <= mostWords && !same.some((name) => name.words.join(' ') === words.join(' ')))
      names.set(first, [...same, { words }]);
    for (const word of words) if (word.length >= 3 && !isNoName(word)) parts.add(word);
  }

  return {
    add(value) {
      const trimmed = value.trim();
      if (trimmed.length < 2) return;
      if (/[\d@]/.test(trimmed)) {
        if (trimmed.length >= 4) literals.set(trimmed.toLowerCase(), trimmed.includes('@') ? 'EMAIL' : 'KNOWN');
      } else addName(trimmed);
    },
    find(text) {
      return [
        ...findLiterals(text, literals),
        ...(parts.size === 0 && names.size === 0 ? [] : findKnownNames(text, names, parts)),
      ];
    },
  };
}

function findLiterals(text: string, literals: ReadonlyMap<string, MaskKind>): Span[] {
  if (literals.size === 0) return [];
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return [];
  const found: Span[] = [];
  for (const [literal, kind] of literals) {
    for (let at = lower.indexOf(literal); at !== -1; at = lower.indexOf(literal, at + literal.length)) {
      const end = at + literal.length;
      if (!isWordAt(text, at - 1) && !isWordAt(text, end)) found.push({ kind, start: at, end });
    }
  }
  return found;
}

const isWordAt = (text: string, at: number): boolean => at >= 0 && /[\p{L}\p{M}\d]/u.test(text[at] ?? ' ');

interface Word {
  readonly written: string;
  readonly folded: string;
  readonly start: number;
}

function findKnownNames(text: string, names: ReadonlyMap<string, readonly Name[]>, parts: ReadonlySet<string>): Span[] {
  // Most words share not even two letters with a name; folding each once is most of the time.
  const beginnings = new Set([...names.keys(), ...parts].map((word) => word.slice(0, 2)));
  const words = [...text.matchAll(wordShape)].map((match): Word => {
    const written = match[0];
    return { written, folded: foldName(written), start: match.index };
  });
  const found: Span[] = [];
  for (let i = 0; i < words.length; i++) {
    if (!beginnings.has(words[i]!.folded.slice(0, 2))) continue;
    const count = wholeNameAt(words, i, names);
    const last = words[i + Math.max(count, 1) - 1]!;
    const stem = count > 0 ? stemIn(last, (w) => isPart(w, names, parts)) : partOf(last, parts);
    if (stem === null) continue;
    found.push({ kind: 'PERSON', start: words[i]!.start, end: last.start + stem });
    i += Math.max(count, 1) - 1;
  }
  return found;
}

const isPart = (word: string, names: ReadonlyMap<string, unknown>, parts: ReadonlySet<string>): boolean =>
  parts.has(word) || names.has(word);

/** Words of the longest known name that begins here; a name of one word is left to `partOf`. */
function wholeNameAt(words: readonly Word[], at: number, names: ReadonlyMap<string, readonly Name[]>): number {
  const candidates = names.get(words[at]!.folded) ?? [];
  let longest = 0;
  for (const { words: wanted } of candidates) {
    if (wanted.length < 2 || wanted.length <= longest) continue;
    const agrees = wanted.every((word, k) => {
      const here = words[at + k];
      if (here === undefined || (k > 0 && here.start - endOf(words[at + k - 1]!) > 2)) return false;
      return k === wanted.length - 1 ? stemIn(here, (stem) => stem === word) !== null : here.folded === word;
    });
    if (agrees) longest = wanted.length;
  }
  return longest;
}

const endOf = ({ written, start }: Word): number => start + written.length;

/** Length of the known part that a word is, without the ending of the sentence; null when it is none. */
function partOf(word: Word, parts: ReadonlySet<string>): number | null {
  const { written } = word;
  const stem = stemIn(word, (part) => parts.has(part));
  if (stem === null) return null;
  return /^\p{Lu}/u.test(written) || isFirstName(written.slice(0, stem)) ? stem : null;
}

/** Length of the beginning of a word that `accepts` takes, the rest being an ending. */
function stemIn({ written, folded }: Word, accepts: (stem: string) => boolean): number | null {
  for (const ending of endings) {
    const length = written.length - ending.length;
    if (length < 2 || !folded.endsWith(ending)) continue;
    if (accepts(folded.slice(0, folded.length - ending.length))) return length;
  }
  return null;
}

const written: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', ß: 'ss', ø: 'o', ł: 'l', æ: 'a', đ: 'd' };

/** One spelling for "Müller", "MÜLLER", "Mueller" and "Muller": lower case, no accents, "ae" and its like as one vowel. */
export function foldName(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z'-]*$/.test(lower)) return lower.replace(/([aou])e/g, '$1');
  const plain = lower
    .normalize('NFC')
    .replace(/[äöüßøłæđ]/g, (letter) => written[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'");
  return plain.replace(/([aou])e/g, '$1');
}
