import { fitTextFeatures, TextVectoriser } from '../../../src/ml/index.ts';
import type { DataSet } from './data-sets.ts';
import { type ComparedModel, makeLearner, predictClasses } from './models.ts';

/** Seconds by the clock on the wall, and of the processor (with other work on the machine the fairer of the two). */
export interface Seconds {
  readonly wall: number;
  readonly cpu: number;
}

export interface TaskRun {
  readonly predictions: readonly string[];
  readonly fit: Seconds;
  /** Texts in, classes out, the whole test file at once; the quickest of three. */
  readonly file: Seconds;
  /** One text at a time; the median of 300. */
  readonly ticketMilliseconds: number;
}

export interface ModelRun {
  readonly features: Seconds;
  readonly columns: number;
  readonly tasks: Readonly<Record<string, TaskRun>>;
}

export function measureOurs(set: DataSet, model: ComparedModel): ModelRun {
  const { result: fitted, seconds: features } = timed(() => fitTextFeatures(set.train.texts, model.features));
  const vectoriser = new TextVectoriser(fitted.features);
  const learner = makeLearner(model);
  const runs: Record<string, TaskRun> = {};
  for (const [task, labels] of Object.entries(set.train.labels)) {
    const { result: outcome, seconds: fit } = timed(() =>
      learner.fit(fitted.matrix, labels, { groups: set.train.groups }),
    );
    if (!outcome.ok) throw new Error(outcome.reason);
    const predict = (texts: readonly string[]) => predictClasses(learner, outcome.value, vectoriser.transform(texts));
    const files = [1, 2, 3].map(() => timed(() => predict(set.test.texts)));
    const file = files.reduce((best, next) => (next.seconds.cpu < best.seconds.cpu ? next : best));
    const times = set.test.texts.slice(0, 300).map((text) => timed(() => predict([text])).seconds.wall * 1000);
    runs[task] = {
      predictions: file.result,
      fit,
      file: file.seconds,
      ticketMilliseconds: times.sort((a, b) => a - b)[times.length >> 1]!,
    };
  }
  return { features, columns: fitted.matrix.columns, tasks: runs };
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: Seconds } {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: { wall, cpu: (user + system) / 1e6 } };
}
