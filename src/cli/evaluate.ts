import { basename } from 'node:path';
import { showProgress } from '../progress.ts';
import { embeddingOf } from '../starter.ts';
import { SignalboxError } from '../ticket/index.ts';
import { type LabelledTicket, saveTriageModel, type TriageModel, type TriageReport } from '../triage/index.ts';
import { describeBalance, labelWarnings } from './check-labels.ts';
import { chooseModel } from './choose-model.ts';
import { readConfiguration } from './configuration.ts';
import { count, many } from './figures.ts';
import { describeReport } from './figures-report.ts';
import { readLabelMap } from './label-map.ts';
import { type LabelColumns, type LabelledFile, readLabelledTickets } from './labelled-tickets.ts';
import { requireReportPlace, writeResult } from './report-folder.ts';
import type { EvaluationJob } from './report-job.ts';
import { runReportJob } from './run-report-job.ts';
import { spoolInput } from './spool.ts';
import type { Terminal } from './terminal.ts';
import { withoutPairs } from './train.ts';

export interface EvaluateOptions extends LabelColumns {
  readonly map?: string;
  readonly report?: string;
  readonly maxRows: number;
  readonly seed: number;
  readonly json?: true;
}

/** `signalbox evaluate MODEL FILE`: how a model does on labelled tickets. */
export async function evaluate(
  { model: path, source }: { model: string; source: string },
  options: EvaluateOptions,
  terminal: Terminal,
): Promise<number> {
  const { maxRows, seed, report: folder } = options;
  if (folder !== undefined) requireReportPlace(folder);
  const mapLabel = readLabelMap(options.map);
  const { config } = readConfiguration();
  const { model, embedder } = await chooseModel(path, config);
  await embedder?.close();
  const name = source === '-' ? 'standard input' : source;
  const copy = source === '-' ? await spoolInput() : source;
  const file = await readLabelledTickets(copy, options, { terminal, mapLabel, name, maxRows, seed });
  if (terminal.signal.aborted) return 1;
  const unknown = unknownLabels(model, file.tickets);
  refuseWithoutCommon(name, file.tickets, { model, unknown, options });
  const embedding = model.embedder === null ? null : embeddingOf(config);
  const job = jobOf(name, { file, options, model, warnings: warningsOf(file, { options, unknown }) });
  const progress = showProgress();
  const result = await runReportJob(
    { ...job, embedding },
    { signal: terminal.signal, onProgress: progress.update },
  ).finally(() => progress.end());
  if (result === null) return 1;
  if (folder !== undefined) writeResult({ model: null, folder, files: result.files });
  await terminal.write(
    options.json ? `${JSON.stringify(withoutPairs(result.report))}\n` : describeReport(result.report),
  );
  tell(result.report, file, terminal);
  if (folder !== undefined) terminal.say(`Report, with texts of customers in misread.csv: ${folder}`);
  return 0;
}

interface Unknown {
  readonly rows: number;
  readonly labels: readonly string[];
}

function jobOf(
  name: string,
  given: { file: LabelledFile; options: EvaluateOptions; model: TriageModel; warnings: string[] },
): EvaluationJob {
  const { file, options, model, warnings } = given;
  const { label, text, group, urgency, outOfScope, map, maxRows, seed } = options;
  const { tickets, fileRows, labelled, badRows, leftOut, hash } = file;
  return {
    kind: 'evaluation',
    model: saveTriageModel(model),
    tickets,
    fileRows,
    data: { file: basename(name), sha256: hash, labelled, rows: tickets.length, badRows, leftOut },
    settings: {
      label,
      text: text ?? null,
      group: group ?? null,
      urgency: urgency ?? null,
      outOfScope: outOfScope ?? null,
      map: map === undefined ? null : basename(map),
      maxRows,
      seed,
    },
    warnings,
    seed,
    grouped: group !== undefined,
    embedding: null,
  };
}

function warningsOf(
  file: LabelledFile,
  { options, unknown }: { options: EvaluateOptions; unknown: Unknown },
): string[] {
  const { balance } = describeBalance(file.tickets);
  const known = labelWarnings({ file, balance, options: { ...options, cv: 0 } });
  if (unknown.rows === 0) return known;
  const named = unknown.labels.slice(0, 8).join(', ');
  const more = unknown.labels.length > 8 ? ` and ${unknown.labels.length - 8} more` : '';
  return [
    `${many(unknown.rows, 'row')} with labels that the model does not know counted as wrong: ${named}${more}. With --map FILE.json they can be mapped to its categories, or left out with null.`,
    ...known,
  ];
}

function tell({ twins, warnings, data }: TriageReport, file: LabelledFile, { say }: Terminal): void {
  say('');
  for (const warning of warnings) say(`Mind: ${warning}`);
  const close = data.rows - twins.single;
  if (data.rows < data.labelled)
    say(
      `${count(data.rows)} of ${count(data.labelled)} rows were drawn (${file.drawnFor === 'rows' ? '--max-rows' : 'as many as the memory of this machine holds'}).`,
    );
  if (close > 0 && twins.groupsBy === 'near-twins')
    say(
      `${count(close)} of ${count(data.rows)} rows are near-twins of one another (cosine ≥ ${twins.cosine}): they weigh as ${count(twins.groups)} different tickets, which the intervals allow for.`,
    );
  say(
    `${many(file.badRows, 'bad row')}, ${count(file.leftOut)} left out. Honest only for tickets that the model was not trained on.`,
  );
}

function unknownLabels(model: TriageModel, tickets: readonly LabelledTicket[]): Unknown {
  const known = new Set(model.classes);
  const found = tickets.map(({ category }) => category).filter((category) => category !== null && !known.has(category));
  return { rows: found.length, labels: [...new Set(found as string[])].sort() };
}

function refuseWithoutCommon(
  source: string,
  tickets: readonly LabelledTicket[],
  given: { model: TriageModel; unknown: Unknown; options: EvaluateOptions },
): void {
  const { model, unknown, options } = given;
  const inScope = tickets.filter(({ category }) => category !== null).length;
  if (inScope > unknown.rows) return;
  const column = JSON.stringify(options.label);
  throw new SignalboxError(
    'training-data',
    inScope === 0
      ? `${source} has no labels in the column ${column}.`
      : `None of the labels in the column ${column} of ${source} is a category of the model. Labels: ${unknown.labels.slice(0, 8).join(', ')}. Categories: ${model.classes.join(', ')}. Map them with --map FILE.json.`,
  );
}
