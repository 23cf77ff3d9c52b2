/**
 * Nearest neighbours beside logistic regression on the published tickets (train → dev, which share no group), and both
 * together (mean of log-probabilities). Milliseconds are of one row against all training rows, by the clock on the
 * wall. Prints JSON.
 *
 *   node evals/neighbours/neighbours-score.ts [--data FOLDER] [--rows N] [--dev N] [--c 3] [--tasks department,queue]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CsrMatrix,
  defaultTextFeatures,
  fitTextFeatures,
  LogisticRegression,
  Neighbours,
  pairedBootstrap,
  reportClasses,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { readPublishedTickets, type Task, tasks } from '../classifier/published-tickets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    rows: { type: 'string', default: '1000000' },
    dev: { type: 'string', default: '1000000' },
    c: { type: 'string', default: '3' },
    tasks: { type: 'string', default: 'department,queue' },
  },
});

interface Learned {
  readonly classes: readonly string[];
  /** Natural logarithms of probabilities, rows × classes. */
  readonly logs: Float64Array;
}

function learnNeighbours(matrix: CsrMatrix, labels: readonly string[], dev: CsrMatrix): Learned & { model: object } {
  const model = new Neighbours();
  const outcome = model.fit(matrix, labels);
  if (!outcome.ok) throw new Error(outcome.reason);
  const start = performance.now();
  const logs = model.logits(outcome.value, dev);
  const millisecondsPerRow = (performance.now() - start) / dev.rows;
  const { sections } = model.save(outcome.value);
  const megabytes = Object.values(sections).reduce((sum, section) => sum + section.byteLength, 0) / 1e6;
  return { classes: model.classes(outcome.value), logs, model: { millisecondsPerRow, megabytes } };
}

function learnRegression(matrix: CsrMatrix, labels: readonly string[], dev: CsrMatrix): Learned {
  const model = new LogisticRegression({ c: Number(options.c), classWeight: 'balanced', tolerance: 1e-3 });
  const outcome = model.fit(matrix, labels);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { classes: model.classes(outcome.value), logs: model.predictProba(outcome.value, dev).map(Math.log) };
}

function guess({ classes, logs }: Learned): string[] {
  const k = classes.length;
  return Array.from({ length: logs.length / k }, (_, r) => {
    const row = logs.subarray(r * k, (r + 1) * k);
    return classes[row.indexOf(Math.max(...row))]!;
  });
}

function measure(matrix: CsrMatrix, labels: readonly string[], dev: CsrMatrix, truth: readonly string[]): unknown {
  const { model, ...near } = learnNeighbours(matrix, labels, dev);
  const linear = learnRegression(matrix, labels, dev);
  const both = { classes: near.classes, logs: near.logs.map((log, i) => (log + linear.logs[i]!) / 2) };
  const guesses = { neighbours: guess(near), regression: guess(linear), both: guess(both) };
  const f1Of = (predicted: readonly string[]) => (rows: readonly number[]) =>
    reportClasses(
      rows.map((r) => truth[r]!),
      rows.map((r) => predicted[r]!),
    ).macroF1;
  const all = truth.map((_, r) => r);
  return {
    macroF1: Object.fromEntries(Object.entries(guesses).map(([name, predicted]) => [name, f1Of(predicted)(all)])),
    neighboursMinusRegression: pairedBootstrap(
      truth.length,
      { first: f1Of(guesses.regression), second: f1Of(guesses.neighbours) },
      { seed: 1, rounds: 200 },
    ),
    neighbours: model,
  };
}

function main(): void {
  const train = readPublishedTickets(options.data, 'train')?.slice(0, Number(options.rows));
  const all = readPublishedTickets(options.data, 'dev');
  if (train === undefined || all === null) {
    console.log(JSON.stringify({ skipped: 'The published tickets are not on this machine.' }));
    return;
  }
  // Every n-th row: the first half of the file is harder than the second.
  const step = Math.max(1, Math.round(all.length / Number(options.dev)));
  const dev = all.filter((_, i) => i % step === 0);
  const { features, matrix } = fitTextFeatures(
    train.map((row) => row.text),
    defaultTextFeatures,
  );
  const devMatrix = new TextVectoriser(features).transform(dev.map((row) => row.text));
  const score = (task: Task): unknown =>
    measure(
      matrix,
      train.map((row) => row.labels[task]),
      devMatrix,
      dev.map((row) => row.labels[task]),
    );
  const wanted = tasks.filter((task) => options.tasks.split(',').includes(task));
  const results = Object.fromEntries(wanted.map((task) => [task, score(task)]));
  console.log(JSON.stringify({ rows: { train: train.length, dev: dev.length }, tasks: results }, null, 2));
}

main();
