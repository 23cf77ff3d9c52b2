import { appendToLedger } from '../platform/index.ts';
import { type ChangeNote, changeKnowledge, prepareDocument, type Workshop, writePrepared } from './change-documents.ts';
import { type FolderFile, type LockedFolder, readFolder } from './read-folder.ts';
import { splitCompoundsAnew } from './split-compounds-anew.ts';
import { deleteDocument, findDocument, moveDocument, readFolderDocuments } from './stores/documents.ts';
import type { SyncReport } from './types.ts';

type Known = Map<string, { id: string; hash: string; title: string }>;
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
    if ('lockedFolder' in file) {
      keepLocked(file, known, seen, found);
      continue;
    }
    seen.add(file.source);
    if (file.reading.problem !== null) found.problems.push({ source: file.source, problem: file.reading.problem });
    const before = known.get(file.source);
    if (!before) fresh.push(file);
    else if (before.hash === file.reading.hash) found.unchanged++;
    else await replaceFile(shop, file, before.id, found);
  }
  const gone: Known = new Map([...known].filter(([source]) => !seen.has(source)));
  for (const file of fresh) await takeNewFile(shop, file, gone, found);
  for (const [source, { id }] of gone) await removeFile(shop, source, id, found);
  await splitCompoundsAnew(shop);
  await noteSync(shop, found);
  return found;
}

/** What was stored from a folder that cannot be looked into counts as seen. */
function keepLocked(locked: LockedFolder, known: Known, seen: Set<string>, found: Found): void {
  const prefix = `${locked.lockedFolder}/`;
  found.problems.push({ source: prefix, problem: locked.problem });
  for (const source of known.keys()) if (source.startsWith(prefix)) seen.add(source);
}

/** The same content under another path is the same document that moved: its passages keep their ids. */
async function takeNewFile(shop: Workshop, file: FolderFile, gone: Known, found: Found): Promise<void> {
  const title = file.reading.document?.title;
  const from = [...gone].find(([, before]) => before.hash === file.reading.hash && before.title === title);
  if (!from) return addFile(shop, file, found);
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

async function addFile(shop: Workshop, file: FolderFile, found: Found): Promise<void> {
  const prepared = await prepareDocument(shop, { ...file, id: shop.newId() });
  const note = await changeKnowledge(shop, async (trx) => {
    if (await findDocument(trx, { source: file.source })) return null;
    await writePrepared(trx, prepared);
    return system('document-added', prepared.document.id, { source: file.source, hash: file.reading.hash });
  });
  if (note) found.added.push(file.source);
}

async function replaceFile(shop: Workshop, file: FolderFile, id: string, found: Found): Promise<void> {
  const prepared = await prepareDocument(shop, { ...file, id });
  const note = await changeKnowledge(shop, async (trx) => {
    const now = await findDocument(trx, { id });
    if (!now || now.content_hash === file.reading.hash) return null;
    await writePrepared(trx, prepared);
    return system('document-replaced', id, { source: file.source, hash: file.reading.hash });
  });
  if (note) found.changed.push(file.source);
}

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
