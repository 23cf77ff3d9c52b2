import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { SignalboxError } from '../ticket/index.ts';
import { type ReportFiles, reportFileNames } from '../triage/index.ts';
import { UsageError } from './terminal.ts';

/*
 * A model and its report are made beside their places, in a folder of their own, and moved when both are whole: a run
 * that is ended, or a disk that is full, leaves what was there before. What somebody else has written is not replaced.
 */

/**
 * @param model where the model goes, if one is written
 * @throws `file-unreadable` when the report cannot go there, UsageError when the model would stand in it
 */
export function requireReportPlace(folder: string, model?: string): void {
  if (model !== undefined && `${resolve(model)}${sep}`.startsWith(`${resolve(folder)}${sep}`))
    throw new UsageError(
      `--out names a place in the report folder (${folder}), which is replaced as a whole; choose another.`,
    );
  const around = dirname(resolve(folder));
  if (!existsSync(around)) throw refused(`There is no folder ${around} for --report; make it, or choose another.`);
  requireWritable(around);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw refused(
      `${folder} is there already and is no folder, so the report cannot go there. Choose another --report.`,
    );
  const names = readdirSync(folder);
  const foreign = names.find((name) => !reportFileNames.some((own) => own === name));
  if (foreign !== undefined)
    throw refused(
      `${folder} holds ${foreign}, which is no file of a report, so it is not overwritten. Choose another --report, or move that file away.`,
    );
  if (names.length > 0 && !isReport(join(folder, 'report.json')))
    throw refused(`${folder} is no report that signalbox wrote, so it is not overwritten. Choose another --report.`);
}

/** Before the work: a report is made beside its place. */
function requireWritable(around: string): void {
  try {
    accessSync(around, constants.W_OK | constants.X_OK);
  } catch {
    throw refused(`The folder ${around} may not be written by this user; choose another place for --report.`);
  }
}

function isReport(path: string): boolean {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof found === 'object' && found !== null && 'report' in found && 'kind' in found && 'twins' in found;
  } catch {
    return false;
  }
}

/** The first bytes of every model. */
const modelStart = Buffer.from('SBXMODEL');

/** @throws `file-unreadable` when a file stands there that is no model */
export function requireOwnModel(out: string): void {
  if (!existsSync(out)) return;
  const handle = openSync(out, 'r');
  const start = Buffer.alloc(modelStart.length);
  const length = readSync(handle, start);
  closeSync(handle);
  if (length === 0 || start.equals(modelStart)) return;
  throw refused(
    `${out} is there already and is no model of signalbox train, so it is not overwritten. Remove it, or choose another --out.`,
  );
}

export interface ReportPlaces {
  /** Null: no model is written. */
  readonly model: { readonly path: string; readonly bytes: Uint8Array } | null;
  readonly folder: string;
  readonly files: ReportFiles;
}

/** Both or nothing. @throws `storage-full`, or what the system says */
export function writeResult({ model, folder, files }: ReportPlaces): void {
  const [place, name] = [resolve(folder), basename(resolve(folder))];
  const part = model === null ? null : `${model.path}.part-${process.pid}`;
  let beside: string | null = null;
  try {
    beside = mkdtempSync(join(dirname(place), `.${name}.part-`));
    const fresh = join(beside, 'report');
    mkdirSync(fresh);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(fresh, file), content);
    if (model !== null && part !== null) writeFileSync(part, model.bytes);
    replaceFolder(place, fresh, { before: join(beside, 'before'), finish: () => moveModel(part, model?.path) });
  } catch (error) {
    throw explain(error, folder);
  } finally {
    if (beside !== null) rmSync(beside, { recursive: true, force: true });
    if (part !== null) rmSync(part, { force: true });
  }
}

const moveModel = (part: string | null, path: string | undefined): void => {
  if (part !== null && path !== undefined) renameSync(part, path);
};

/** What stood there comes back when `finish` fails. */
function replaceFolder(place: string, fresh: string, more: { before: string; finish: () => void }): void {
  const there = existsSync(place);
  let moved = false;
  if (there) renameSync(place, more.before);
  try {
    renameSync(fresh, place);
    moved = true;
    more.finish();
  } catch (error) {
    if (moved) renameSync(place, fresh);
    if (there) renameSync(more.before, place);
    throw error;
  }
}

function explain(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new SignalboxError(
      'storage-full',
      `The disk is full; nothing was written to ${folder}. Free some space, or choose another place.`,
      { cause: error },
    );
  return error;
}

const refused = (words: string) => new SignalboxError('file-unreadable', words);
