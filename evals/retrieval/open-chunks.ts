import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compoundSplitter } from '../../src/knowledge/indexing/index-text.ts';
import { type ChunkText, LanguageIndex } from '../../src/knowledge/retrieval/language-index.ts';
import { rankChunks } from '../../src/knowledge/retrieval/rank-chunks.ts';
import { readQuestion } from '../../src/knowledge/retrieval/read-question.ts';
import { readSynonyms } from '../../src/knowledge/retrieval/synonyms.ts';
import { chunkText } from '../../src/knowledge/semantic/chunk-text.ts';
import { fitSubwordEmbedder } from '../../src/ml/index.ts';
import { readStarterTickets } from '../../src/starter-tickets.ts';

/** Texts to vectors of length 1; the same for the same text. */
export type Embed = (text: string) => Float32Array;

export interface OpenChunk extends ChunkText {
  readonly language: 'en' | 'de';
}

export const starter = resolve(import.meta.dirname, '../../starter');
const synonyms = readSynonyms(join(starter, 'synonyms.json'));
/** As search.ts takes them. */
const mostNear = 40;

/** The builtin embedder as a first start with these chunks learns it: from them, the starter's tickets and synonyms. */
export function learnFrom(chunks: readonly ChunkText[]): Embed {
  const tickets = readStarterTickets(readFileSync(join(starter, 'tickets.jsonl'), 'utf8'));
  const texts = [...chunks.map(chunkText), ...tickets.map(({ subject, body }) => `${subject}\n${body}`)];
  return fitSubwordEmbedder(texts, { dimension: 256, seed: 1, alike: synonyms.lines }).embed;
}

/** The search of one language's chunks as the server does it, without a database; without `embed` by words alone. */
export function openChunks<T extends OpenChunk>(chunks: readonly T[], embed: Embed | null) {
  const fill = (partsOf: (word: string) => readonly string[]) => {
    const indexes = { en: new LanguageIndex('en'), de: new LanguageIndex('de') };
    for (const chunk of chunks) indexes[chunk.language].add(chunk, chunk.language === 'de' ? partsOf : () => []);
    return indexes;
  };
  const words = fill(() => []).de;
  const indexes = fill(compoundSplitter((word) => words.ownCount(word)));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const vectors = embed === null ? null : new Map(chunks.map((chunk) => [chunk.id, embed(chunkText(chunk))]));

  /** The nearest, and how near all of them are. */
  function nearest(meant: string, index: LanguageIndex) {
    if (embed === null || vectors === null) return { near: [], similarity: null };
    const asked = embed(meant);
    const all = [...index.chunkIds()].map((id) => [id, dot(vectors.get(id)!, asked)] as const);
    const near = [...all].sort((a, b) => b[1] - a[1]).slice(0, mostNear);
    return { near: near.map(([id]) => id), similarity: new Map(all) };
  }

  return {
    explain(question: string, language: 'en' | 'de', limit: number) {
      const index = indexes[language];
      const read = readQuestion(index, { text: question.normalize('NFKC'), language }, synonyms);
      const { near, similarity } = nearest(read.meant, index);
      const ids = [...new Set([...index.postings.candidates(read.slots, index, null), ...near])];
      const ranked = rankChunks(read, { ids, similarity }, index, { language, limit }).slice(0, limit);
      return ranked.map((one) => ({
        ...byId.get(one.id)!,
        score: one.relevance,
        bm25: one.score,
        features: one.features,
      }));
    },
  };
}

const dot = (a: Float32Array, b: Float32Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
