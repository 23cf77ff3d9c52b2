import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { presentDocument } from '../api/index.ts';
import { openKnowledge } from '../engine.ts';
import { detectLanguage } from '../intake/index.ts';
import type { DocumentUpload, Knowledge, KnowledgeDocument, Semantic } from '../knowledge/index.ts';
import { documentsFolder } from '../paths.ts';
import { readableTypeOf } from '../platform/index.ts';
import { openSemanticIndex } from '../semantic-index.ts';
import { prepareOrders } from '../starter.ts';
import { SignalboxError } from '../ticket/index.ts';
import { readConfiguration } from './configuration.ts';
import { many, table } from './figures.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

type Work = (knowledge: Knowledge) => Promise<number>;

const withKnowledge = (terminal: Terminal, work: Work): Promise<number> =>
  withDatabase(terminal, (database, log) => work(openKnowledge(database, log)));

/** Whoever takes documents in looks for orders in them. */
const changingKnowledge = (terminal: Terminal, work: Work): Promise<number> => {
  prepareOrders(readConfiguration().config);
  return withKnowledge(terminal, work);
};

interface Searchable {
  readonly knowledge: Knowledge;
  readonly semantic: Semantic | null;
}

/** With the search by meaning, too, as the server has it. */
const withSemantic = (terminal: Terminal, work: (opened: Searchable) => Promise<number>): Promise<number> =>
  withDatabase(terminal, async (database, log) => {
    const semantic = await openSemanticIndex(readConfiguration().config, database, { log });
    try {
      return await work({ knowledge: openKnowledge(database, log, semantic), semantic });
    } finally {
      await semantic?.close();
    }
  });

/** Builds the semantic index anew: here, or in the server that runs. */
export function reindexKnowledge(terminal: Terminal): Promise<number> {
  return withSemantic(terminal, async ({ knowledge, semantic }) => {
    await knowledge.reindex('cli');
    await semantic?.build();
    await semantic?.settled();
    const status = await semantic?.status();
    const { active, building, problem } = status ?? { active: null, building: null, problem: null };
    if (building !== null && problem === null) {
      terminal.say('The server that runs builds the index; GET /knowledge/status tells how far it is.');
      return 0;
    }
    if (problem !== null) {
      terminal.say(`The index could not be built: ${problem}`);
      return 1;
    }
    terminal.say(
      active === null
        ? 'The knowledge is empty: there is nothing to index.'
        : `${many(active.vectors, 'passage')} read by ${active.model}.`,
    );
    return 0;
  });
}

/** Takes files in; one that was taken in before under the same name is replaced. */
export function addDocuments(files: readonly string[], json: boolean, terminal: Terminal): Promise<number> {
  const uploads = files.map(readUpload);
  return changingKnowledge(terminal, async (knowledge) => {
    const known = new Map((await allDocuments(knowledge)).map((document) => [document.source, document.id]));
    let failed = 0;
    for (const upload of uploads) {
      const document = await takeIn(knowledge, upload, { id: known.get(`upload:${upload.name}`), terminal });
      if (document === null) failed++;
      else if (json) await terminal.write(`${JSON.stringify(presentDocument(document))}\n`);
    }
    return failed > 0 ? 1 : 0;
  });
}

/** null when its content cannot be read, which is told; the others go on. */
async function takeIn(
  knowledge: Knowledge,
  upload: DocumentUpload,
  { id, terminal }: { id: string | undefined; terminal: Terminal },
): Promise<KnowledgeDocument | null> {
  try {
    const document =
      id === undefined
        ? await knowledge.addDocument(upload, 'cli')
        : await knowledge.replaceDocument(id, upload, 'cli');
    terminal.say(`${upload.name}: ${id === undefined ? 'added' : 'replaced'}, ${many(document.chunks, 'passage')}`);
    if (document.warning !== null) terminal.say(`  ${document.warning}`);
    return document;
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.code !== 'file-unreadable') throw error;
    terminal.say(error.message);
    return null;
  }
}

