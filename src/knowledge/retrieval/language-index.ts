import { splitSentences } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { headingSeparator } from '../documents/chunk-document.ts';
import { analyse, type PartsOf, type Word } from '../indexing/analyse.ts';
import { stem } from '../indexing/stem.ts';
import type { IndexedChunk } from './indexed-chunk.ts';
import { LetterGroups } from './letter-groups.ts';
import { Postings } from './postings.ts';

export interface ChunkText {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
  readonly asked: readonly string[];
  readonly category: string | null;
}

/** A word of the section's heading counts so often; words of the headings above less. */
const fieldWeights = { heading: 2, path: 0.6, body: 1, asked: 1 };
/** A part of a compound or an infinitive beside its participle is less sure than the word itself. */
const partWeight = 0.8;

/** Numbers of stems. Grows only and is shared by all states of a process; a number never changes its meaning. */
class Lexicon {
  readonly numbers = new Map<string, number>();
  readonly stems: string[] = [];
  /** The parts by which a compound is stored, joined by "+"; null where chunks differ. */
  readonly splits = new Map<string, string | null>();

  noteSplit(word: string, parts: string): void {
    const before = this.splits.get(word);
    if (before === undefined) this.splits.set(word, parts);
    else if (before !== parts) this.splits.set(word, null);
  }

  /** The number of a spelling's stem, given out on first sight. */
  intern(spelling: string, language: Language): number {
    const stemmed = stem(spelling, language);
    let term = this.numbers.get(stemmed);
    if (term === undefined) {
      term = this.stems.length;
      this.numbers.set(stemmed, term);
      this.stems.push(stemmed);
    }
    return term;
  }
}

/**
 * Terms and frequencies of all chunks of one language: what finding candidates, BM25 and the relevance need. The texts
 * stay in the database.
 */
export class LanguageIndex {
  readonly language: Language;
  readonly #lexicon: Lexicon;
  readonly #chunks: Map<string, IndexedChunk>;
  readonly #chunkCounts: number[];
  /** How often a term stood as a word of its own, not as part of another. */
  readonly #ownCounts: number[];
  readonly groups: LetterGroups;
  #totalLength = 0;
  /** Null after a change, until it is searched. */
  #postings: Postings | null;

  constructor(language: Language, before?: LanguageIndex) {
    this.language = language;
    this.#lexicon = before ? before.#lexicon : new Lexicon();
    this.#chunks = before ? new Map(before.#chunks) : new Map();
    this.#chunkCounts = before ? [...before.#chunkCounts] : [];
    this.#ownCounts = before ? [...before.#ownCounts] : [];
    this.groups = new LetterGroups(before?.groups);
    this.#totalLength = before ? before.#totalLength : 0;
    this.#postings = before ? before.#postings : null;
  }

  /** The same chunks, to be changed apart. 1 ms for 5,000 chunks: they are shared, not copied. */
  copy(): LanguageIndex {
    return new LanguageIndex(this.language, this);
  }

  get size(): number {
    return this.#chunks.size;
  }

  get averageLength(): number {
    return this.#chunks.size === 0 ? 1 : this.#totalLength / this.#chunks.size;
  }

  chunk(id: string): IndexedChunk | undefined {
    return this.#chunks.get(id);
  }

  chunkIds(): IterableIterator<string> {
    return this.#chunks.keys();
  }

  /** The term of a token, or undefined when no chunk holds it. */
  termOf(token: string): number | undefined {
    return this.termOfStem(stem(token, this.language));
  }

  termOfStem(stemmed: string): number | undefined {
    const term = this.#lexicon.numbers.get(stemmed);
    return term !== undefined && this.chunkCount(term) > 0 ? term : undefined;
  }

  /** Chunks that hold the term. */
  chunkCount(term: number): number {
    return this.#chunkCounts[term] ?? 0;
  }

