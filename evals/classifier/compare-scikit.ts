/**
 * Our features and logistic regression beside scikit-learn's at the same settings, on the published tickets
 * (train → dev, split by group), in one run. Seconds are those of the processor. Prints JSON.
 *
 *   node evals/classifier/compare-scikit.ts [--data FOLDER] [--python PYTHON] [--c 3] [--tasks department,queue] [--rows N]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CsrMatrix,
  defaultTextFeatures,
  fitTextFeatures,
  LogisticRegression,
  pairedBootstrap,
  reportClasses,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { type PublishedTicket, readPublishedTickets, type Task, tasks } from './published-tickets.ts';

interface TaskResult {
  readonly predictions: readonly string[];
  readonly fitSeconds: number;
  readonly macroF1: number;
  readonly accuracy: number;
}

interface RunResult {
  readonly featureSeconds: number;
  readonly columns: number;
  readonly transformMillisecondsPerText: number;
  /** Text in, probabilities out, one text at a time; median of 300, by the clock on the wall. */
  readonly singleTextMilliseconds: number;
  readonly tasks: Readonly<Record<string, TaskResult>>;
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    python: { type: 'string', default: 'python3' },
    c: { type: 'string', default: '3' },
    tasks: { type: 'string', default: tasks.join(',') },
    rows: { type: 'string', default: '1000000' },
  },
});

/** Seconds of this process on a core: other work on the machine then counts for neither side. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function runOurs(train: PublishedTicket[], dev: PublishedTicket[], wanted: readonly Task[], c: number): RunResult {
  let start = cpuSeconds();
  const { features, matrix } = fitTextFeatures(train.map((row) => row.text));
  const featureSeconds = cpuSeconds() - start;
  const vectoriser = new TextVectoriser(features);
  start = cpuSeconds();
  const devMatrix = vectoriser.transform(dev.map((row) => row.text));
  const transformMillisecondsPerText = ((cpuSeconds() - start) * 1000) / dev.length;
  const model = new LogisticRegression({ c, classWeight: 'balanced', tolerance: 1e-3 });
  let singleTextMilliseconds = 0;
  const results: Record<string, TaskResult> = {};
  for (const task of wanted) {
    start = cpuSeconds();
    const fitted = model.fit(
      matrix,
      train.map((row) => row.labels[task]),
    );
    if (!fitted.ok) throw new Error(fitted.reason);
    const fitSeconds = cpuSeconds() - start;
    const predictions = predict(model, fitted.value, devMatrix);
    const report = reportClasses(
      dev.map((row) => row.labels[task]),
      predictions,
    );
    results[task] = { predictions, fitSeconds, macroF1: report.macroF1, accuracy: report.accuracy };
    if (task !== wanted[0]) continue;
    const times = dev.slice(0, 300).map(({ text }) => {
      const from = performance.now();
      model.predictProba(fitted.value, vectoriser.transform([text]));
      return performance.now() - from;
    });
    singleTextMilliseconds = times.sort((a, b) => a - b)[times.length >> 1]!;
  }
  return {
    featureSeconds,
    columns: matrix.columns,
    transformMillisecondsPerText,
    singleTextMilliseconds,
    tasks: results,
  };
}

type Fitted = Parameters<LogisticRegression['predictProba']>[0];

function predict(model: LogisticRegression, state: Fitted, matrix: CsrMatrix): string[] {
  const k = state.classes.length;
  const probabilities = model.predictProba(state, matrix);
  return Array.from({ length: matrix.rows }, (_, r) => {
    const row = probabilities.subarray(r * k, (r + 1) * k);
    return state.classes[row.indexOf(Math.max(...row))]!;
  });
}

/** null when there is no Python with scikit-learn; the words are on stderr. */
function runPeer(
  train: PublishedTicket[],
  dev: PublishedTicket[],
  wanted: readonly Task[],
  c: number,
): RunResult | null {
  const peer = spawnSync(options.python, [join(import.meta.dirname, 'scikit-peer.py')], {
    input: JSON.stringify({ train, dev, tasks: wanted, c, settings: defaultTextFeatures }),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  if (peer.status === 0) return JSON.parse(peer.stdout);
  console.error(`scikit-learn did not run: ${peer.error?.message ?? peer.stderr.trim().split('\n').at(-1)}`);
  return null;
}

function compare(task: Task, dev: PublishedTicket[], ours: TaskResult, peer: TaskResult | undefined): unknown {
  const truth = dev.map((row) => row.labels[task]);
  const figures = ({ macroF1, accuracy, fitSeconds }: TaskResult): unknown => ({
    macroF1,
    accuracy,
    fitSeconds,
  });
  if (peer === undefined) return { ours: figures(ours) };
  const f1Of = (predictions: readonly string[]) => (rows: readonly number[]) =>
    reportClasses(
      rows.map((row) => truth[row]!),
      rows.map((row) => predictions[row]!),
    ).macroF1;
  const difference = pairedBootstrap(
    dev.length,
    { first: f1Of(peer.predictions), second: f1Of(ours.predictions) },
    { seed: 1, rounds: 300 },
  );
  return { ours: figures(ours), scikit: figures(peer), macroF1Difference: difference };
}

function main(): void {
  const train = readPublishedTickets(options.data, 'train')?.slice(0, Number(options.rows));
  const dev = readPublishedTickets(options.data, 'dev');
  if (train === undefined || dev === null) {
    console.log(JSON.stringify({ skipped: 'The published tickets are not on this machine.' }));
    return;
  }
  const wanted = tasks.filter((task) => options.tasks.split(',').includes(task));
  const c = Number(options.c);
  const ours = runOurs(train, dev, wanted, c);
  const peer = runPeer(train, dev, wanted, c);
  const speed = ({ tasks: _, ...rest }: RunResult): unknown => rest;
  const result = {
    rows: { train: train.length, dev: dev.length },
    settings: { ...defaultTextFeatures, c, classWeight: 'balanced' },
    speed: {
      ours: speed(ours),
      scikit: peer === null ? 'skipped: no Python with scikit-learn' : speed(peer),
    },
    tasks: Object.fromEntries(wanted.map((task) => [task, compare(task, dev, ours.tasks[task]!, peer?.tasks[task])])),
  };
  console.log(JSON.stringify(result, null, 2));
}

main();
