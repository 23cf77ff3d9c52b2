import { appendToLedger, type Clock, type Db, type Log, type NewId, type Trx } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import {
  changeKnowledge,
  type PreparedDocument,
  prepareDocument,
  type Workshop,
  writePrepared,
} from './change-documents.ts';
import { readDocument } from './documents/read-document.ts';
import { addArticle } from './gaps/add-article.ts';
import { createMemory, versionName } from './retrieval/memory.ts';
import { explain, search } from './retrieval/search.ts';
import type { Synonyms } from './retrieval/synonyms.ts';
import type { Semantic } from './semantic/open-semantic.ts';
import { splitCompoundsAnew } from './split-compounds-anew.ts';
import {
  type DocumentRow,
  deleteDocument,
  findDocument,
  listDocumentRows,
  notSynchronised,
  readDocumentText,
  readFolderProblem,
  readLastSync,
  readProblems,
  readVersion,
  readWarnings,
} from './stores/documents.ts';
import { syncDocuments } from './sync-documents.ts';
import type {
  DocumentPage,
  DocumentUpload,
  Knowledge,
  KnowledgeDocument,
  KnowledgeStatus,
  SyncReport,
} from './types.ts';

export interface KnowledgeParts {
  readonly db: Db;
  readonly transaction: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** `readSynonyms('starter/synonyms.json')` */
  readonly synonyms: Synonyms;
  /** Search by meaning, from `openSemantic`; without it by words alone. */
  readonly semantic?: Semantic | null;
}

/** The knowledge of one database. Any number of processes may have one each on the same database. */
export function createKnowledge(parts: KnowledgeParts): Knowledge {
  const memory = createMemory(parts.db);
  const shop: Workshop = { ...parts, memory };
  const semantic = parts.semantic ?? null;
  const searcher = { db: parts.db, memory, synonyms: parts.synonyms, semantic: semantic?.index ?? null };
  let running: Promise<SyncReport> | null = null;
  const presentVersion = async () => versionName(await readVersion(parts.db));
  return {
    async search(query, options) {
      const verdict = await search(searcher, query, options);
      semantic?.notice(Number.parseInt(verdict.knowledgeVersion, 10));
      return verdict;
    },
    explain: (query, options) => explain(searcher, query, options),
    status: async () => ({ ...(await readStatus(parts.db)), semantic: (await semantic?.status()) ?? null }),
    reindex: (actor) => reindex(parts, actor),
    buildVectors: async () => semantic?.build(),
    version: presentVersion,
    syncFolder(folder) {
      running ??= (async () => {
        const found = await syncDocuments(shop, folder);
        const report = { ...found, version: await presentVersion() };
        if (report.problems.length > 0)
          parts.log.warn({ problems: report.problems }, 'documents that could not be read');
        return report;
      })().finally(() => {
        running = null;
      });
      return running;
    },
    noteUnreadFolder: (problem) => noteUnreadFolder(parts, problem),
    addDocument: (upload, actor) => addDocument(shop, upload, actor),
    addArticle: (article, actor) => addArticle(shop, article, actor),
    replaceDocument: (id, upload, actor) => replaceDocument(shop, id, upload, actor),
    removeDocument: (id, actor) => removeDocument(shop, id, actor),
    async readDocument(id) {
      const row = await findDocument(parts.db, { id });
      if (!row) throw unknownDocument(id);
      return { ...toDocument(row), text: await readDocumentText(parts.db, id) };
    },
    listDocuments: (page) => listDocuments(parts.db, page),
  };
}

const unknownDocument = (id: string) => new SignalboxError('not-found', `There is no document ${id}.`);

async function reindex({ semantic, transaction, clock }: KnowledgeParts, actor: string): Promise<void> {
  if (!semantic)
    throw new SignalboxError(
      'invalid-state',
      'There is no semantic index: EMBEDDING_PROVIDER is none. Set another one.',
    );
  await semantic.reindex(`asked for by ${actor}`);
  const entry = {
    at: clock.now(),
    actor,
    action: 'index-begun',
    subjectType: 'knowledge',
    subjectId: 'vectors',
    data: {},
  };
  await transaction((trx) => appendToLedger(trx, [entry]));
}

