import { type OnnxEmbedderSettings, openOnnxEmbedder, type TextEmbedder } from '../platform/index.ts';
import { SignalboxError, type Variant } from '../ticket/index.ts';
import {
  type Guess,
  groupTickets,
  guessTickets,
  type LabelledTicket,
  loadTriageModel,
  measureReport,
  type ReportData,
  type ReportFiles,
  saveTriageModel,
  type TriageModel,
  type TriageReport,
  type TwinFigures,
  trainAndCheck,
  writeReportFiles,
} from '../triage/index.ts';

/** What is reported on: labelled tickets, and where they came from. */
interface Given {
  readonly tickets: readonly LabelledTicket[];
  readonly fileRows: readonly number[];
  readonly data: ReportData;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  readonly seed: number;
  /** The groups of the tickets were given; else near-twins are found. */
  readonly grouped: boolean;
  /** For models that read texts through an embedding model. */
  readonly embedding: OnnxEmbedderSettings | null;
}

export interface TrainingJob extends Given {
  readonly kind: 'training';
  readonly variant: Variant;
  readonly folds: number;
  readonly smote: boolean;
  /** Trains a second time on parts drawn row by row, to show what such figures are worth. */
  readonly compareRandom: boolean;
}

export interface EvaluationJob extends Given {
  readonly kind: 'evaluation';
  readonly model: Uint8Array;
}

export type ReportJob = TrainingJob | EvaluationJob;

export interface ReportResult {
  readonly model: Uint8Array;
  readonly report: TriageReport;
  readonly files: ReportFiles;
}

type Progress = (fraction: number, words: string) => void;

/** Parts of the whole time: groups are found, then the model is made and asked, then the report is written. */
const shares = { groups: 0.08, report: 0.97 };

/** All that takes long, in a worker. @throws SignalboxError `training-data`, `model-invalid` */
export async function doReportJob(job: ReportJob, onProgress: Progress): Promise<ReportResult> {
  onProgress(0, 'looking for near-twins');
  const folds = job.kind === 'training' ? job.folds : null;
  const { tickets, twins } = await groupTickets(job.tickets, {
    given: job.grouped,
    folds,
    seed: job.seed,
    onProgress: (fraction) => onProgress(fraction * shares.groups, 'looking for near-twins'),
  });
  if (job.kind === 'training') refuseOneGroup(twins);
  const embedder = job.embedding === null ? null : await openOnnxEmbedder(job.embedding);
  const within: Progress = (fraction, words) => {
    if (words !== 'done') onProgress(shares.groups + fraction * (shares.report - shares.groups), words);
  };
  const work = { job, tickets, embedder, onProgress: within };
  const { model, guesses, random } = await (job.kind === 'training'
    ? train({ ...work, job })
    : ask({ ...work, job })
  ).finally(() => embedder?.close());
  onProgress(shares.report, 'writing the report');
  const bytes = job.kind === 'training' ? saveTriageModel(model) : job.model;
  const { kind, data, settings, seed } = job;
  const warnings = [...job.warnings, ...splitWarnings(twins, job), ...loneGroupWarnings(tickets, job)];
  const given = { kind, tickets, guesses, random, model, bytes: bytes.length, data, settings, twins, warnings, seed };
  const report = measureReport(given);
  onProgress(1, 'done');
  return { model: bytes, report, files: writeReportFiles(report, guesses, job.fileRows) };
}

interface Work<Job> {
  readonly job: Job;
  readonly tickets: readonly LabelledTicket[];
  readonly embedder: TextEmbedder | null;
  readonly onProgress: Progress;
}

interface Made {
  readonly model: TriageModel;
  readonly guesses: readonly Guess[];
  readonly random: readonly Guess[] | null;
}

async function train({ job, tickets, embedder, onProgress }: Work<TrainingJob>): Promise<Made> {
  const { variant, folds, seed, smote, compareRandom } = job;
  const both = compareRandom ? 0.5 : 1;
  const options = { variant, folds, seed, settings: { smote }, ...(embedder === null ? {} : { embedder }) };
  const { model, unseen } = await trainAndCheck(tickets, {
    ...options,
    onProgress: (fraction, words) => onProgress(fraction * both, words),
  });
  if (!compareRandom) return { model, guesses: unseen, random: null };
  const alone = tickets.map((ticket) => ({ ...ticket, group: null }));
  const { unseen: random } = await trainAndCheck(alone, {
    ...options,
    onProgress: (fraction, words) =>
      onProgress(both + fraction * both, `random split: ${words.replace('checking on unseen tickets, ', '')}`),
  });
  return { model, guesses: unseen, random };
}

async function ask({ job, tickets, embedder, onProgress }: Work<EvaluationJob>): Promise<Made> {
  onProgress(0, 'asking the model');
  const model = loadTriageModel(job.model);
  return { model, guesses: await guessTickets(model, tickets, embedder), random: null };
}

function refuseOneGroup({ groups, groupsBy }: TwinFigures): void {
  if (groups > 1) return;
  throw new SignalboxError(
    'training-data',
    groupsBy === 'column'
      ? 'All rows stand in one group, so no part could be checked on tickets that the others have not seen. Choose another column with --group, or leave it away.'
      : 'All texts are near-twins of one another, so there is nothing to check a model on. Give tickets that differ.',
  );
}

/** From this share of leaking rows on, figures by group flatter, too. */
const muchLeft = 0.05;

function splitWarnings({ leaks, groups }: TwinFigures, job: ReportJob): string[] {
  if (job.kind !== 'training' || leaks === null) return [];
  const words: string[] = [];
  if (groups < job.folds)
    words.push(`There are only ${groups} groups, so ${groups} parts were used instead of ${job.folds}.`);
  if (leaks.byGroup.share > muchLeft)
    words.push(
      `Even with groups kept together, ${leaks.byGroup.rows} of ${leaks.byGroup.checked} rows have a near-twin on the other side: the figures flatter.`,
    );
  return words;
}

const mostNamed = 5;

/** Of a category in one group no part can be asked that has seen it elsewhere: of a single row that was told before. */
export function loneGroupWarnings(tickets: readonly LabelledTicket[], { kind }: Pick<ReportJob, 'kind'>): string[] {
  if (kind !== 'training') return [];
  const found = new Map<string, { rows: number; groups: Set<string | null | undefined> }>();
  for (const { category, group } of tickets) {
    if (category === null) continue;
    const one = found.get(category) ?? { rows: 0, groups: new Set() };
    one.rows++;
    one.groups.add(group);
    found.set(category, one);
  }
  const lone = [...found]
    .filter(([, { rows, groups }]) => rows > 1 && groups.size === 1)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (lone.length === 0) return [];
  const names = lone.slice(0, mostNamed).map(([label, { rows }]) => `${JSON.stringify(label)} (${rows} rows)`);
  const more = lone.length > mostNamed ? ` and ${lone.length - mostNamed} more` : '';
  return [
    `All rows in one group: ${names.join(', ')}${more}. Whoever is asked about such a category has never seen it, so it always counts as wrong; the figures say nothing of it. Give tickets that differ, or another --group.`,
  ];
}

export const outOfMemory = () =>
  new SignalboxError(
    'training-data',
    'The memory did not suffice for so many tickets. Give fewer with --max-rows, or take a smaller model with --model logreg. Nothing was written.',
  );
