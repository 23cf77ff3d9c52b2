import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { checkZip, listZip } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { FileSource } from './open-bytes.ts';
import type { FromWorkbook, WorkbookRequest } from './workbook-worker.ts';

export const workbookLimits = {
  /** bytes of the file, and of its parts when unpacked */
  packed: 100 * 1024 * 1024,
  unpacked: 500 * 1024 * 1024,
  rows: 200_000,
  /** MB of the thread that reads it. 50,000 tickets of 400 characters: 2 s, the process with this thread 640 MB at most. */
  heap: 1_536,
} as const;

/** One row of a sheet; `line` is its number in the sheet, from 1. Rows without text are left out. */
export interface WorkbookRow {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface Workbook {
  /** SHA-256 of the file and the name of the sheet that was asked for. */
  readonly hash: string;
  /** Share of its rows that were handed on, in [0,1]. */
  progress(): number;
  rows(): AsyncGenerator<WorkbookRow>;
}

/**
 * Opens an Excel workbook (.xlsx); null when the file is none. The whole sheet is in the memory of one thread while its
 * rows are handed on; formulas give the value that was stored with them.
 * @throws `file-unreadable` with what to do: a password, an old .xls, a bomb, no such sheet
 */
export async function openWorkbook(source: FileSource, sheet: string | null): Promise<Workbook | null> {
  const bytes = await readFile(source.path);
  if (!bytes.subarray(0, 4).equals(zipMark)) return null;
  if (bytes.length > workbookLimits.packed) throw refuse(source, 'is larger than 100 MB. Save it as CSV (UTF-8) first');
  if (!listZip(bytes)?.some((entry) => entry.name === 'xl/workbook.xml')) return null;
  const problem = checkZip(bytes, workbookLimits.unpacked);
  if (problem !== null) throw refuse(source, words[problem]);
  const hash = createHash('sha256').update(bytes);
  if (sheet !== null) hash.update(`\n${sheet}`);
  let progress = 0;
  const heard = (share: number) => {
    progress = share;
  };
  return { hash: hash.digest('hex'), progress: () => progress, rows: () => readRows(source, sheet, heard) };
}

const zipMark = Buffer.from('504b0304', 'hex');

const words = {
  damaged: 'is damaged: its parts cannot be unpacked. Save it again in Excel',
  encrypted: 'is protected by a password. Save it without one',
  'too-large': 'unpacks to more than 500 MB or lies about its size, as a ZIP bomb does. Save it as CSV (UTF-8) first',
} as const;

const refuse = (source: FileSource, said: string) => new SignalboxError('file-unreadable', `${source.name} ${said}.`);

async function* readRows(
  source: FileSource,
  sheet: string | null,
  heard: (share: number) => void,
): AsyncGenerator<WorkbookRow> {
  let line = 0;
  let found = false;
  for await (const message of readInWorker({ path: source.path, sheet })) {
    if ('problem' in message) throw refuse(source, problemOf(message, sheet));
    if ('end' in message) break;
    if (message.of > workbookLimits.rows) throw refuse(source, tooManyRows(message.of));
    for (const fields of message.rows) {
      line++;
      if (isEmpty(fields)) continue;
      found = true;
      yield { line, fields };
    }
    heard(line / message.of);
  }
  if (!found)
    throw refuse(
      source,
      `holds no rows on ${sheet === null ? 'its first sheet. Name another with --sheet' : 'that sheet'}`,
    );
}

const isEmpty = (fields: readonly string[]) => fields.every((field) => field.trim() === '');

const tooManyRows = (rows: number) =>
  `has ${rows.toLocaleString('en')} rows; at most 200,000 are read. Save it as CSV (UTF-8), which has no limit`;

function problemOf(message: Extract<FromWorkbook, { problem: string }>, sheet: string | null): string {
  if (message.problem === 'no-sheet')
    return `has no sheet ${JSON.stringify(sheet)}. Its sheets are: ${message.sheets.join(', ')}`;
  return `cannot be read as a workbook (${message.words}). Save it again in Excel, or as CSV (UTF-8)`;
}

/** The messages of the thread, in order; it ends with the last one or when nobody listens any more. */
async function* readInWorker(request: WorkbookRequest): AsyncGenerator<FromWorkbook> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: workbookLimits.heap },
  });
  const waiting: FromWorkbook[] = [];
  let news = Promise.withResolvers<void>();
  let ended = false;
  const tell = (message: FromWorkbook) => {
    waiting.push(message);
    news.resolve();
  };
  worker.on('message', tell);
  worker.on('error', (error: NodeJS.ErrnoException) =>
    tell({
      problem: 'damaged',
      words: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs too much memory' : error.message,
    }),
  );
  worker.on('exit', () => {
    ended = true;
    news.resolve();
  });
  try {
    while (!ended || waiting.length > 0) {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) yield next;
      if (ended) return;
      await news.promise;
      news = Promise.withResolvers<void>();
    }
  } finally {
    await worker.terminate();
  }
}