async function noteUnreadFolder({ db, clock }: KnowledgeParts, problem: string): Promise<void> {
  if ((await readFolderProblem(db)) === problem) return;
  await appendToLedger(db, [
    {
      at: clock.now(),
      actor: 'system',
      action: notSynchronised,
      subjectType: 'knowledge',
      subjectId: 'folder',
      data: { problem },
    },
  ]);
}

async function prepareUpload(
  shop: Workshop,
  upload: DocumentUpload,
  at: { id: string; source: string },
): Promise<PreparedDocument> {
  const reading = await readDocument(upload.name, upload.contentType, upload.bytes);
  if (reading.problem !== null) {
    throw new SignalboxError('file-unreadable', `${upload.name} cannot be taken in: ${reading.problem}`);
  }
  return prepareDocument(shop, { ...at, contentType: upload.contentType, reading });
}

async function addDocument(shop: Workshop, upload: DocumentUpload, actor: string): Promise<KnowledgeDocument> {
  const id = shop.newId();
  const source = `upload:${upload.name}`;
  const prepared = await prepareUpload(shop, upload, { id, source });
  await changeKnowledge(shop, async (trx) => {
    const other = await findDocument(trx, { source });
    if (other) {
      throw new SignalboxError(
        'already-done',
        `A document named ${upload.name} is there already; replace it with PUT /knowledge/documents/${other.id}.`,
      );
    }
    await writePrepared(trx, prepared);
    return { actor, action: 'document-added', documentId: id, data: { source, hash: prepared.document.hash } };
  });
  await splitCompoundsAnew(shop);
  return readBack(shop, id);
}

async function replaceDocument(
  shop: Workshop,
  id: string,
  upload: DocumentUpload,
  actor: string,
): Promise<KnowledgeDocument> {
  const before = await findDocument(shop.db, { id });
  if (!before) throw unknownDocument(id);
  const prepared = await prepareUpload(shop, upload, { id, source: before.source });
  await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id });
    if (!now) throw unknownDocument(id);
    if (now.content_hash === prepared.document.hash) return null;
    await writePrepared(trx, { ...prepared, document: { ...prepared.document, source: now.source } });
    return {
      actor,
      action: 'document-replaced',
      documentId: id,
      data: { source: now.source, hash: prepared.document.hash },
    };
  });
  await splitCompoundsAnew(shop);
  return readBack(shop, id);
}

async function removeDocument(shop: Workshop, id: string, actor: string): Promise<void> {
  await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id });
    if (!now) throw unknownDocument(id);
    await deleteDocument(trx, now.id);
    return { actor, action: 'document-removed', documentId: now.id, data: { source: now.source } };
  });
  await splitCompoundsAnew(shop);
}

async function readBack(shop: Workshop, id: string): Promise<KnowledgeDocument> {
  const row = await findDocument(shop.db, { id });
  if (!row) throw unknownDocument(id);
  return toDocument(row);
}

async function readStatus(db: Db): Promise<Omit<KnowledgeStatus, 'semantic'>> {
  const row = await readVersion(db);
  const folder = await readFolderProblem(db);
  const problems = await readProblems(db);
  return {
    documents: row?.documents ?? 0,
    chunks: row?.chunks ?? 0,
    version: versionName(row),
    lastSync: await readLastSync(db),
    warnings: await readWarnings(db),
    stale: folder === null ? problems : [{ source: 'DOCUMENTS_PATH', problem: folder }, ...problems],
  };
}

async function listDocuments(db: Db, page: { limit: number; cursor?: string }): Promise<DocumentPage> {
  const rows = await listDocumentRows(db, page.limit + 1, page.cursor ?? null);
  const items = rows.slice(0, page.limit).map(toDocument);
  return { items, nextCursor: rows.length > page.limit ? items.at(-1)!.id : null };
}

function toDocument(row: DocumentRow): KnowledgeDocument {
  return {
    id: row.id,
    source: row.source,
    title: row.title,
    language: row.language,
    category: row.category,
    contentType: row.content_type,
    chunks: row.chunks,
    problem: row.problem,
    warning: row.warning,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
