import { renameSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { showProgress } from '../progress.ts';
import { embeddingOf } from '../starter.ts';
import { SignalboxError, type Variant, variantAliases } from '../ticket/index.ts';
import { loadTriageModel, type TriageModel, variantNamed } from '../triage/index.ts';
import { readConfiguration } from './configuration.ts';
import { count, duration, many } from './figures.ts';
import { describeFigures } from './figures-report.ts';
import { type LabelledFile, readLabelledTickets } from './labelled-tickets.ts';
import { requireOutputPlace } from './output-place.ts';
import type { Terminal } from './terminal.ts';
import type { Training, TrainingMessage } from './train-worker.ts';

export interface TrainOptions {
  readonly label: string;
  readonly out: string;
  readonly text?: readonly string[];
  readonly group?: string;
  readonly urgency?: string;
  readonly outOfScope?: string;
  readonly cv: number;
  readonly seed: number;
  readonly model: string;
  readonly smote?: true;
  readonly json?: true;
}

/** `signalbox train FILE`: learns, measures on unseen folds, writes the model and its report. */
export async function train(source: string, options: TrainOptions, terminal: Terminal): Promise<number> {
  refuseNotYet(options);
  requireOutputPlace(source, options.out);
  const mapLabel = (label: string) => label;
  const file = await readLabelledTickets(source, options, { terminal, mapLabel });
  refuseTooFew(source, file, options);
  const started = performance.now();
  const progress = showProgress();
  const variant = variantAliases[options.model] ?? (options.model as Variant);
  const embedding = variantNamed(variant).input === 'embedding' ? embeddingOf(readConfiguration().config) : null;
  const training = { tickets: file.tickets, seed: options.seed, folds: options.cv, variant, embedding };
  const bytes = await trainInWorker(training, { signal: terminal.signal, onProgress: progress.update }).finally(() =>
    progress.end(),
  );
  if (bytes === null) {
    terminal.say('Stopped; nothing was written.');
    return 1;
  }
  const model = loadTriageModel(bytes);
  writeModel(options.out, bytes, reportOf(model, file, { source, options }));
  await tell(model, file, { options, terminal, seconds: (performance.now() - started) / 1000 });
  return 0;
}

/** Away from the event loop, so that Ctrl-C is heard at once. @returns the model's file, or null when stopped */
function trainInWorker(
  training: Training,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction: number, words: string) => void },
): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(null);
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: training });
    signal.addEventListener('abort', () => {
      resolve(null);
      void worker.terminate();
    });
    worker.on('message', (message: TrainingMessage) => {
      if ('bytes' in message) resolve(message.bytes);
      else if ('problem' in message) reject(new SignalboxError(message.problem.code, message.problem.words));
      else onProgress(message.fraction, message.words);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the training ended with code ${code}`)));
  });
}

function refuseNotYet({ smote }: TrainOptions): void {
  if (smote) throw new SignalboxError('not-yet', '--smote is not built yet; categories are weighted by their rarity.');
}

function refuseTooFew(source: string, { tickets }: LabelledFile, { label, cv }: TrainOptions): void {
  const perCategory = new Map<string, number>();
  for (const { category } of tickets) {
    if (category !== null) perCategory.set(category, (perCategory.get(category) ?? 0) + 1);
  }
  if (perCategory.size < 2)
    throw new SignalboxError(
      'training-data',
      `${source} has ${perCategory.size === 0 ? 'no' : 'one'} category in the column ${JSON.stringify(label)}; there is nothing to tell apart.`,
    );
  if (tickets.length < 2 * cv)
    throw new SignalboxError(
      'training-data',
      `${source} has ${tickets.length} labelled tickets, too few for ${cv} parts. Give more, or fewer parts with --cv.`,
    );
}

/** Beside the model: what it was made of and how it does, for the record. */
function reportOf(
  model: TriageModel,
  file: LabelledFile,
  { source, options }: { source: string; options: TrainOptions },
) {
  const { label, text, group, urgency, outOfScope, cv, seed } = options;
  return {
    model: model.variant,
    version: model.version,
    data: { file: source, sha256: file.hash, rows: file.tickets.length, badRows: file.badRows, leftOut: file.leftOut },
    settings: { label, text, group: group ?? null, urgency, outOfScope, folds: cv, seed },
    pool: {
      temperatures: [...model.pool.temperatures],
      weights: [...model.pool.weights],
      biases: [...model.pool.biases],
    },
    scope: { method: model.scope.method, threshold: model.scope.threshold },
    figures: model.metrics,
  };
}

/** Written beside and then renamed: a run that is ended leaves no half of a model. */
function writeModel(out: string, model: Uint8Array, report: object): void {
  const write = (path: string, content: Uint8Array | string) => {
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  };
  write(`${out}.report.json`, `${JSON.stringify(report, null, 2)}\n`);
  write(out, model);
}

async function tell(
  model: TriageModel,
  file: LabelledFile,
  { options, terminal, seconds }: { options: TrainOptions; terminal: Terminal; seconds: number },
): Promise<void> {
  const { say, write } = terminal;
  await write(options.json ? `${JSON.stringify(model.metrics)}\n` : describeFigures(model.metrics));
  say(
    `\nLearned from ${count(file.tickets.length)} tickets in ${duration(seconds)}; ${many(file.badRows, 'bad row')}, ${count(file.leftOut)} without a label.`,
  );
  say(`The figures are of tickets that the model had not seen (${options.cv} parts).`);
  if (options.group === undefined)
    say(
      'The parts were drawn row by row: where a file holds rephrasings of one ticket, such figures flatter. With --group COLUMN related rows stay together.',
    );
  say(`Model ${model.version} written to ${options.out}, its report to ${options.out}.report.json`);
}
