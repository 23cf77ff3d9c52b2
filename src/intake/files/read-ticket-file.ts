import { stat } from 'node:fs/promises';
import { SignalboxError } from '../../ticket/index.ts';
import type { TicketRequest } from '../receive-ticket.ts';
import { type FileSource, isZip, openBytes } from './open-bytes.ts';
import { parseCsv } from './parse-csv.ts';
import { type JsonRecord, parseJsonLines, parseJsonList } from './parse-json.ts';
import { openWorkbook, type WorkbookRow } from './parse-workbook.ts';
import { readText } from './read-text.ts';
import { type Encoding, inspectFile } from './recognise-encoding.ts';
import { type Cell, type ExpectedLabels, labelOf, rowToRequest } from './row-to-request.ts';
import { findColumns, noTable, requireColumn, type TicketColumns } from './ticket-columns.ts';

export interface TicketFileOptions {
  /** What to call it in words; the path unless said. */
  readonly name?: string;
  /** Columns of the text where their names are not the usual ones; of several the first is the subject. */
  readonly text?: readonly string[];
  /** Columns to hand on beside the ticket. A file without one of them is refused. */
  readonly keep?: readonly string[];
  /**
   * Columns that are taken as the sender's word: the priority may then raise ours, the language is not detected. Not
   * by default: in exports they are somebody's labels (a quarter of the published "de" rows are English).
   */
  readonly believe?: readonly ('priority' | 'language')[];
  /** Sheet of a workbook; the first one unless said. */
  readonly sheet?: string;
}

export interface GoodRow {
  readonly kind: 'ticket';
  /** Position in the file, from 1, bad rows counted. */
  readonly row: number;
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  readonly request: TicketRequest;
  readonly expected: ExpectedLabels;
  /** The columns of `keep` that are not empty here. */
  readonly kept: Readonly<Record<string, string>>;
}

export interface BadRow {
  readonly kind: 'bad';
  readonly row: number;
  readonly line: number;
  readonly problem: string;
}

export type FileRow = GoodRow | BadRow;

export interface TicketFile {
  /** SHA-256 of the unpacked content; null for standard input, which is read only once. */
  readonly hash: string | null;
  readonly encoding: Encoding | null;
  /** Bytes of the file as it lies there; null for standard input. */
  readonly size: number | null;
  /** Bytes taken so far, for a progress bar. */
  taken(): number;
  /** In the order of the file; to be read once. Memory stays bounded however long the file is. */
  rows(): AsyncGenerator<FileRow>;
}

/**
 * Opens CSV, JSON or JSONL, also as gzip, in UTF-8, UTF-16 or Windows-1252, or a sheet of an Excel workbook; what it
 * is, its content says, not its name. `-` is standard input. Rows get the key `file:<hash>:<row>`, so that a file stored twice is stored once.
 * @throws `file-unreadable` with what to do
 */
export async function openTicketFile(path: string, options: TicketFileOptions = {}): Promise<TicketFile> {
  const source = { path, name: options.name ?? (path === '-' ? 'standard input' : path) };
  const workbook = path === '-' || !(await isZip(source)) ? null : await openWorkbook(source, options.sheet ?? null);
  if (workbook) {
    const { size } = await stat(path);
    const given = { source, hash: workbook.hash, options };
    const taken = () => Math.round(size * workbook.progress());
    return {
      hash: workbook.hash,
      encoding: null,
      size,
      taken,
      rows: () => readRecords(ofWorkbook(workbook.rows()), given),
    };
  }
  if (options.sheet !== undefined)
    throw new SignalboxError(
      'file-unreadable',
      `${source.name} is no Excel workbook (.xlsx), so it has no sheets. Leave --sheet out.`,
    );
  const inspection = path === '-' ? null : await inspectFile(source);
  const bytes = openBytes(source);
  const hash = inspection?.hash ?? null;
  const encoding = inspection?.encoding ?? null;
  return {
    hash,
    encoding,
    size: path === '-' ? null : (await stat(path)).size,
    taken: bytes.taken,
    rows: () => readRows(readText(source, bytes, encoding), { source, hash, options }),
  };
}

