import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DataSet, readDataSet } from '../../evals/classifier/peer/data-sets.ts';
import { type ModelRun, measureOurs } from '../../evals/classifier/peer/measure-ours.ts';
import { measureScikit } from '../../evals/classifier/peer/measure-scikit.ts';
import { type ComparedModel, comparedModels, makeLearner } from '../../evals/classifier/peer/models.ts';
import { fitTextFeatures, saveTextFeatures, serialiseModel } from '../../src/ml/index.ts';
import type { Figures } from './figures.ts';
import { root, round } from './measure.ts';

const wantedTasks = ['department', 'queue'];
/** The machine is never quiet: the quickest of so many runs. */
const runs = 2;

/**
 * Training (features and fit, the two seconds added) of M1 and M2 on the published tickets, three departments and ten
 * queues; one ticket (median of 300) and the file of 2,814 tickets, predicted; the size of the saved department model.
 * scikit-learn at the same settings in the same run, one thread each. Times of training and of the file are those of
 * the processor. SIGNALBOX_BENCH_DATA names the folder with the public data sets.
 */
export async function train(): Promise<Figures> {
  const folder = process.env['SIGNALBOX_BENCH_DATA'] ?? join(root, '../shared/data');
  const found = readDataSet(folder, 'tickets');
  if (found === null) return { train: 'not measured: the published tickets are not on this machine' };
  const set: DataSet = { ...found, train: { ...found.train, labels: onlyWanted(found.train.labels) } };
  const figures: Figures = { rows: set.train.texts.length, file_rows: set.test.texts.length, runs };
  for (const model of comparedModels.filter(({ name }) => name === 'M1' || name === 'M2')) {
    Object.assign(figures, figuresOf(model, set));
  }
  return figures;
}

function figuresOf(model: ComparedModel, set: DataSet): Figures {
  const name = model.name.toLowerCase();
  const ours = Array.from({ length: runs }, () => measureOurs(set, model));
  const figures = { ...timesOf(name, ours), [`${name}_saved_mb`]: round(savedMegabytes(model, set), 2) };
  const python = process.env['SCIKIT_PYTHON'] ?? 'python3';
  const peers: ModelRun[] = [];
  for (let i = 0; i < runs; i++) {
    const peer = measureScikit(set, model, python);
    if (typeof peer === 'string') return { ...figures, [`${name}_scikit`]: `${peer} (set SCIKIT_PYTHON)` };
    peers.push(peer);
  }
  return { ...figures, ...timesOf(`${name}_scikit`, peers) };
}

function timesOf(prefix: string, runsOfModel: readonly ModelRun[]): Figures {
  const best = (of: (run: ModelRun) => number, digits: number): number =>
    round(Math.min(...runsOfModel.map(of)), digits);
  const task = (run: ModelRun) => run.tasks['department']!;
  return {
    [`${prefix}_department_train_s`]: best((run) => run.features.cpu + task(run).fit.cpu, 2),
    [`${prefix}_queue_train_s`]: best((run) => run.features.cpu + run.tasks['queue']!.fit.cpu, 2),
    [`${prefix}_ticket_ms`]: best((run) => task(run).ticketMilliseconds, 3),
    [`${prefix}_file_ms`]: best((run) => task(run).file.cpu * 1000, 0),
  };
}

function savedMegabytes(model: ComparedModel, set: DataSet): number {
  const { features, matrix } = fitTextFeatures(set.train.texts, model.features);
  const learner = makeLearner(model);
  const fitted = learner.fit(matrix, set.train.labels['department']!);
  if (!fitted.ok) throw new Error(fitted.reason);
  const [text, classes] = [saveTextFeatures(features), learner.save(fitted.value)];
  const saved = { header: { ...text.header, ...classes.header }, sections: { ...text.sections, ...classes.sections } };
  return serialiseModel(saved, (bytes) => createHash('sha256').update(bytes).digest('hex')).length / 1e6;
}

function onlyWanted(labels: DataSet['train']['labels']): DataSet['train']['labels'] {
  return Object.fromEntries(Object.entries(labels).filter(([task]) => wantedTasks.includes(task)));
}
