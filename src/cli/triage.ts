import { type FileRow, type GoodRow, openTicketFile, type TicketFile } from '../intake/index.ts';
import { tellBadRow } from './bad-rows.ts';
import { readConfiguration } from './configuration.ts';
import { many } from './figures.ts';
import { showFileProgress } from './file-progress.ts';
import { type LabelMap, readLabelMap } from './label-map.ts';
import { sheetOf } from './options.ts';
import { type OutputFile, openOutputFile } from './output-file.ts';
import { requireOutputPlace, requireOwnResult } from './output-place.ts';
import { spoolInput } from './spool.ts';
import type { Terminal } from './terminal.ts';
import { openPlainTriage, type RowResult, type RowTriage } from './triage-plain.ts';
import { createSummary, type TriageSummary } from './triage-summary.ts';

export interface TriageOptions {
  readonly store: boolean;
  readonly out?: string;
  readonly model?: string;
  readonly text?: readonly string[];
  readonly sheet?: string;
  readonly believe?: readonly ('priority' | 'language')[];
  /** A column, or true for the one that is known by its name. */
  readonly label?: string | true;
  readonly map?: string;
}

/** Rows that are handed on together, and how many such batches are under way while the next is read. */
const batchRows = 100;
const batchesAhead = 3;

/** `signalbox triage FILE`: one JSON object per line, in the order of the file. @returns the exit code */
export async function triageFile(source: string, options: TriageOptions, terminal: Terminal): Promise<number> {
  if (options.out !== undefined) {
    requireOutputPlace(source, options.out);
    requireOwnResult(options.out, 'triage');
  }
  const mapLabel = readLabelMap(options.map);
  // A file that cannot be read is told before a database is started.
  const path = source === '-' && (options.store || options.out !== undefined) ? await spoolInput() : source;
  const file = await openTicketFile(path, {
    ...(source === '-' ? { name: 'standard input' } : {}),
    text: options.text ?? [],
    ...sheetOf(options),
    believe: options.believe ?? [],
    keep: typeof options.label === 'string' ? [options.label] : [],
  });
  if (file.encoding === 'windows-1252') terminal.say(`${source} is not UTF-8; it is read as Windows-1252.`);
  const triage = await openTriage(options, terminal);
  try {
    const out = await openOut(options, { file, triage });
    return await run({ source, file, triage, out, mapLabel, options, terminal });
  } finally {
    await triage.close();
  }
}

async function openTriage({ store, model }: TriageOptions, terminal: Terminal): Promise<RowTriage> {
  if (!store) return openPlainTriage({ model, config: readConfiguration().config });
  const { openStoringTriage } = await import('./triage-stored.ts');
  return openStoringTriage(model, terminal);
}

async function openOut(
  { out, text, believe, store }: TriageOptions,
  { file, triage }: { file: TicketFile; triage: RowTriage },
): Promise<OutputFile | null> {
  if (out === undefined) return null;
  const options = { command: 'triage', text: text ?? [], believe: believe ?? [], store };
  return openOutputFile(out, { source: file.hash ?? '', model: triage.modelVersion, options });
}

interface Run {
  readonly source: string;
  readonly file: TicketFile;
  readonly triage: RowTriage;
  readonly out: OutputFile | null;
  readonly mapLabel: LabelMap;
  readonly options: TriageOptions;
  readonly terminal: Terminal;
}

async function run(given: Run): Promise<number> {
  const { out, terminal, options } = given;
  const started = performance.now();
  const summary = createSummary();
  if (out !== null && out.lastRow > 0) terminal.say(`Going on after row ${out.lastRow} of an earlier run.`);
  try {
    await triageRows(given, summary);
  } catch (error) {
    await out?.close();
    if (terminal.signal.aborted) return stopped(given, summary);
    // Without a file and without storing nothing is kept that a second run could go on with.
    if (summary.rows() > 0 && (out !== null || options.store)) terminal.say(goOnWords(given, summary));
    throw error;
  }
  if (terminal.signal.aborted) {
    await out?.close();
    return stopped(given, summary);
  }
  await out?.finish();
  for (const words of summary.words((performance.now() - started) / 1000)) terminal.say(words);
  if (options.out !== undefined) terminal.say(`Written to ${options.out}`);
  return summary.rows() > 0 && summary.rows() === summary.badRows() ? 1 : 0;
}

function stopped(given: Run, summary: TriageSummary): number {
  if (!given.terminal.unread()) given.terminal.say(goOnWords(given, summary));
  return 1;
}

function goOnWords({ options }: Run, summary: TriageSummary): string {
  if (summary.rows() === 0) return 'Stopped before the first row.';
  const how =
    options.out !== undefined
      ? 'the same command goes on from there'
      : options.store
        ? 'what is stored stays; the same command again stores only the rest'
        : 'with --out FILE a run that was cut off can go on';
  return `Stopped after ${many(summary.rows(), 'row')}: ${how}.`;
}

/** Keeps some batches under way: while the database commits one, the next is read and classified. */
async function triageRows(given: Run, summary: TriageSummary): Promise<void> {
  const { file, out, terminal, triage } = given;
  const progress = showFileProgress(file, terminal);
  const underWay: { rows: FileRow[]; results: Promise<RowResult[]> }[] = [];
  const settleFirst = async () => {
    const { rows, results } = underWay.shift()!;
    await emit(given, summary, { rows, results: await results });
    progress.update(summary.rows());
  };
  try {
    for await (const rows of batchesOf(file, out?.lastRow ?? 0)) {
      if (terminal.signal.aborted) break;
      const results = triage.assess(rows.filter((row) => row.kind === 'ticket'));
      // Told when its turn comes.
      results.catch(() => undefined);
      underWay.push({ rows, results });
      if (underWay.length >= batchesAhead) await settleFirst();
    }
    while (underWay.length > 0) await settleFirst();
  } finally {
    await Promise.allSettled(underWay.map(({ results }) => results));
    progress.end();
  }
}

async function* batchesOf(file: TicketFile, after: number): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  for await (const row of file.rows()) {
    if (row.row <= after) continue;
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function emit(
  given: Run,
  summary: TriageSummary,
  { rows, results }: { rows: readonly FileRow[]; results: readonly RowResult[] },
): Promise<void> {
  const { terminal, out } = given;
  let text = '';
  let at = 0;
  const bad = (row: FileRow, problem: string) => {
    summary.bad();
    tellBadRow(terminal, { row: row.row, line: row.line, problem, before: summary.badRows() - 1 });
  };
  for (const row of rows) {
    if (row.kind === 'bad') {
      bad(row, row.problem);
      continue;
    }
    const result = results[at++]!;
    if ('problem' in result) bad(row, result.problem);
    else {
      summary.add(result.line, expectedOf(row, given));
      text += `${JSON.stringify(result.line)}\n`;
    }
  }
  await (out === null ? terminal.write(text) : out.write(text));
}

function expectedOf(row: GoodRow, { options, mapLabel }: Run): string | undefined {
  if (options.label === undefined) return undefined;
  const label = options.label === true ? row.expected.category : row.kept[options.label];
  return label === undefined ? undefined : (mapLabel(label) ?? undefined);
}
