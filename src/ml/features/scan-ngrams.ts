import { type CharacterTables, characterTables, compose, space, word } from './characters.ts';

/**
 * Changes whenever the same text could give other hashes; a model remembers it and refuses another.
 * FNV-1a over UTF-16 units, finished with Murmur3's avalanche; words and characters start from different seeds.
 */
export const scannerVersion = 'ngrams-1';

export interface NgramSettings {
  /** Longest word n-gram: 1, or 2 for single words and neighbours. 0 leaves words out. */
  readonly words: 0 | 1 | 2;
  /** A shorter word is no feature; scikit-learn's default token is 2 characters. */
  readonly shortestWord: number;
  /** Lengths of character n-grams within padded words, from … to; [0, 0] leaves them out. */
  readonly characters: readonly [number, number];
}

const prime = 0x01000193;
const wordSeed = 0x811c9dc5 | 0;
const characterSeed = 0x2f0b4c47 | 0;
const blank = 0x20;
const sharpS = 0xdf;
const capitalSharpS = 0x1e9e;
const smallS = 0x73;

function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Hashes of a growing list, and where each n-gram stands in `codes` (start, length), so that it can be named.
 */
export class NgramList {
  hashes = new Int32Array(4096);
  starts = new Int32Array(4096);
  lengths = new Int32Array(4096);
  count = 0;

  reserve(room: number): void {
    if (this.count + room <= this.hashes.length) return;
    const size = Math.max(this.hashes.length * 2, this.count + room);
    this.hashes = enlarged(this.hashes, size);
    this.starts = enlarged(this.starts, size);
    this.lengths = enlarged(this.lengths, size);
  }

  add(hash: number, start: number, length: number): void {
    const i = this.count++;
    this.hashes[i] = hash;
    this.starts[i] = start;
    this.lengths[i] = length;
  }
}

function enlarged(array: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(size);
  copy.set(array);
  return copy;
}

/**
 * Turns a text into hashes of word n-grams and of character n-grams within words (each word padded with one
 * blank on both sides), without a string per n-gram. Buffers are reused: what `scan` left is valid until the
 * next `scan`. 11 µs for 100 words.
 */
export class NgramScanner {
  readonly settings: NgramSettings;
  readonly words = new NgramList();
  readonly characters = new NgramList();
  /** The normalised text: lower case, ß as ss, one blank between words and at both ends. */
  codes = new Uint16Array(8192);
  length = 0;
  private readonly tables: CharacterTables = characterTables();

  constructor(settings: NgramSettings) {
    this.settings = settings;
  }

  scan(text: string): void {
    this.normalise(text);
    this.words.count = 0;
    this.characters.count = 0;
    if (this.settings.words > 0) this.scanWords();
    if (this.settings.characters[1] > 0) this.scanCharacters();
  }

  /** Fills `codes`. Swiss spelling meets German: "Strasse" and "Straße" are the same word. */
  normalise(text: string): void {
    const composed = compose(text);
    if (this.codes.length < composed.length * 2 + 2) this.codes = new Uint16Array(composed.length * 2 + 1024);
    const { codes } = this;
    const { lower, kind } = this.tables;
    codes[0] = blank;
    let n = 1;
    for (let i = 0; i < composed.length; i++) {
      const code = composed.charCodeAt(i);
      if (kind[code] === space) {
        if (codes[n - 1] !== blank) codes[n++] = blank;
      } else if (code === sharpS || code === capitalSharpS) {
        codes[n++] = smallS;
        codes[n++] = smallS;
      } else {
        codes[n++] = lower[code]!;
      }
    }
    if (codes[n - 1] !== blank) codes[n++] = blank;
    this.length = n;
  }

  private scanWords(): void {
    const { codes, length, words, settings } = this;
    const { kind } = this.tables;
    words.reserve(length * 2);
    const pairs = settings.words === 2;
    let previousStart = -1;
    let previousState = 0;
    for (let i = 0; i < length; i++) {
      if (kind[codes[i]!] !== word) continue;
      const start = i;
      let single = wordSeed;
      let pair = Math.imul(previousState ^ blank, prime);
      while (i < length && kind[codes[i]!] === word) {
        const code = codes[i++]!;
        single = Math.imul(single ^ code, prime);
        pair = Math.imul(pair ^ code, prime);
      }
      if (i - start < settings.shortestWord) continue;
      words.add(finish(single), start, i - start);
      if (pairs && previousStart >= 0) words.add(finish(pair), previousStart, i - previousStart);
      previousStart = start;
      previousState = single;
    }
  }

  private scanCharacters(): void {
    const { codes, length, characters } = this;
    const [shortest, longest] = this.settings.characters;
    characters.reserve(length * (longest - shortest + 1));
    let from = 0;
    while (from < length - 1) {
      let to = from + 1;
      while (codes[to] !== blank) to++;
      this.scanPaddedWord(from, to + 1, shortest, longest);
      from = to;
    }
  }

  /** `codes[from … to)` is one word with its blanks. A word shorter than `shortest` counts once, as a whole. */
  private scanPaddedWord(from: number, to: number, shortest: number, longest: number): void {
    const { codes, characters } = this;
    const least = Math.min(shortest, to - from);
    for (let start = from; start <= to - least; start++) {
      let hash = characterSeed;
      const end = Math.min(start + longest, to);
      const first = start + least;
      let i = start;
      while (i < first) hash = Math.imul(hash ^ codes[i++]!, prime);
      characters.add(finish(hash), start, least);
      while (i < end) {
        hash = Math.imul(hash ^ codes[i++]!, prime);
        characters.add(finish(hash), start, i - start);
      }
    }
  }

  /** The words of a stretch of `codes` joined by one blank: how a word n-gram is written. */
  nameWords(start: number, length: number): string {
    const { kind } = this.tables;
    const found: string[] = [];
    let current = '';
    for (let i = start; i <= start + length; i++) {
      const inside = i < start + length && kind[this.codes[i]!] === word;
      if (inside) current += String.fromCharCode(this.codes[i]!);
      else if (current !== '') {
        if (current.length >= this.settings.shortestWord) found.push(current);
        current = '';
      }
    }
    return found.join(' ');
  }

  nameCharacters(start: number, length: number): string {
    return String.fromCharCode(...this.codes.subarray(start, start + length));
  }
}
