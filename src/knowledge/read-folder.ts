import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { extractLimits, readableTypeOf, tooLarge } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { unreadable } from './change-documents.ts';
import { hashBytes, type Reading, readDocument } from './documents/read-document.ts';

export interface FolderFile {
  /** Path below the folder, with forward slashes. */
  readonly source: string;
  readonly contentType: string;
  /** Of the content, as a reading has it: what is known by it need not be read (a PDF takes a second). */
  readonly hash: string;
  /** Reads the text. The bytes are fetched anew, so that a list of a thousand new files does not hold them. */
  read(): Promise<Reading>;
}

/** What cannot be looked at now: a folder without rights, a file that is being written. What was stored is kept. */
export interface KeptSource {
  /** A path, or the start of the paths of all that lies in a folder (it ends in a slash). */
  readonly kept: string;
  readonly problem: string;
}

/**
 * The files below `folder` in the order of their paths, one at a time, so that one file is in memory. Hidden files and
 * folders, and what Word keeps beside an open document (`~$`), are passed over; links to files are followed as long as they stay within the folder, links to folders are not.
 * @throws SignalboxError `file-unreadable` when the folder itself cannot be read.
 */
export async function* readFolder(folder: string): AsyncGenerator<FolderFile | KeptSource> {
  const entries = await listFiles(folder);
  const root = await realpath(folder);
  for (const source of entries) {
    const file = typeof source === 'string' ? await lookAt(root, source) : source;
    if (file) yield file;
  }
}

async function lookAt(root: string, source: string): Promise<FolderFile | KeptSource | null> {
  const contentType = readableTypeOf(source);
  if (contentType === null) {
    const ending = /\.[^./]+$/.exec(source)?.[0] ?? 'without an ending';
    const words = `Files ${ending} are not read. Save it as .md, .txt, .html, .pdf or .docx.`;
    return refused(source, 'application/octet-stream', words);
  }
  const path = join(root, source);
  try {
    if (!(await realpath(path)).startsWith(root.endsWith(sep) ? root : root + sep))
      return refused(source, contentType, outside);
    const { size } = await stat(path);
    // The size decides before 10 GB are read.
    if (size > extractLimits.bytes) return refused(source, contentType, tooLarge(size).problem);
    const bytes = await readSettled(path);
    if (bytes === null) return { kept: source, problem: unsettled };
    const read = async () => readDocument(source, contentType, await readFile(path), { queue: 'background' });
    const problemOf = (error: NodeJS.ErrnoException) => unreadable(source, cannotBeRead(error));
    return { source, contentType, hash: hashBytes(bytes), read: () => read().catch(problemOf) };
  } catch (error) {
    // It was there a moment ago: somebody removed it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return refused(source, contentType, cannotBeRead(error as NodeJS.ErrnoException));
  }
}

const outside =
  'It is a link to a file outside of the folder of documents, which is not followed. Copy the file into the folder.';
const unsettled = 'The file changed while it was read. It is read at the next synchronisation.';
const cannotBeRead = ({ code }: NodeJS.ErrnoException) =>
  `The file cannot be read (${code ?? 'unknown'}). Look at its rights.`;

/** The bytes of a file that nobody wrote meanwhile; null when it changed three times over. */
async function readSettled(path: string): Promise<Buffer | null> {
  for (let turn = 0; turn < 3; turn++) {
    const before = await stat(path);
    const bytes = await readFile(path);
    const after = await stat(path);
    if (before.mtimeMs === after.mtimeMs && after.size === bytes.length) return bytes;
  }
  return null;
}

function refused(source: string, contentType: string, problem: string): FolderFile {
  const reading = unreadable(source, problem);
  return { source, contentType, hash: reading.hash, read: async () => reading };
}

async function listFiles(folder: string): Promise<(string | KeptSource)[]> {
  try {
    return await listBelow(folder, '');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new SignalboxError(
      'file-unreadable',
      `The folder of documents ${folder} cannot be read (${code}). The knowledge stays as it is; look at DOCUMENTS_PATH.`,
      { cause },
    );
  }
}

async function listBelow(folder: string, below: string): Promise<(string | KeptSource)[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found: (string | KeptSource)[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name.startsWith('~$')) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await listBelow(folder, path).catch((error: NodeJS.ErrnoException) => locked(path, error))));
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, path))))) found.push(path);
  }
  return found;
}

function locked(path: string, error: NodeJS.ErrnoException): KeptSource[] {
  if (error.code === 'ENOENT') return [];
  const problem = `The folder cannot be read (${error.code ?? 'unknown'}). What was read from it before is kept.`;
  return [{ kept: `${path}/`, problem }];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isFile(),
    () => false,
  );
}
