import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkDocument } from '../../src/knowledge/documents/chunk-document.ts';
import { readDocument } from '../../src/knowledge/documents/read-document.ts';
import { chunkText } from '../../src/knowledge/semantic/chunk-text.ts';
import { type Embed, learnFrom, openChunks, starter } from './open-chunks.ts';

/** A question with the section that answers it. */
export interface NotedQuestion {
  readonly language: 'en' | 'de';
  readonly question: string;
  /** File without language and ending. */
  readonly document?: string | undefined;
  readonly heading?: string | undefined;
}

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
 * file or a note says is among it.
 */
export const learnEmbedder = (): Embed => learnFrom(bare);

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
export const openInMemory = (noted: readonly NotedQuestion[], embed: Embed | null = null) =>
  openChunks(withNotes(noted), embed);
