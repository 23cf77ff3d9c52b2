import type { HashTable } from '../features/hash-table.ts';
import { addByteRow, type ByteRows } from './byte-rows.ts';
import { subwordsOf } from './subwords.ts';
import { removeDirection, unitOf } from './vectors.ts';
import { countsOf, idfOf } from './word-counts.ts';

/** One way to place words. */
export interface View {
  /** One row a word, of length 1 or 0. */
  readonly words: ByteRows;
  /** One row a letter group: the mean of the words that hold it. */
  readonly subwords: ByteRows;
  /** Direction that all texts share, of length 1 or 0. */
  readonly common: Float32Array;
}

/** What an embedder has learnt. */
export interface EmbedderState {
  /** Number of texts learnt from. */
  readonly texts: number;
  readonly words: ReadonlyMap<string, number>;
  readonly idf: Float64Array;
  readonly subwordHashes: Int32Array;
  /** Hash of a letter group → its row. */
  readonly subwords: HashTable;
  /** By the texts that words share. */
  readonly topics: View;
  /** By the words that stand beside them. */
  readonly neighbours: View;
}

/** A word never seen is placed by its letters alone, which is less sure. */
const strangeShare = 0.7;

/** The vector of a text: both views at the same length, one behind the other. 64-bit sums, rounded once. */
export function embed(state: EmbedderState, text: string): Float32Array {
  const counts = countsOf(text);
  const topics = embedInView(state, state.topics, counts);
  const neighbours = embedInView(state, state.neighbours, counts);
  const both = new Float64Array(topics.length + neighbours.length);
  both.set(topics);
  both.set(neighbours, topics.length);
  return Float32Array.from(unitOf(both));
}

/** Words by rarity and number, less what all texts share. */
export function embedInView(
  state: Omit<EmbedderState, 'topics' | 'neighbours'>,
  view: View,
  counts: ReadonlyMap<string, number>,
): Float64Array {
  const sum = new Float64Array(view.common.length);
  for (const [word, count] of counts) {
    const weight = 1 + Math.log(count);
    const known = state.words.get(word);
    if (known !== undefined) addByteRow(view.words, known, weight * state.idf[known]!, sum);
    else addStrange(spell(state.subwords, view.subwords, word), weight * idfOf(0, state.texts), sum);
  }
  removeDirection(sum, view.common);
  return unitOf(sum);
}

function addStrange(spelled: Float64Array, weight: number, sum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + strangeShare * weight * spelled[i]!;
}

/** Where the letters of a word place it, of length 1; all 0 when it shares no letter group with any word. */
export function spell(table: HashTable, rows: ByteRows, word: string): Float64Array {
  const sum = new Float64Array(rows.width);
  for (const hash of subwordsOf(word)) {
    const row = table.find(hash);
    if (row >= 0) addByteRow(rows, row, 1, sum);
  }
  return unitOf(sum);
}
