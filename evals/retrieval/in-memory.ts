import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chunkDocument } from '../../src/knowledge/documents/chunk-document.ts';
import { readDocument } from '../../src/knowledge/documents/read-document.ts';
import { compoundSplitter } from '../../src/knowledge/indexing/index-text.ts';
import { LanguageIndex } from '../../src/knowledge/retrieval/language-index.ts';
import { rankChunks } from '../../src/knowledge/retrieval/rank-chunks.ts';
import { readQuestion } from '../../src/knowledge/retrieval/read-question.ts';
import { readSynonyms } from '../../src/knowledge/retrieval/synonyms.ts';
import { chunkText } from '../../src/knowledge/semantic/chunk-text.ts';
import type { ExplainedPassage } from '../../src/knowledge/types.ts';
import { fitSubwordEmbedder } from '../../src/ml/index.ts';
import { readStarterTickets } from '../../src/starter-tickets.ts';

/** A question with the section that answers it. */
export interface NotedQuestion {
  readonly language: 'en' | 'de';
  readonly question: string;
  /** File without language and ending. */
  readonly document?: string | undefined;
  readonly heading?: string | undefined;
}

/** Texts to vectors of length 1; the same for the same text. */
export type Embed = (text: string) => Float32Array;

const starter = resolve(import.meta.dirname, '../../starter');
export const synonyms = readSynonyms(join(starter, 'synonyms.json'));

async function readChunks(name: string) {
  const bytes = readFileSync(join(starter, 'knowledge', name));
  const document = (await readDocument(name, 'text/markdown', bytes)).document!;
  const [documentId, language] = name.split('.') as [string, 'en' | 'de'];
  const about = { documentId, document: document.title, language, category: document.category };
  return chunkDocument({ ...document, contentType: 'text/markdown' }).map((chunk) => ({
    ...chunk,
    ...about,
    id: `${name}#${chunk.position}`,
    asked: [] as readonly string[],
  }));
}

const names = readdirSync(join(starter, 'knowledge')).filter((name) => name.endsWith('.md'));
const bare = (await Promise.all(names.sort().map(readChunks))).flat();

/**
 * The builtin embedder as a first start learns it, from starter knowledge, tickets and synonyms; nothing that a question
 * file or a note says is among it. Texts are embedded once.
 */
export function learnEmbedder(): Embed {
  const tickets = readStarterTickets(readFileSync(join(starter, 'tickets.jsonl'), 'utf8'));
  const texts = [...bare.map(chunkText), ...tickets.map(({ subject, body }) => `${subject}\n${body}`)];
  const { embed } = fitSubwordEmbedder(texts, { dimension: 256, seed: 1, alike: synonyms.lines });
  return embed;
}

/** The texts that a search of the starter knowledge embeds, for embedders that take many at once. */
export const textsOf = (noted: readonly NotedQuestion[]): string[] => withNotes(noted).map(chunkText);

function withNotes(noted: readonly NotedQuestion[]) {
  return bare.map((chunk) => {
    const own = noted.filter((one) => one.language === chunk.language && one.document === chunk.documentId);
    const asked = own.filter((one) => one.heading === chunk.heading.split(' › ').at(-1)).map((one) => one.question);
    return { ...chunk, asked };
  });
}

/**
 * The starter knowledge without a database, with `noted` in the place of the questions that its files note. A
 * question may thus be measured against the notes of other writers only. Without `embed` it is searched by words alone.
 */
export function openInMemory(noted: readonly NotedQuestion[], embed: Embed | null = null) {
  const chunks = withNotes(noted);
  const fill = (partsOf: (word: string) => readonly string[]) => {
    const indexes = { en: new LanguageIndex('en'), de: new LanguageIndex('de') };
    for (const chunk of chunks) indexes[chunk.language].add(chunk, chunk.language === 'de' ? partsOf : () => []);
    return indexes;
  };
  const words = fill(() => []).de;
  const indexes = fill(compoundSplitter((word) => words.ownCount(word)));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const vectors = embed === null ? null : new Map(chunks.map((chunk) => [chunk.id, embed(chunkText(chunk))]));
  return {
    explain(question: string, language: 'en' | 'de', limit: number): ExplainedPassage[] {
      const index = indexes[language];
      const ids = [...index.chunkIds()];
      const read = readQuestion(index, { text: question.normalize('NFKC'), language }, synonyms);
      const asked = embed?.(read.meant);
      const similarity = vectors && new Map(ids.map((id) => [id, dot(vectors.get(id)!, asked!)]));
      const ranked = rankChunks(read, { ids, similarity }, index, { language, limit }).slice(0, limit);
      return ranked.map(({ id, relevance, score, features }) => {
        const { asked: _, ...passage } = byId.get(id)!;
        return { ...passage, chunkId: id, score: relevance, bm25: score, features };
      });
    },
  };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
