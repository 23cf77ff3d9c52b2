import { join } from 'node:path';
import {
  createKnowledge,
  type EmbeddingSettings,
  type Knowledge,
  openSemantic,
  readSynonyms,
  type Semantic,
} from '../../src/knowledge/index.ts';
import { createLog, type Database, newId, openDatabase, systemClock } from '../../src/platform/index.ts';
import type { StubEmbedder } from './stub-embedder.ts';

/** What one process has: knowledge with a semantic index, on a database that others may share. */
export interface KnowledgeProcess {
  readonly database: Database;
  readonly knowledge: Knowledge;
  readonly semantic: Semantic;
  add(name: string, text: string): Promise<string>;
  /** Ids of the nearest chunks of both languages. */
  nearest(text: string, limit?: number): Promise<string[] | null>;
  close(): Promise<void>;
}

const synonyms = readSynonyms(join(import.meta.dirname, '../../starter/synonyms.json'));

export const stubSettings = (
  provider: EmbeddingSettings['provider'],
  stubs: Partial<Record<'onnx' | 'openai', StubEmbedder>>,
): EmbeddingSettings => ({
  provider,
  open: Object.fromEntries(Object.entries(stubs).map(([name, stub]) => [name, async () => stub])),
  starterTexts: () => ['where is my invoice', 'wo ist meine Rechnung'],
  patienceMs: { builtin: 5_000, onnx: 200, openai: 200 },
});

export async function openKnowledgeProcess(
  url: string,
  options: {
    readonly settings: EmbeddingSettings;
    readonly dataFolder: string;
    readonly exactUpTo?: number;
    /** Where it listens; another database makes it deaf. */
    readonly url?: string;
  },
): Promise<KnowledgeProcess> {
  const database = openDatabase(url, { poolSize: 4 });
  const parts = {
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId,
    log: createLog('silent'),
  };
  const semantic = await openSemantic({ ...parts, url, ...options });
  const knowledge = createKnowledge({ ...parts, synonyms, semantic });
  return {
    database,
    knowledge,
    semantic,
    async add(name, text) {
      const bytes = new TextEncoder().encode(text);
      return (await knowledge.addDocument({ name, contentType: 'text/markdown', bytes }, 'test')).id;
    },
    async nearest(text, limit = 10) {
      const found = await semantic.index.nearest(text, { languages: ['en', 'de', 'other'], limit });
      return found?.hits.map((hit) => hit.chunkId) ?? null;
    },
    async close() {
      await semantic.close();
      await database.close();
    },
  };
}

/** A document of so many sections, each with words of its own. */
export const manySections = (count: number) =>
  `# Manual\n\n${Array.from({ length: count }, (_, i) => `## Device${i} model${i}\n\nThe device${i} needs the cable${i} and a fuse of ${i} ampere. It is stored on shelf${i} of the warehouse.\n`).join('\n')}`;