function readUpload(path: string): DocumentUpload {
  const contentType = readableTypeOf(path);
  if (contentType === null)
    throw new SignalboxError(
      'file-unreadable',
      `${path}: only .md, .markdown, .txt, .html, .htm, .pdf and .docx are read. Save it as one of them.`,
    );
  try {
    return { name: basename(path), contentType, bytes: readFileSync(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const words = code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`;
    throw new SignalboxError('file-unreadable', words, { cause: error });
  }
}

async function allDocuments(knowledge: Knowledge): Promise<KnowledgeDocument[]> {
  const documents: KnowledgeDocument[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await knowledge.listDocuments(cursor === '' ? { limit: 200 } : { limit: 200, cursor });
    documents.push(...page.items);
    cursor = page.nextCursor;
  }
  return documents;
}

/** Takes out documents that were added one by one, by their name with or without `upload:`. */
export function removeDocuments(names: readonly string[], terminal: Terminal): Promise<number> {
  return withKnowledge(terminal, async (knowledge) => {
    const known = new Map((await allDocuments(knowledge)).map((document) => [document.source, document.id]));
    let failed = 0;
    for (const name of names) {
      const source = /^(?:upload|article):/.test(name) ? name : `upload:${name}`;
      const id = known.get(source);
      if (id !== undefined) await knowledge.removeDocument(id, 'cli');
      else failed++;
      if (id !== undefined) terminal.say(`${source}: removed`);
      else if (known.has(name)) terminal.say(`${name} is a file of the folder: take it out there, then sync.`);
      else terminal.say(`There is no document ${source}; "signalbox knowledge list" shows all.`);
    }
    return failed > 0 ? 1 : 0;
  });
}

/** Makes the stored documents equal to a folder; those that were added one by one stay. */
export function syncDocuments(folder: string | undefined, json: boolean, terminal: Terminal): Promise<number> {
  const usual = documentsFolder(readConfiguration().config);
  const chosen = folder === undefined ? usual : resolve(folder);
  return changingKnowledge(terminal, async (knowledge) => {
    const report = await knowledge.syncFolder(chosen);
    if (json) await terminal.write(`${JSON.stringify(report)}\n`);
    const { added, changed, moved, removed, unchanged, problems } = report;
    // A file that cannot be read is listed among the new ones as well.
    const unread = new Set(problems.map(({ source }) => source));
    const read = added.filter((source) => !unread.has(source)).length;
    terminal.say(
      `${chosen}: ${read} added, ${changed.length} changed, ${moved.length} moved, ${removed.length} removed, ${unchanged} unchanged`,
    );
    for (const { source, problem } of problems) terminal.say(`  ${source}: ${problem}`);
    for (const { source, warning } of (await knowledge.status()).warnings) terminal.say(`  ${source}: ${warning}`);
    if (chosen !== usual)
      terminal.say(`The server looks at ${usual}; set DOCUMENTS_PATH=${chosen} so that it keeps to this folder.`);
    return problems.length > 0 ? 1 : 0;
  });
}

export interface SearchOptions {
  readonly limit: number;
  readonly category?: string;
  readonly language?: 'en' | 'de';
  readonly json?: true;
}

export function searchDocuments(words: string, options: SearchOptions, terminal: Terminal): Promise<number> {
  return withSemantic(terminal, async ({ knowledge }) => {
    const { category, limit } = options;
    const language = options.language ?? detectLanguage(words).language;
    const found = await knowledge.search(words, {
      language,
      limit,
      category: category ?? null,
      filterCategory: category !== undefined,
    });
    for (const { document, heading, text, score } of found.passages) {
      const line = options.json
        ? JSON.stringify({ document, heading, text, score })
        : `${score.toFixed(2)}  ${heading || document}\n      ${text.replaceAll('\n', '\n      ')}\n`;
      await terminal.write(`${line}\n`);
    }
    if (!found.found) terminal.say('Nothing in the knowledge answers this.');
    return 0;
  });
}

export function listDocuments(json: boolean, terminal: Terminal): Promise<number> {
  return withKnowledge(terminal, async (knowledge) => {
    const documents = await allDocuments(knowledge);
    if (json) {
      for (const document of documents) await terminal.write(`${JSON.stringify(presentDocument(document))}\n`);
    } else {
      const rows = documents.map((d) => [
        d.source,
        d.language,
        String(d.chunks),
        d.title,
        d.problem ?? d.warning ?? '',
      ]);
      await terminal.write(table([['source', 'language', 'passages', 'title', ''], ...rows], 'left'));
    }
    const { chunks, lastSync, version } = await knowledge.status();
    const synced = lastSync === null ? 'never synchronised' : `synchronised ${lastSync.toISOString()}`;
    terminal.say(`${many(documents.length, 'document')}, ${many(chunks, 'passage')}, version ${version}, ${synced}`);
    return 0;
  });
}
