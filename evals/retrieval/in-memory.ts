import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chunkDocument } from '../../src/knowledge/documents/chunk-document.ts';
import { documentOf } from '../../src/knowledge/documents/read-document.ts';
import { compoundSplitter } from '../../src/knowledge/indexing/index-text.ts';
import { LanguageIndex } from '../../src/knowledge/retrieval/language-index.ts';
import { rankChunks } from '../../src/knowledge/retrieval/rank-chunks.ts';
import { readQuestion } from '../../src/knowledge/retrieval/read-question.ts';
import { readSynonyms } from '../../src/knowledge/retrieval/synonyms.ts';
import type { ExplainedPassage } from '../../src/knowledge/types.ts';

/** A question with the section that answers it. */
export interface NotedQuestion {
  readonly language: 'en' | 'de';
  readonly question: string;
  /** File without language and ending. */
  readonly document?: string | undefined;
  readonly heading?: string | undefined;
}

const starter = resolve(import.meta.dirname, '../../starter');

/**
 * The starter knowledge without a database, with `noted` in the place of the questions that its files note. A
 * question may thus be measured against the notes of other writers only.
 */
export function openInMemory(noted: readonly NotedQuestion[]) {
  const synonyms = readSynonyms(join(starter, 'synonyms.json'));
  const chunks = readdirSync(join(starter, 'knowledge'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) => readChunks(name, noted));
  const fill = (partsOf: (word: string) => readonly string[]) => {
    const indexes = { en: new LanguageIndex('en'), de: new LanguageIndex('de') };
    for (const chunk of chunks) indexes[chunk.language].add(chunk, chunk.language === 'de' ? partsOf : () => []);
    return indexes;
  };
  const words = fill(() => []).de;
  const indexes = fill(compoundSplitter((word) => words.ownCount(word)));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  return {
    explain(question: string, language: 'en' | 'de', limit: number): ExplainedPassage[] {
      const index = indexes[language];
      const read = readQuestion(index, question.normalize('NFKC'), language, synonyms);
      const ranked = rankChunks(read, [...index.chunkIds()], index, { language, limit }).slice(0, limit);
      return ranked.map(({ id, relevance, score, features }) => {
        const { asked: _, ...passage } = byId.get(id)!;
        return { ...passage, chunkId: id, score: relevance, bm25: score, features };
      });
    },
  };
}

function readChunks(name: string, noted: readonly NotedQuestion[]) {
  const text = readFileSync(join(starter, 'knowledge', name), 'utf8');
  const document = documentOf(name, { ok: true, contentType: 'text/markdown', title: null, text, pages: null });
  if (typeof document === 'string') throw new Error(`${name}: ${document}`);
  const [documentId, language] = name.split('.') as [string, 'en' | 'de'];
  const own = noted.filter((one) => one.language === language && one.document === documentId);
  return chunkDocument(document).map((chunk) => ({
    ...chunk,
    id: `${name}#${chunk.position}`,
    documentId,
    document: document.title,
    language,
    category: document.category,
    asked: own.filter((one) => one.heading === chunk.heading.split(' › ').at(-1)).map((one) => one.question),
  }));
}