interface RowSource {
  readonly source: FileSource;
  readonly hash: string | null;
  readonly options: TicketFileOptions;
}

/** One record of whatever kind of file: the names of its columns and how to read a cell. */
type RawRecord = { readonly line: number } & (
  | { readonly header: readonly string[] }
  | { readonly problem: string }
  | { readonly names: readonly string[]; readonly cell: Cell }
);

async function* readRows(pieces: AsyncGenerator<string>, given: RowSource): AsyncGenerator<FileRow> {
  yield* readRecords(await recognise(pieces, given.source), given);
}

async function* readRecords(kind: Recognised, given: RowSource): AsyncGenerator<FileRow> {
  const { read, check } = createRowReader(given, kind.kind === 'csv');
  let row = 0;
  let lack: SignalboxError | null = null;
  for await (const record of kind.records) {
    const { line } = record;
    if ('header' in record) {
      lack = check(record.header);
      continue;
    }
    if (lack !== null) throw lack;
    row++;
    yield 'problem' in record ? { kind: 'bad', row, line, problem: record.problem } : read(record, row);
  }
  if (row === 0) refuseNoTable(kind, given);
  if (lack !== null) throw lack;
}

/** Four words before the first comma: the one line of a file is then a sentence. */
const isWrittenOut = (line: string) =>
  line
    .split(/[,;\t|]/, 1)[0]!
    .trim()
    .split(/\s+/).length > 3;

/** A single line without a separator is a text, even when it is the one word "text". */
function refuseNoTable({ kind, firstLine }: Recognised, { source, options }: RowSource): void {
  const named = options.text !== undefined && options.text.length > 0;
  const isText = !/[,;\t|]/.test(firstLine) || isWrittenOut(firstLine);
  if (kind === 'csv' && !named && isText) throw noTable(firstLine, source.name);
}

interface KnownColumns {
  readonly columns: TicketColumns;
  /** Asked for by the caller → as the file writes it. */
  readonly keep: readonly (readonly [string, string])[];
}

/** Columns are found once per set of names: that of a CSV file, the few of a JSON file. */
function createRowReader({ source, hash, options }: RowSource, escapedBreaks: boolean) {
  const believe = new Set(options.believe ?? []);
  const known = new Map<string, KnownColumns | string>();
  let last: { names: readonly string[]; columns: KnownColumns | string } | null = null;

  /** The first row speaks for the file: what it lacks is refused. A later one without text is a bad row. */
  function findAll(names: readonly string[]): KnownColumns | string {
    const first = known.size === 0;
    try {
      const columns = findColumns(names, options.text ?? [], source.name);
      const keep = (options.keep ?? []).map(
        (column) => [column, first ? requireColumn(names, column, source.name) : column] as const,
      );
      return { columns, keep };
    } catch (error) {
      if (first || !(error instanceof SignalboxError)) throw error;
      return `no text in it; its fields are ${names.slice(0, 20).join(', ') || 'none'}`;
    }
  }

  function columnsOf(names: readonly string[]): KnownColumns | string {
    if (last?.names === names) return last.columns;
    const key = names.join('\n');
    const columns = known.get(key) ?? findAll(names);
    // Objects with a thousand different sets of fields are no table; the first ones are remembered.
    if (known.size < 1_000) known.set(key, columns);
    last = { names, columns };
    return columns;
  }

  const read = ({ line, names, cell }: Extract<RawRecord, { names: unknown }>, row: number): FileRow => {
    const found = columnsOf(names);
    if (typeof found === 'string') return { kind: 'bad', row, line, problem: found };
    const { columns, keep } = found;
    const sourceKey = hash === null ? undefined : `file:${hash}:${row}`;
    const request = rowToRequest(cell, { columns, escapedBreaks, believe, sourceKey });
    if (typeof request === 'string') return { kind: 'bad', row, line, problem: request };
    const kept: Record<string, string> = {};
    for (const [column, name] of keep) {
      const label = labelOf(cell(name));
      if (label !== undefined) kept[column] = label;
    }
    return { kind: 'ticket', row, line, request, expected: expectedOf(columns, cell), kept };
  };
  /** A header is looked at before its rows: of a file of bad rows, or of none, its lack would never be said. */
  const check = (names: readonly string[]): SignalboxError | null => {
    try {
      columnsOf(names);
      return null;
    } catch (error) {
      if (error instanceof SignalboxError) return error;
      throw error;
    }
  };
  return { read, check };
}

