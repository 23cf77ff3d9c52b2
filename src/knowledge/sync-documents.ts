import { appendToLedger } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { type ChangeNote, changeKnowledge, prepareDocument, type Workshop, writePrepared } from './change-documents.ts';
import type { Reading } from './documents/read-document.ts';
import { type FolderFile, type KeptSource, readFolder } from './read-folder.ts';
import { splitCompoundsAnew } from './split-compounds-anew.ts';
import {
  deleteDocument,
  type FolderDocument,
  findDocument,
  moveDocument,
  readFolderDocuments,
} from './stores/documents.ts';
import type { SyncReport } from './types.ts';

type Known = Map<string, FolderDocument>;
interface Found {
  readonly added: string[];
  readonly changed: string[];
  readonly moved: { from: string; to: string }[];
  readonly removed: string[];
  readonly problems: { source: string; problem: string }[];
  unchanged: number;
}

/**
 * Makes the stored documents equal to the files of a folder: one transaction a change, so that a crash leaves a
 * part done and the next run the rest. Uploaded documents are not touched. The process that comes second finds
 * each change done already and does nothing.
 */
export async function syncDocuments(shop: Workshop, folder: string): Promise<Omit<SyncReport, 'version'>> {
  const found: Found = { added: [], changed: [], moved: [], removed: [], problems: [], unchanged: 0 };
  const known = await readFolderDocuments(shop.db);
  const seen = new Set<string>();
  const fresh: FolderFile[] = [];
  for await (const file of readFolder(folder)) {
    if ('kept' in file) {
      keepSource(file, known, seen, found);
      continue;
    }
    seen.add(file.source);
    const before = known.get(file.source);
    if (!before) fresh.push(file);
    else if (before.hash === file.hash) leaveAsIs(file.source, before, found);
    else await replaceFile(shop, file, before, found);
  }
  if (seen.size === 0) refuseEmpty(folder, known);
  const gone: Known = new Map([...known].filter(([source]) => !seen.has(source)));
  for (const file of fresh) await takeNewFile(shop, file, gone, found);
  for (const [source, { id }] of gone) await removeFile(shop, source, id, found);
  await splitCompoundsAnew(shop);
  await noteSync(shop, found);
  return found;
}

/**
 * A share that is not mounted looks like an empty folder, and the whole knowledge would be gone within a night. A
 * single document may well have been withdrawn.
 */
function refuseEmpty(folder: string, known: Known): void {
  if (known.size < 2) return;
  throw new SignalboxError(
    'file-unreadable',
    `The folder ${folder} is empty, but ${known.size} documents came from it; nothing was removed. Is it mounted? To take them all out, put any one document into it and synchronise again.`,
  );
}

/** What was stored from where nobody can look now counts as seen. */
function keepSource({ kept, problem }: KeptSource, known: Known, seen: Set<string>, found: Found): void {
  found.problems.push({ source: kept, problem });
  for (const source of known.keys())
    if (source === kept || (kept.endsWith('/') && source.startsWith(kept))) seen.add(source);
}

function leaveAsIs(source: string, before: FolderDocument, found: Found): void {
  found.unchanged++;
  if (before.problem !== null) found.problems.push({ source, problem: before.problem });
}

/** The same content under another path is the same document that moved: its passages keep their ids. */
async function takeNewFile(shop: Workshop, file: FolderFile, gone: Known, found: Found): Promise<void> {
  const reading = await file.read();
  if (reading.problem !== null) found.problems.push({ source: file.source, problem: reading.problem });
  const title = reading.document?.title;
  const from = [...gone].find(([, before]) => before.hash === reading.hash && before.title === title);
  if (!from) return addFile(shop, { ...file, reading }, found);
  const [source, { id }] = from;
  gone.delete(source);
  const note = await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id });
    if (now?.source !== source || (await findDocument(trx, { source: file.source }))) return null;
    await moveDocument(trx, id, file.source, shop.clock.now());
    return system('document-moved', id, { from: source, to: file.source });
  });
  if (note) found.moved.push({ from: source, to: file.source });
}

type ReadFile = FolderFile & { readonly reading: Reading };

async function addFile(shop: Workshop, file: ReadFile, found: Found): Promise<void> {
  const prepared = await prepareDocument(shop, { ...file, id: shop.newId() });
  const note = await changeKnowledge(shop, async (trx) => {
    if (await findDocument(trx, { source: file.source })) return null;
    await writePrepared(trx, prepared);
    return system('document-added', prepared.document.id, { source: file.source, hash: file.reading.hash });
  });
  if (note) found.added.push(file.source);
}

/**
 * A document that was readable and no longer is loses its passages: they would be quoted as what stands there now.
 * Its reason says so.
 */
async function replaceFile(shop: Workshop, file: FolderFile, before: FolderDocument, found: Found): Promise<void> {
  const read = await file.read();
  const lost = read.problem !== null && before.problem === null;
  const reading: Reading = lost ? { ...read, problem: `${read.problem} ${passagesGone}` } : read;
  if (reading.problem !== null) found.problems.push({ source: file.source, problem: reading.problem });
  const prepared = await prepareDocument(shop, { ...file, id: before.id, reading });
  const note = await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id: before.id });
    if (!now || now.content_hash === reading.hash) return null;
    await writePrepared(trx, prepared);
    const data = { source: file.source, hash: reading.hash, ...(lost ? { problem: reading.problem } : {}) };
    return system('document-replaced', before.id, data);
  });
  if (note) found.changed.push(file.source);
}

const passagesGone = 'What was known from it before is no longer used.';

async function removeFile(shop: Workshop, source: string, id: string, found: Found): Promise<void> {
  const note = await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id });
    if (now?.source !== source) return null;
    await deleteDocument(trx, id);
    return system('document-removed', id, { source });
  });
  if (note) found.removed.push(source);
}

const system = (action: string, documentId: string, data: Record<string, unknown>): ChangeNote => ({
  actor: 'system',
  action,
  documentId,
  data,
});

async function noteSync(shop: Workshop, found: Found): Promise<void> {
  await appendToLedger(shop.db, [
    {
      at: shop.clock.now(),
      actor: 'system',
      action: 'knowledge-synchronised',
      subjectType: 'knowledge',
      subjectId: 'folder',
      data: {
        added: found.added.length,
        changed: found.changed.length,
        moved: found.moved.length,
        removed: found.removed.length,
        unchanged: found.unchanged,
        problems: found.problems.length,
      },
    },
  ]);
}
