import type { Engine } from '../engine.ts';
import { type GoodRow, openTicketFile, type TicketFile } from '../intake/index.ts';
import { type ErrorCode, SignalboxError } from '../ticket/index.ts';
import { csvHead, isCsv, writeAnswersAsCsv } from './answer-csv.ts';
import { type AnswerOptions, answerRequest, openAnsweringEngine, wishesOf } from './answer-request.ts';
import { tellBadRow } from './bad-rows.ts';
import { count, duration, many, percent } from './figures.ts';
import { showFileProgress } from './file-progress.ts';
import { sheetOf } from './options.ts';
import { type OutputFile, openOutputFile } from './output-file.ts';
import { requireOutputPlace, requireOwnResult } from './output-place.ts';
import { spoolInput } from './spool.ts';
import type { Terminal } from './terminal.ts';

/** Rows answered at the same time: with a language model each waits for it, without one the database does. */
const atOnce = 4;

interface Run {
  readonly engine: Engine;
  readonly file: TicketFile;
  readonly out: OutputFile | null;
  readonly options: AnswerOptions;
  readonly terminal: Terminal;
  readonly counts: { answered: number; handedOver: number; bad: number };
}

/** One interaction per line, in the order of the file. Each row is one ticket, however often the file is run. */
export async function answerFile(source: string, options: AnswerOptions, terminal: Terminal): Promise<number> {
  if (options.out !== undefined) {
    requireOutputPlace(source, options.out);
    requireOwnResult(options.out, 'answer', csvHead);
  }
  const path = source === '-' ? await spoolInput() : source;
  const name = source === '-' ? 'standard input' : source;
  const file = await openTicketFile(path, { name, text: options.text ?? [], ...sheetOf(options) });
  const engine = await openAnsweringEngine(terminal);
  const started = performance.now();
  const counts = { answered: 0, handedOver: 0, bad: 0 };
  try {
    const out = await openOut(options, file, engine);
    try {
      await answerRows({ engine, file, out, options, terminal, counts });
    } catch (error) {
      await out?.close();
      throw error;
    }
    const convert = isCsv(options.out ?? '') ? writeAnswersAsCsv : undefined;
    await (terminal.signal.aborted ? out?.close() : out?.finish(convert));
  } finally {
    await engine.close();
  }
  if (!terminal.unread()) tellEnd(counts, { terminal, seconds: (performance.now() - started) / 1000 });
  return counts.answered + counts.handedOver === 0 && counts.bad > 0 ? 1 : 0;
}

function tellEnd(counts: Run['counts'], { terminal, seconds }: { terminal: Terminal; seconds: number }): void {
  const all = counts.answered + counts.handedOver;
  const share = all === 0 ? '' : ` (${percent(counts.answered / all)})`;
  terminal.say(
    `${many(all, 'row')} in ${duration(seconds)}: ${count(counts.answered)} answered${share}, ${count(counts.handedOver)} handed to people; ${many(counts.bad, 'bad row')}`,
  );
  if (terminal.signal.aborted) terminal.say('Stopped; the same command does only the rest.');
}

async function openOut(options: AnswerOptions, file: TicketFile, { parts }: Engine): Promise<OutputFile | null> {
  if (options.out === undefined) return null;
  const { method, tone, language, category, text } = options;
  return openOutputFile(options.out, {
    source: file.hash ?? '',
    model: parts.triage.version,
    options: { command: 'answer', method, tone, language, category, text },
  });
}

async function answerRows(run: Run): Promise<void> {
  const progress = showFileProgress(run.file, run.terminal);
  const underWay: Promise<string | null>[] = [];
  const settleFirst = async () => {
    const line = await underWay.shift()!;
    if (line !== null) await (run.out === null ? run.terminal.write(line) : run.out.write(line));
    progress.update(run.counts.answered + run.counts.handedOver + run.counts.bad);
  };
  try {
    for await (const row of run.file.rows()) {
      if (run.terminal.signal.aborted) break;
      if (row.row <= (run.out?.lastRow ?? 0)) continue;
      const line = row.kind === 'bad' ? badRow(run, row, row.problem) : answerRow(run, row);
      line.catch(() => undefined);
      underWay.push(line);
      if (underWay.length >= atOnce) await settleFirst();
    }
    while (underWay.length > 0) await settleFirst();
  } finally {
    await Promise.allSettled(underWay);
    progress.end();
  }
}

function badRow(run: Run, { row, line }: { row: number; line: number }, problem: string): Promise<null> {
  tellBadRow(run.terminal, { row, line, problem, before: run.counts.bad++ });
  return Promise.resolve(null);
}

async function answerRow(run: Run, row: GoodRow): Promise<string | null> {
  const { engine, options } = run;
  const request = { ...row.request, language: options.language ?? row.request.language };
  try {
    const interaction = await answerRequest(engine, request, wishesOf(options));
    if (interaction.review_id === null) run.counts.answered++;
    else run.counts.handedOver++;
    return `${JSON.stringify({ row: row.row, ...interaction })}\n`;
  } catch (error) {
    const words = error instanceof SignalboxError ? rowProblems[error.code] : undefined;
    if (words === undefined) throw error;
    return badRow(run, row, words);
  }
}

/** What is wrong with one row only. */
const rowProblems: Partial<Record<ErrorCode, string>> = {
  'client-id-conflict': 'this row or its ticket_id was stored before with other content or options',
  'ticket-already-processed': 'its ticket was stored before and a person has dealt with it',
};
