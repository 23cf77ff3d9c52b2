/**
 * Our models beside scikit-learn's at the same settings (peer/models.ts), on public data, in one run. Prints a line
 * for each set, model and task: macro-F1 of both, the difference with its 95 % interval (paired bootstrap by group),
 * seconds of training with features (processor), milliseconds for one ticket (wall, median of 300) and for the whole
 * test file (processor, the quickest of three). The JSON has the seconds of the wall too.
 *
 *   node evals/classifier/compare-scikit.ts [--data FOLDER] [--python PYTHON] [--sets tickets,bitext]
 *     [--models M1,M2,union] [--tasks queue] [--rows N] [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type PairedComparison, pairedBootstrap, reportClasses } from '../../src/ml/index.ts';
import { type DataSet, dataSetNames, type LabelledTexts, pickTexts, readDataSet } from './peer/data-sets.ts';
import { type ModelRun, measureOurs, type Seconds } from './peer/measure-ours.ts';
import { measureScikit } from './peer/measure-scikit.ts';
import { type ComparedModel, comparedModels } from './peer/models.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data') },
    python: { type: 'string', default: process.env['SCIKIT_PYTHON'] ?? 'python3' },
    sets: { type: 'string', default: dataSetNames.join(',') },
    models: { type: 'string', default: comparedModels.map((model) => model.name).join(',') },
    tasks: { type: 'string', default: '' },
    rows: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
});

interface Side {
  readonly macroF1: number;
  readonly train: Seconds;
  readonly ticketMilliseconds: number;
  readonly file: Seconds;
}

interface Line {
  readonly set: string;
  readonly model: string;
  readonly task: string;
  readonly rows: readonly [train: number, test: number];
  readonly ours: Side;
  readonly scikit?: Side;
  /** Ours less theirs. */
  readonly difference?: PairedComparison;
}

function sideOf(run: ModelRun, task: string, truth: readonly string[]): Side {
  const { predictions, fit, ticketMilliseconds, file } = run.tasks[task]!;
  const train = { wall: run.features.wall + fit.wall, cpu: run.features.cpu + fit.cpu };
  return { macroF1: reportClasses(truth, predictions).macroF1, train, ticketMilliseconds, file };
}

function compareTask(set: DataSet, model: string, task: string, ours: ModelRun, peer: ModelRun | null): Line {
  const truth = set.test.labels[task]!;
  const rows = [set.train.texts.length, set.test.texts.length] as const;
  const line = { set: set.name, model, task, rows, ours: sideOf(ours, task, truth) };
  if (peer === null) return line;
  const f1Of = (run: ModelRun) => (drawn: readonly number[]) =>
    reportClasses(
      drawn.map((row) => truth[row]!),
      drawn.map((row) => run.tasks[task]!.predictions[row]!),
    ).macroF1;
  const difference = pairedBootstrap(
    truth.length,
    { first: f1Of(peer), second: f1Of(ours) },
    { seed: 1, rounds: 300, groups: set.test.groups },
  );
  return { ...line, scikit: sideOf(peer, task, truth), difference };
}

const heads = [
  'set',
  'task',
  'model',
  'train',
  'test',
  'F1',
  'scikit',
  'difference',
  'train s',
  'ticket ms',
  'file ms',
];

function show({ set, task, model, rows, ours, scikit, difference }: Line): string[] {
  const pair = (of: (side: Side) => number, digits: number): string =>
    [ours, scikit].map((side) => (side === undefined ? '–' : of(side).toFixed(digits))).join(' / ');
  const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
  return [
    ...[set, task, model, String(rows[0]), String(rows[1]), ours.macroF1.toFixed(4)],
    scikit?.macroF1.toFixed(4) ?? '–',
    difference ? `${signed(difference.value)} (${signed(difference.low)} … ${signed(difference.high)})` : '–',
    pair((side) => side.train.cpu, 2),
    pair((side) => side.ticketMilliseconds, 3),
    pair((side) => side.file.cpu * 1000, 0),
  ];
}

function print(cells: readonly string[]): void {
  const widths = [11, 12, 6, 6, 6, 7, 7, 29, 15, 15, 15];
  console.log(cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' '));
}

function limited(set: DataSet): DataSet {
  const train = pickTexts(set.train, (row) => row < Number(options.rows));
  const wanted = options.tasks === '' ? null : options.tasks.split(',');
  const only = (rows: LabelledTexts): LabelledTexts => ({
    ...rows,
    labels: Object.fromEntries(Object.entries(rows.labels).filter(([task]) => wanted?.includes(task) ?? true)),
  });
  return { ...set, train: only(train), test: only(set.test) };
}

function compareModel(set: DataSet, model: ComparedModel): Line[] {
  const ours = measureOurs(set, model);
  const peer = measureScikit(set, model, options.python);
  if (typeof peer === 'string') console.error(`scikit-learn is left out: ${peer}`);
  return Object.keys(set.test.labels).map((task) =>
    compareTask(set, model.name, task, ours, typeof peer === 'string' ? null : peer),
  );
}

function main(): void {
  const lines: Line[] = [];
  print(heads);
  for (const name of options.sets.split(',')) {
    const set = readDataSet(options.data, name);
    if (set === null) {
      console.log(`${name}: skipped, it is not on this machine`);
      continue;
    }
    for (const model of comparedModels) {
      if (!options.models.split(',').includes(model.name)) continue;
      for (const line of compareModel(limited(set), model)) {
        lines.push(line);
        print(show(line));
      }
    }
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(lines, null, 2)}\n`);
}

main();