function expectedOf({ of }: TicketColumns, cell: Cell): ExpectedLabels {
  const expected: Record<string, string> = {};
  for (const role of ['category', 'priority', 'language'] as const) {
    const label = of[role] === undefined ? undefined : labelOf(cell(of[role]));
    if (label !== undefined) expected[role] = label;
  }
  return expected;
}

interface Recognised {
  readonly kind: 'csv' | 'json';
  readonly firstLine: string;
  readonly records: AsyncGenerator<RawRecord>;
}

async function recognise(pieces: AsyncGenerator<string>, source: FileSource): Promise<Recognised> {
  let start = '';
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) break;
    start += next.value;
    if (start.trim() !== '' && (start.includes('\n') || start.length > 100_000)) break;
  }
  async function* all(): AsyncGenerator<string> {
    yield start;
    yield* pieces;
  }
  const head = start.trimStart();
  const firstLine = head.split(/[\r\n]/, 1)[0]!;
  if (head.startsWith('[')) return { kind: 'json', firstLine, records: jsonRecords(parseJsonList(all(), source.name)) };
  if (!head.startsWith('{')) return { kind: 'csv', firstLine, records: csvRecords(all()) };
  const records = isJsonLines(head, source.name) ? parseJsonLines(all()) : parseJsonList(all(), source.name);
  return { kind: 'json', firstLine, records: jsonRecords(records) };
}

/** A first line that is an object by itself, and not the one that holds all tickets. */
function isJsonLines(head: string, name: string): boolean {
  const line = head.split('\n', 1)[0]!.trim();
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return !Array.isArray(value['tickets']);
  } catch {
    return /\.(jsonl|ndjson)(\.gz)?$/i.test(name) || (line.length > 1 && line.endsWith('}'));
  }
}

/** The first row that is not empty names the columns, as in CSV. */
function ofWorkbook(rows: AsyncIterable<WorkbookRow>): Recognised {
  return { kind: 'csv', firstLine: 'a,b', records: tableRecords(rows) };
}

const csvRecords = (pieces: AsyncIterable<string>): AsyncGenerator<RawRecord> => tableRecords(parseCsv(pieces));

type TableRow = { readonly line: number } & ({ readonly problem: string } | { readonly fields: readonly string[] });

async function* tableRecords(rows: AsyncIterable<TableRow>): AsyncGenerator<RawRecord> {
  let names: readonly string[] | null = null;
  let positions = new Map<string, number>();
  for await (const record of rows) {
    if ('problem' in record) yield record;
    else if (names === null) {
      names = record.fields.map((name) => name.trim());
      // Of two columns of one name the first counts.
      positions = new Map(names.map((name, i): [string, number] => [name, i]).reverse());
      yield { line: record.line, header: names };
    } else {
      const { line, fields } = record;
      yield { line, names, cell: (column) => fields[positions.get(column) ?? -1] };
    }
  }
}

async function* jsonRecords(records: AsyncIterable<JsonRecord>): AsyncGenerator<RawRecord> {
  for await (const record of records) {
    if ('problem' in record) {
      yield record;
      continue;
    }
    const { line, value } = record;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      yield { line, problem: 'not an object with the columns of a ticket' };
    else yield { line, names: Object.keys(value), cell: (column) => (value as Record<string, unknown>)[column] };
  }
}
