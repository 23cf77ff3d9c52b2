import { basename } from 'node:path';
import { showProgress } from '../progress.ts';
import { embeddingOf } from '../starter.ts';
import { type Variant, variantAliases } from '../ticket/index.ts';
import { leakWords, type TriageReport, variantNamed } from '../triage/index.ts';
import { describeBalance, labelWarnings, refuseUnlearnable } from './check-labels.ts';
import { readConfiguration } from './configuration.ts';
import { count, duration, many, percent } from './figures.ts';
import { describeReport } from './figures-report.ts';
import { type LabelledFile, readLabelledTickets } from './labelled-tickets.ts';
import { requireOutputPlace } from './output-place.ts';
import { requireOwnModel, requireReportPlace, writeResult } from './report-folder.ts';
import type { ReportResult, TrainingJob } from './report-job.ts';
import { runReportJob } from './run-report-job.ts';
import { spoolInput } from './spool.ts';
import type { Terminal } from './terminal.ts';

export interface TrainOptions {
  readonly label: string;
  readonly out: string;
  readonly report?: string;
  readonly text?: readonly string[];
  readonly sheet?: string;
  readonly group?: string;
  readonly urgency?: string;
  readonly outOfScope?: string;
  readonly cv: number;
  readonly seed: number;
  readonly model: string;
  readonly maxRows: number;
  readonly smote?: true;
  readonly compareRandom?: true;
  readonly json?: true;
}

/** `signalbox train FILE`: learns, measures on unseen groups, writes the model and its report. */
export async function train(source: string, options: TrainOptions, terminal: Terminal): Promise<number> {
  const folder = options.report ?? `${options.out}.report`;
  requireOutputPlace(source, options.out);
  requireOwnModel(options.out);
  requireReportPlace(folder, options.out);
  const name = source === '-' ? 'standard input' : source;
  const path = source === '-' ? await spoolInput() : source;
  const mapLabel = (label: string) => label;
  const { maxRows, seed } = options;
  const file = await readLabelledTickets(path, options, { terminal, mapLabel, name, maxRows, seed });
  if (terminal.signal.aborted) return stopped(terminal);
  const { balance, words } = describeBalance(file.tickets);
  const checked = { source: name, file, balance, options };
  refuseUnlearnable(checked);
  const warnings = labelWarnings(checked);
  if (words !== '') terminal.say(words);
  for (const warning of warnings) terminal.say(`Mind: ${warning}`);
  tellDrawn(file, terminal);
  const started = performance.now();
  const result = await learn(jobOf(name, { file, options, warnings }), terminal);
  if (result === null) return stopped(terminal);
  writeResult({ model: { path: options.out, bytes: result.model }, folder, files: result.files });
  await tell(result, { file, options, folder, terminal, seconds: (performance.now() - started) / 1000 });
  return 0;
}

function stopped(terminal: Terminal): number {
  if (!terminal.unread()) terminal.say('Stopped; nothing was written.');
  return 1;
}

function tellDrawn({ tickets, labelled, drawnFor }: LabelledFile, { say }: Terminal): void {
  if (drawnFor === null) return;
  const why = drawnFor === 'rows' ? '--max-rows' : 'as many as the memory of this machine holds';
  say(
    `The file has ${count(labelled)} labelled rows; ${count(tickets.length)} were drawn by group, each category by its share (${why}).`,
  );
}

function learn(job: TrainingJob, { signal }: Terminal): Promise<ReportResult | null> {
  const progress = showProgress();
  return runReportJob(job, { signal, onProgress: progress.update }).finally(() => progress.end());
}

function jobOf(
  name: string,
  { file, options, warnings }: { file: LabelledFile; options: TrainOptions; warnings: string[] },
): TrainingJob {
  const { label, text, group, urgency, outOfScope, cv, seed, maxRows, smote = false, compareRandom = false } = options;
  const variant = variantAliases[options.model] ?? (options.model as Variant);
  const { tickets, fileRows, labelled, badRows, leftOut, hash } = file;
  return {
    kind: 'training',
    tickets,
    fileRows,
    data: { file: basename(name), sha256: hash, labelled, rows: tickets.length, badRows, leftOut },
    settings: {
      model: variant,
      label,
      text: text ?? null,
      group: group ?? null,
      urgency: urgency ?? null,
      outOfScope: outOfScope ?? null,
      parts: cv,
      smote,
      maxRows,
      seed,
    },
    warnings,
    seed,
    grouped: group !== undefined,
    embedding: variantNamed(variant).input === 'embedding' ? embeddingOf(readConfiguration().config) : null,
    variant,
    folds: cv,
    smote,
    compareRandom,
  };
}

interface Told {
  readonly file: LabelledFile;
  readonly options: TrainOptions;
  readonly folder: string;
  readonly terminal: Terminal;
  readonly seconds: number;
}

async function tell({ model, report }: ReportResult, told: Told): Promise<void> {
  const { file, options, folder, terminal, seconds } = told;
  const { say, write } = terminal;
  await write(options.json ? `${JSON.stringify(withoutPairs(report))}\n` : describeReport(report));
  say(
    `\nLearned from ${count(file.tickets.length)} tickets in ${duration(seconds)}; ${many(file.badRows, 'bad row')}, ${count(file.leftOut)} without a label.`,
  );
  for (const words of splitWords(report)) say(words);
  // Those about labels were told before the training.
  for (const warning of report.warnings.filter((words) => !labelWordsOf(told).includes(words))) say(`Mind: ${warning}`);
  say(`Model ${report.model.version} (${size(model.length)}) written to ${options.out}.`);
  say(`Report, with texts of customers in misread.csv: ${folder}`);
}

const labelWordsOf = ({ file, options }: Told): string[] =>
  labelWarnings({ file, balance: describeBalance(file.tickets).balance, options });

/** What --json prints: the report less its longest lists. */
export const withoutPairs = ({ mixedUp: _, calibration, ...report }: TriageReport) => ({
  ...report,
  calibration: { equalMass: calibration.equalMass.error, equalWidth: calibration.equalWidth.error },
});

const size = (bytes: number) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

function splitWords({ twins, settings }: TriageReport): string[] {
  if (twins.leaks === null) return [];
  const { random } = twins.leaks;
  const by =
    twins.groupsBy === 'column' ? `the column ${JSON.stringify(settings['group'])}` : 'clustering of near-twins';
  return [
    `${leakWords(random, twins.cosine, 'a random split')} (${percent(random.share)}); figures of such a split would flatter.`,
    `So parts were drawn by group: ${count(twins.groups)} groups, by ${by}; the figures are of tickets the model had not seen.`,
  ];
}