  /** Rarity as in BM25: ln(1 + (N − n + ½) / (n + ½)), never negative. */
  rarity(term: number): number {
    return rarityOf(this.chunkCount(term), this.#chunks.size);
  }

  /** How often the word stood on its own; what compounds are split by. */
  ownCount(token: string): number {
    const term = this.termOf(token);
    return term === undefined ? 0 : (this.#ownCounts[term] ?? 0);
  }

  /** By term, the chunks that hold it. Made on first use after a change unless `prepare` has made it. */
  get postings(): Postings {
    const making = this.prepare();
    while (!making.next().done);
    return this.#postings!;
  }

  /** Makes the postings in pieces of about a millisecond, a piece a step: 10,000 chunks are 40 steps. */
  *prepare(): Generator<void, void> {
    this.#postings ??= yield* Postings.of([...this.#chunks.values()], this.#lexicon.stems.length, this.averageLength);
  }

  /** All stems in use, for finding the one that a misspelt word means. */
  *stems(): Generator<string> {
    for (let term = 0; term < this.#ownCounts.length; term++) {
      if ((this.#ownCounts[term] ?? 0) > 0) yield this.#lexicon.stems[term]!;
    }
  }

  /** Words of the documents (or once of them) that `partsOf` splits otherwise than they are stored. */
  *otherwiseSplit(partsOf: PartsOf): Generator<string | null> {
    for (const [word, stored] of this.#lexicon.splits) {
      yield partsOf(word).join('+') === stored ? null : word;
    }
  }

  /** From now on the word is stored split like this. */
  settleSplit(word: string, parts: readonly string[]): void {
    this.#lexicon.splits.set(word, parts.join('+'));
  }

  noteSplit(word: string, parts: readonly string[]): void {
    this.#lexicon.noteSplit(word, parts.join('+'));
  }

  add(chunk: ChunkText, partsOf: PartsOf): void {
    if (this.#chunks.has(chunk.id)) this.remove(chunk.id);
    const indexed = new ChunkReader(this, partsOf).read(chunk);
    this.#chunks.set(chunk.id, indexed);
    this.#count(indexed, 1);
  }

  remove(id: string): void {
    const chunk = this.#chunks.get(id);
    if (!chunk) return;
    this.#chunks.delete(id);
    this.#count(chunk, -1);
  }

  #count(chunk: IndexedChunk, by: 1 | -1): void {
    this.#postings = null;
    this.#totalLength += by * chunk.length;
    for (const question of chunk.asked) this.groups.count(question, by);
    chunk.terms.forEach((term, i) => {
      this.#chunkCounts[term] = this.chunkCount(term) + by;
      this.#ownCounts[term] = (this.#ownCounts[term] ?? 0) + by * chunk.ownCounts[i]!;
    });
  }

  intern(spelling: string): number {
    return this.#lexicon.intern(spelling, this.language);
  }
}

/**
 * A word's rarity among `total` sections. Below this size every word of a single document would count as common, and
 * the first page that somebody writes could not be found: a small knowledge is taken for the beginning of one this big.
 */
const smallestKnowledge = 60;

export function rarityOf(count: number, total: number): number {
  const size = Math.max(total, smallestKnowledge);
  return Math.log(1 + Math.max(0, size - count + 0.5) / (count + 0.5));
}

/** Turns one chunk into numbers. */
class ChunkReader {
  readonly #index: LanguageIndex;
  readonly #partsOf: PartsOf;
  readonly #frequencies = new Map<number, { weighted: number; own: number }>();

  constructor(index: LanguageIndex, partsOf: PartsOf) {
    this.#index = index;
    this.#partsOf = (word) => {
      const parts = partsOf(word);
      index.noteSplit(word, parts);
      return parts;
    };
  }

  read(chunk: ChunkText): IndexedChunk {
    const path = chunk.heading.split(headingSeparator);
    const headingTerms = this.#readField(path.at(-1) ?? '', fieldWeights.heading);
    const pathTerms = this.#readField(path.slice(0, -1).join('\n'), fieldWeights.path);
    let length = 0;
    const sentences = splitSentences(chunk.text).map((sentence) => {
      const words = analyse(sentence.text, this.#index.language, this.#partsOf);
      length += words.length;
      return Int32Array.from(this.#countWords(words, fieldWeights.body)).sort();
    });
    for (const question of chunk.asked) this.#readField(question, fieldWeights.asked);
    const asked = chunk.asked.map((question) => this.#index.groups.read(question, this.#index.language));
    const sorted = [...this.#frequencies].sort((a, b) => a[0] - b[0]);
    return {
      id: chunk.id,
      category: chunk.category,
      terms: Int32Array.from(sorted, ([term]) => term),
      frequencies: Float32Array.from(sorted, ([, frequency]) => frequency.weighted),
      ownCounts: Uint16Array.from(sorted, ([, frequency]) => frequency.own),
      headingTerms,
      pathTerms,
      sentences,
      asked,
      length,
    };
  }

  #readField(text: string, weight: number): Set<number> {
    return this.#countWords(analyse(text, this.#index.language, this.#partsOf), weight);
  }

  #countWords(words: readonly Word[], weight: number): Set<number> {
    const seen = new Set<number>();
    const count = (spelling: string, own: boolean) => {
      const term = this.#index.intern(spelling);
      const known = this.#frequencies.get(term);
      const by = own ? weight : weight * partWeight;
      if (known) {
        known.weighted += by;
        if (own) known.own++;
      } else this.#frequencies.set(term, { weighted: by, own: own ? 1 : 0 });
      seen.add(term);
    };
    for (const word of words) {
      count(word.text, true);
      for (const piece of word.also) count(piece, false);
    }
    return seen;
  }
}

/** Where `term` stands in the sorted `terms`, or −1. */
export function positionOf(terms: Int32Array, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = terms[middle]!;
    if (value === term) return middle;
    if (value < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
