import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { SignalboxError } from '../ticket/index.ts';

/*
 * `--out FILE` of a long run:
 *   FILE.part       the lines so far; FILE.part.json  whose they are
 *   FILE.made       FILE as it is being written anew in another form, where that is asked for
 *   FILE            only when the run has come to its end
 * A run that was cut off anywhere, kill -9 included, goes on after the last whole line. Rows between that line and the
 * cut are done again; stored ones are recognised by their key, so that nothing is stored twice.
 */

/** What must be the same for two runs to be one. */
export interface RunIdentity {
  /** SHA-256 of the content that is read. */
  readonly source: string;
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface OutputFile {
  /** The last row that an earlier run has written; 0 when there was none. */
  readonly lastRow: number;
  write(text: string): Promise<void>;
  /** The run is complete: FILE.part becomes FILE, as it is or as `convert` writes it from one path to the other. */
  finish(convert?: (from: string, to: string) => Promise<void>): Promise<void>;
  /** The run stops here and may go on later. */
  close(): Promise<void>;
}

/** @throws `file-unreadable` when FILE.part belongs to another run, or the place cannot be written */
export async function openOutputFile(path: string, identity: RunIdentity): Promise<OutputFile> {
  const part = `${path}.part`;
  const note = `${part}.json`;
  const earlier = await readNote(note);
  const handle = await openPart(part);
  try {
    const size = (await handle.stat()).size;
    if (size > 0) refuseOther({ part, note, earlier, identity });
    const { length, lastRow } = await lastWholeLine(handle, size, part);
    await handle.truncate(length);
    await writeFile(note, JSON.stringify(identity));
    let at = length;
    return {
      lastRow,
      async write(text) {
        const bytes = Buffer.from(text);
        await handle.write(bytes, 0, bytes.length, at);
        at += bytes.length;
      },
      async finish(convert) {
        await handle.sync();
        await handle.close();
        await (convert === undefined ? rename(part, path) : convertTo(path, part, convert));
        await rm(note, { force: true });
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** FILE.part stays until FILE is whole: a run that is cut off here goes on here. */
async function convertTo(path: string, part: string, convert: (from: string, to: string) => Promise<void>) {
  const made = `${path}.made`;
  await convert(part, made);
  await rename(made, path);
  await rm(part, { force: true });
}

async function readNote(note: string): Promise<RunIdentity | null> {
  try {
    return JSON.parse(await readFile(note, 'utf8')) as RunIdentity;
  } catch {
    return null;
  }
}

async function openPart(part: string): Promise<FileHandle> {
  try {
    return await open(part, 'r+');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return open(part, 'wx+');
    throw new SignalboxError('file-unreadable', `${part} cannot be written (${code}); choose another --out.`, {
      cause: error,
    });
  }
}

function refuseOther(found: { part: string; note: string; earlier: RunIdentity | null; identity: RunIdentity }): void {
  const { part, note, earlier, identity } = found;
  const other =
    earlier === null
      ? 'a run that nothing is known of'
      : earlier.source !== identity.source
        ? 'another file, or an earlier state of it'
        : earlier.model !== identity.model
          ? `another model (${earlier.model}, now ${identity.model})`
          : JSON.stringify(earlier.options) !== JSON.stringify(identity.options)
            ? 'a run with other options'
            : null;
  if (other === null) return;
  throw new SignalboxError(
    'file-unreadable',
    `${part} is the beginning of ${other}. Remove it and ${note} to begin anew, or choose another --out.`,
  );
}

/** Length up to the last line break, and the row of that line. */
async function lastWholeLine(
  handle: FileHandle,
  size: number,
  part: string,
): Promise<{ length: number; lastRow: number }> {
  // A line is a few hundred bytes; an answer with its passages may have some ten thousand.
  for (let window = 65_536; size > 0; window *= 4) {
    const from = Math.max(0, size - window);
    const tail = Buffer.alloc(size - from);
    await handle.read(tail, 0, tail.length, from);
    const end = tail.lastIndexOf(10);
    const start = end < 0 ? -1 : tail.lastIndexOf(10, end - 1);
    if (end >= 0 && (start >= 0 || from === 0)) {
      return { length: from + end + 1, lastRow: rowOf(tail.toString('utf8', start + 1, end), part) };
    }
    if (from === 0) break;
  }
  return { length: 0, lastRow: 0 };
}

function rowOf(line: string, part: string): number {
  try {
    const { row } = JSON.parse(line) as { row?: unknown };
    if (typeof row === 'number' && Number.isInteger(row)) return row;
  } catch {
    // Said below.
  }
  throw new SignalboxError(
    'file-unreadable',
    `The last line of ${part} is not of ours. Remove the file to begin anew.`,
  );
}
