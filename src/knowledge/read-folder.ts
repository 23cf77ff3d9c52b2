import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SignalboxError } from '../ticket/index.ts';
import { unreadable } from './change-documents.ts';
import { contentTypeOf, maximumBytes, type Reading, readDocument } from './documents/read-document.ts';

export interface FolderFile {
  /** Path below the folder, with forward slashes. */
  readonly source: string;
  readonly contentType: string;
  readonly reading: Reading;
}

/** A folder below that cannot be looked into: what was stored from there is kept. */
export interface LockedFolder {
  readonly lockedFolder: string;
  readonly problem: string;
}

/**
 * The files below `folder` in the order of their paths, one at a time, so that one file is in memory. Hidden
 * files and folders are passed over; links to files are followed, links to folders are not.
 * @throws SignalboxError `file-unreadable` when the folder itself cannot be read.
 */
export async function* readFolder(folder: string): AsyncGenerator<FolderFile | LockedFolder> {
  for (const source of await listFiles(folder)) {
    if (typeof source !== 'string') {
      yield source;
      continue;
    }
    const contentType = contentTypeOf(source);
    if (contentType === null) {
      const ending = /\.[^./]+$/.exec(source)?.[0] ?? 'without an ending';
      const problem = `Files ${ending} are not read yet. Save it as .md or .txt.`;
      yield { source, contentType: 'application/octet-stream', reading: unreadable(source, problem) };
    } else yield { source, contentType, reading: await readOne(join(folder, source), source, contentType) };
  }
}

async function readOne(path: string, source: string, contentType: string): Promise<Reading> {
  try {
    const { size } = await stat(path);
    // The size decides before 10 GB are read; readDocument says it in words.
    const bytes = size > maximumBytes ? new Uint8Array(maximumBytes + 1) : await readFile(path);
    if (size <= maximumBytes) return readDocument(source, contentType, bytes);
    const { problem } = readDocument(source, contentType, bytes);
    return unreadable(`${source} ${size}`, problem!);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return unreadable(source, `The file cannot be read (${code}). Look at its rights.`);
  }
}

async function listFiles(folder: string): Promise<(string | LockedFolder)[]> {
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

async function listBelow(folder: string, below: string): Promise<(string | LockedFolder)[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found: (string | LockedFolder)[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await listBelow(folder, path).catch((error: NodeJS.ErrnoException) => locked(path, error))));
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, path))))) found.push(path);
  }
  return found;
}

function locked(path: string, error: NodeJS.ErrnoException): LockedFolder[] {
  if (error.code === 'ENOENT') return [];
  const problem = `The folder cannot be read (${error.code ?? 'unknown'}). What was read from it before is kept.`;
  return [{ lockedFolder: path, problem }];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isFile(),
    () => false,
  );
}
