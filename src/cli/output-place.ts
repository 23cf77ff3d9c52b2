import { accessSync, closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SignalboxError } from '../ticket/index.ts';
import { UsageError } from './terminal.ts';

/*
 * Where `--out` points is looked at before the work: a run of an hour must not end in a folder that is not there, nor
 * in place of a file that somebody else has written.
 */

/** What every line of a command's own result has; a file with such lines may be made anew. */
export const ownLines = {
  triage: ['row', 'ticket_id', 'urgency_score', 'model_used', 'assignment'],
  answer: ['row', 'ticket_id', 'interaction_id', 'final_answer'],
} as const satisfies Record<string, readonly string[]>;

/** @throws `file-unreadable` when nothing can be written there, UsageError when it is the file that is read */
export function requireOutputPlace(source: string, out: string): void {
  if (source !== '-' && resolve(source) === resolve(out))
    throw new UsageError(`--out names the file that is read (${out}); choose another name.`);
  const there = lookAt(out);
  if (there?.isDirectory()) throw refused(`${out} is a folder; name a file in it with --out.`);
  if (there !== null && !there.isFile())
    throw refused(`${out} is no ordinary file. Leave --out away and send the output there with > instead.`);
  const folder = dirname(resolve(out));
  const around = lookAt(folder);
  if (around === null) throw refused(`There is no folder ${folder} for --out; make it, or choose another.`);
  if (!around.isDirectory()) throw refused(`${folder} is no folder; choose another place for --out.`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refused(`The folder ${folder} may not be written by this user; choose another place for --out.`, error);
  }
}

/** A file that is there is replaced only when `command` has written it (`head`: its first line as CSV), or when it is empty. */
export function requireOwnResult(out: string, command: keyof typeof ownLines, head?: string): void {
  if (lookAt(out) === null) return;
  const line = firstLine(out);
  if (line === '' || isOwn(line, ownLines[command]) || line.replace('\ufeff', '').trim() === head) return;
  throw refused(
    `${out} is there already and is no result of signalbox ${command}, so it is not overwritten. Remove it, or choose another --out.`,
  );
}

function isOwn(line: string, keys: readonly string[]): boolean {
  try {
    const found: unknown = JSON.parse(line);
    return typeof found === 'object' && found !== null && keys.every((key) => Object.hasOwn(found, key));
  } catch {
    return false;
  }
}

/** Longest line of ours: an answer of some ten thousand characters, with its passages. */
const longestLine = 4 * 1024 * 1024;

function firstLine(path: string): string {
  const handle = openFile(path);
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(handle).size, longestLine));
    const text = bytes.subarray(0, readSync(handle, bytes)).toString('utf8');
    return text.split('\n', 1)[0]!.trim() || text.trim();
  } finally {
    closeSync(handle);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw refused(`${path} is there already and may not be read by this user; choose another --out.`, error);
  }
}

/** null when there is nothing. */
function lookAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw refused(`${path} cannot be looked at (${code}); choose another --out.`, error);
  }
}

const refused = (words: string, cause?: unknown) => new SignalboxError('file-unreadable', words, { cause });
