import { truncatedSvd } from '../decomposition/truncated-svd.ts';
import { tableOf } from '../features/hash-table.ts';
import {
  type EmbedderState,
  embed,
  type Letters,
  openEmbedder,
  type SubwordEmbedder,
  spell,
  unitOf,
} from './subword-embedder.ts';
import { subwordsOf } from './subwords.ts';
import { countWords, type WordCounts } from './word-counts.ts';

export interface SubwordEmbedderOptions {
  /** Numbers a text becomes, at least 1; 128 is a good deal. What fewer texts than that cannot fill stays 0. */
  readonly dimension: number;
  readonly seed: number;
}

const mostWords = 30_000;
const mostSubwords = 20_000;
/** A word that stands in so many texts is placed half by its company and half by its letters. */
const halfTrust = 2;

/**
 * Learns from texts alone, without labels and without anything downloaded: words are placed by latent semantic
 * analysis (truncated SVD of texts × words, TF-IDF; S. Deerwester et al. 1990), letter groups at the mean of the words
 * that hold them, so that slips, endings, compounds and words never seen find a place too (P. Bojanowski et al. 2017);
 * a text is the sum of its words by rarity less what all texts share (S. Arora, Y. Liang and T. Ma 2017). The order of
 * the texts changes nothing; the same seed gives the same bits.
 */
export function fitSubwordEmbedder(texts: readonly string[], options: SubwordEmbedderOptions): SubwordEmbedder {
  const { dimension } = options;
  const sorted = [...texts].sort();
  const counts = countWords(sorted, mostWords);
  const company = placeByCompany(counts, options);
  const letters = placeSubwords(counts, company, dimension);
  const state: EmbedderState = {
    ...letters,
    texts: texts.length,
    words: new Map(counts.words.map((word, i) => [word, i])),
    idf: counts.idf,
    wordVectors: blend(counts, company, letters),
    common: new Float32Array(dimension),
  };
  return openEmbedder({ ...state, common: commonOf(state, sorted) });
}

/** Words × dimension, each row of length 1 (0 for a word outside all components). */
function placeByCompany(counts: WordCounts, { dimension, seed }: SubwordEmbedderOptions): Float32Array {
  const placed = new Float32Array(counts.words.length * dimension);
  if (counts.matrix.rows === 0 || counts.words.length === 0) return placed;
  const { rank, components, singularValues } = truncatedSvd(counts.matrix, { rank: dimension, seed, iterations: 2 });
  const row = new Float64Array(dimension);
  for (let w = 0; w < counts.words.length; w++) {
    for (let i = 0; i < rank; i++) row[i] = components[w * rank + i]! * singularValues[i]!;
    placed.set(unitOf(row), w * dimension);
  }
  return placed;
}

/** The letter groups that stand in most words (ties by hash), each at the mean of its words. */
function placeSubwords(counts: WordCounts, company: Float32Array, dimension: number): Letters {
  const groups = counts.words.map((word) => new Set(subwordsOf(word)));
  const held = new Map<number, number>();
  for (const own of groups) for (const hash of own) held.set(hash, (held.get(hash) ?? 0) + 1);
  const kept = [...held].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostSubwords);
  const subwordHashes = Int32Array.from(kept, ([hash]) => hash);
  const subwords = tableOf(subwordHashes);
  const vectors = new Float32Array(kept.length * dimension);
  groups.forEach((own, w) => {
    for (const hash of own) {
      const at = subwords.find(hash);
      if (at < 0) continue;
      const share = 1 / kept[at]![1];
      for (let i = 0; i < dimension; i++) {
        vectors[at * dimension + i] = vectors[at * dimension + i]! + share * company[w * dimension + i]!;
      }
    }
  });
  return { dimension, subwords, subwordHashes, subwordVectors: vectors };
}

/** Rare words keep little company to be placed by; their letters place them too. */
function blend(counts: WordCounts, company: Float32Array, letters: Letters): Float32Array {
  const { dimension } = letters;
  const blended = new Float32Array(company.length);
  const row = new Float64Array(dimension);
  counts.words.forEach((word, w) => {
    const own = counts.texts[w]! / (counts.texts[w]! + halfTrust);
    const spelled = spell(letters, word);
    for (let i = 0; i < dimension; i++) row[i] = own * company[w * dimension + i]! + (1 - own) * spelled[i]!;
    blended.set(unitOf(row), w * dimension);
  });
  return blended;
}

/** The mean direction of the texts. */
function commonOf(state: EmbedderState, texts: readonly string[]): Float32Array {
  const sum = new Float64Array(state.dimension);
  for (const text of texts) {
    const vector = embed(state, text);
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + vector[i]!;
  }
  return texts.length < 2 ? new Float32Array(state.dimension) : unitOf(sum);
}
