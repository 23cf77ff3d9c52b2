import { setImmediate as nextTurn } from 'node:timers/promises';
import { appendToLedger, type Clock, type Db, type NewId, type Trx } from '../platform/index.ts';
import { chunksIn } from './documents/chunk-document.ts';
import { readChunk } from './documents/find-order.ts';
import { hashBytes, type ReadableDocument, type Reading } from './documents/read-document.ts';
import { compoundSplitter, indexText } from './indexing/index-text.ts';
import type { Memory } from './retrieval/memory.ts';
import type { NewChunk } from './stores/chunks.ts';
import { replaceChunks } from './stores/chunks.ts';
import { appendVersion, type DocumentToWrite, lockKnowledge, writeDocument } from './stores/documents.ts';

/** Chunks made between two turns of the event loop. */
const chunksAtOnce = 3;

/** What every change of the knowledge needs. */
export interface Workshop {
  readonly db: Db;
  readonly transaction: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly memory: Memory;
}

export interface ChangeNote {
  readonly actor: string;
  /** document-added, document-replaced, document-moved, document-removed */
  readonly action: string;
  readonly documentId: string;
  readonly data: Record<string, unknown>;
}

/**
 * One change in one transaction: lock, change, version row, ledger row. `work` gives null when there was nothing
 * left to do (another process did it while this one waited for the lock).
 */
export async function changeKnowledge(
  shop: Workshop,
  work: (trx: Trx) => Promise<ChangeNote | null>,
): Promise<ChangeNote | null> {
  return shop.transaction(async (trx) => {
    await lockKnowledge(trx);
    const note = await work(trx);
    if (!note) return null;
    const at = shop.clock.now();
    const version = await appendVersion(trx, at);
    await appendToLedger(trx, [
      {
        at,
        actor: note.actor,
        action: note.action,
        subjectType: 'document',
        subjectId: note.documentId,
        data: { ...note.data, knowledge_version: version.number },
      },
    ]);
    return note;
  });
}

/** A document as it will be stored, with its chunks; made before the transaction, as it takes time. */
export interface PreparedDocument {
  readonly document: DocumentToWrite;
  readonly chunks: readonly NewChunk[];
}

export async function prepareDocument(
  shop: Workshop,
  file: { readonly id: string; readonly source: string; readonly contentType: string; readonly reading: Reading },
): Promise<PreparedDocument> {
  const { document, problem, hash } = file.reading;
  const base = { id: file.id, source: file.source, contentType: file.contentType, hash, at: shop.clock.now() };
  if (!document) {
    const title = file.source.split('/').at(-1)!;
    const unread = { title, language: 'other', category: null, text: '', problem, warning: null } as const;
    return { document: { ...base, ...unread }, chunks: [] };
  }
  const described = { title: document.title, language: document.language, category: document.category };
  const { chunks, warning } = await chunksOf(shop, document);
  return {
    document: { ...base, ...described, contentType: document.contentType, text: document.text, problem: null, warning },
    chunks,
  };
}

/** The chunks, and the first warning of an order to the machine within them. */
async function chunksOf(
  shop: Workshop,
  document: ReadableDocument,
): Promise<{ readonly chunks: readonly NewChunk[]; readonly warning: string | null }> {
  const german = (await shop.memory.current()).indexes.de;
  const partsOf = document.language === 'de' ? compoundSplitter((word) => german.ownCount(word)) : () => [];
  const chunks: NewChunk[] = [];
  let warning: string | null = null;
  for (const chunk of chunksIn(document)) {
    // The ranking is that of the text that will be answered from.
    const { text, warning: found } = readChunk(chunk);
    const searchText = indexText({ ...chunk, text, language: document.language }, partsOf);
    chunks.push({ ...chunk, id: shop.newId(), searchText });
    warning ??= found;
    if (chunks.length % chunksAtOnce === 0) await nextTurn();
  }
  return { chunks, warning };
}

export async function writePrepared(trx: Trx, prepared: PreparedDocument): Promise<void> {
  await writeDocument(trx, prepared.document);
  await replaceChunks(trx, prepared.document, prepared.chunks);
}

/** For a file whose content was not looked at: what its name and reason say. */
export function unreadable(source: string, problem: string): Reading {
  return { document: null, problem, hash: hashBytes(new TextEncoder().encode(`${source}\n${problem}`)) };
}
