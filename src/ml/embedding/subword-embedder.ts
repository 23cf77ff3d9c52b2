import type { SavedState } from '../estimator.ts';
import { type HashTable, tableOf } from '../features/hash-table.ts';
import { parseModel, serialiseModel } from '../model-format.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { contentHash } from './content-hash.ts';
import { subwordsOf } from './subwords.ts';
import { countsOf, idfOf } from './word-counts.ts';

/** Turns texts into vectors whose cosine says how much they are about the same. */
export interface SubwordEmbedder {
  readonly dimension: number;
  /** Hash of what was learnt: vectors of embedders with the same id may be compared, others not. */
  readonly id: string;
  /**
   * `dimension` numbers of length 1 (L2); all 0 for a text without a content word that the embedder can place. The same
   * text gives the same bits in every process. O(letters · dimension).
   */
  embed(text: string): Float32Array;
  /** Everything needed to embed the same bits again; read by `loadSubwordEmbedder`. */
  save(): Uint8Array;
}

/** Changes whenever the same state would give other vectors. */
const version = 'subword-1';

/** What an embedder has learnt. */
export interface EmbedderState {
  readonly dimension: number;
  /** Number of texts learnt from. */
  readonly texts: number;
  readonly words: ReadonlyMap<string, number>;
  readonly idf: Float64Array;
  /** Words × dimension, each row of length 1 or 0. */
  readonly wordVectors: Float32Array;
  /** Letter group → its number. */
  readonly subwords: HashTable;
  readonly subwordHashes: Int32Array;
  /** Letter groups × dimension: what the words that hold the group have in common. */
  readonly subwordVectors: Float32Array;
  /** Direction that all texts share, of length 1 or 0; taken out of each. */
  readonly common: Float32Array;
}

/** The embedder of a state. The state must not change any more. */
export function openEmbedder(state: EmbedderState): SubwordEmbedder {
  const bytes = serialiseModel(savedOf(state), contentHash);
  const id = String.fromCharCode(...bytes.subarray(-16));
  return {
    dimension: state.dimension,
    id,
    embed: (text) => embed(state, text),
    save: () => bytes.slice(),
  };
}

/** Refuses, with the reason, what is no saved embedder, damaged, or of another version. */
export function loadSubwordEmbedder(bytes: Uint8Array): Outcome<SubwordEmbedder> {
  const parsed = parseModel(bytes, contentHash);
  if (!parsed.ok) return parsed;
  const { header, sections } = parsed.value;
  if (header['embedder'] !== version) {
    return failure(`The embedder is of kind ${String(header['embedder'])}, this is ${version}. Fit it again.`);
  }
  const { dimension, texts, words } = header;
  const { idf, 'word-vectors': wordVectors, common } = sections;
  const { 'subword-hashes': subwordHashes, 'subword-vectors': subwordVectors } = sections;
  if (typeof dimension !== 'number' || typeof texts !== 'number')
    return failure('The embedder names no sizes. Fit it again.');
  if (!Array.isArray(words) || !(idf instanceof Float64Array) || !(common instanceof Float32Array))
    return failure('The embedder has no complete vocabulary. Fit it again.');
  if (!(wordVectors instanceof Float32Array) || wordVectors.length !== words.length * dimension)
    return failure('The embedder has no complete word vectors. Fit it again.');
  if (!(subwordHashes instanceof Int32Array) || !(subwordVectors instanceof Float32Array))
    return failure('The embedder has no subwords. Fit it again.');
  if (subwordVectors.length !== subwordHashes.length * dimension)
    return failure('The embedder has no complete subword vectors. Fit it again.');
  const numbers = new Map((words as string[]).map((word, i) => [word, i]));
  const letters = { subwords: tableOf(subwordHashes), subwordHashes, subwordVectors };
  return success(openEmbedder({ dimension, texts, words: numbers, idf, wordVectors, common, ...letters }));
}

function savedOf(state: EmbedderState): SavedState {
  const { dimension, texts } = state;
  return {
    header: { embedder: version, dimension, texts, words: [...state.words.keys()] },
    sections: {
      idf: state.idf,
      'word-vectors': state.wordVectors,
      'subword-hashes': state.subwordHashes,
      'subword-vectors': state.subwordVectors,
      common: state.common,
    },
  };
}

/** The vector of a text under a state; in 64-bit sums, rounded once. */
export function embed(state: EmbedderState, text: string): Float32Array {
  const { dimension, common } = state;
  const sum = new Float64Array(dimension);
  for (const [word, count] of countsOf(text)) addWord(state, word, 1 + Math.log(count), sum);
  let shared = 0;
  for (let i = 0; i < dimension; i++) shared += sum[i]! * common[i]!;
  for (let i = 0; i < dimension; i++) sum[i] = sum[i]! - shared * common[i]!;
  return unitOf(sum);
}

function addWord(state: EmbedderState, word: string, weight: number, sum: Float64Array): void {
  const known = state.words.get(word);
  if (known !== undefined) {
    addRow(state.wordVectors, known, weight * state.idf[known]!, sum);
    return;
  }
  const strange = spell(state, word);
  const rarity = weight * strangeShare * idfOf(0, state.texts);
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + rarity * strange[i]!;
}

/** A word never seen is placed by its letters alone, which is less sure. */
const strangeShare = 0.7;

/** The part of a state that places words by their letters. */
export type Letters = Pick<EmbedderState, 'dimension' | 'subwords' | 'subwordHashes' | 'subwordVectors'>;

/** Where the letters of a word place it, of length 1; all 0 when no word shares a letter group with it. */
export function spell(state: Letters, word: string): Float32Array {
  const sum = new Float64Array(state.dimension);
  for (const hash of subwordsOf(word)) {
    const known = state.subwords.find(hash);
    if (known >= 0) addRow(state.subwordVectors, known, 1, sum);
  }
  return unitOf(sum);
}

function addRow(rows: Float32Array, row: number, weight: number, sum: Float64Array): void {
  const at = row * sum.length;
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + weight * rows[at + i]!;
}

/** The vector at length 1, as 32-bit numbers; a vector that is nothing but rounding becomes 0. */
export function unitOf(vector: Float64Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares < 1e-12) return new Float32Array(vector.length);
  const factor = 1 / Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value * factor);
}
