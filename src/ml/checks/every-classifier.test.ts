import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Ensemble } from '../ensemble/ensemble.ts';
import type { Classifier } from '../estimator.ts';
import { LinearSvm } from '../linear/linear-svm.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { NbSvm } from '../linear/nb-svm.ts';
import { loadClassifier } from '../load-classifier.ts';
import { Neighbours } from '../neighbours/index.ts';
import { prepareNeural } from '../neural/backend.ts';
import { NeuralClassifier } from '../neural/neural-classifier.ts';
import type { CsrMatrix } from '../sparse.ts';
import { classifierChecks } from './check-classifier.ts';
import { cloudSubject } from './clouds.ts';

/** Every classifier of the room under its class name; the last test finds one that was forgotten. */
const classifiers: Readonly<Record<string, () => Classifier<CsrMatrix, unknown>>> = {
  Ensemble: () =>
    new Ensemble({ members: [() => new LogisticRegression({ c: 3 }), () => new NbSvm()], load: loadClassifier }),
  LinearSvm: () => new LinearSvm(),
  LogisticRegression: () => new LogisticRegression({ c: 3 }),
  NbSvm: () => new NbSvm(),
  Neighbours: () => new Neighbours({ neighbours: 9 }),
  NeuralClassifier: () => new NeuralClassifier({ features: 'dense', hidden: 16, epochs: 12, learningRate: 1e-2 }),
};

beforeAll(async () => {
  await prepareNeural();
});

describe.each(Object.entries(classifiers))('%s keeps the promises of a classifier', (_, make) => {
  it.each(classifierChecks)('$name', (check) => {
    expect(check.run(cloudSubject(make))).toBeNull();
  });
});

it('knows every class that implements Classifier', () => {
  const room = join(import.meta.dirname, '..');
  const sources = globSync('**/*.ts', { cwd: room }).map((file) => readFileSync(join(room, file), 'utf8'));
  const found = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /(?<!abstract )class (\w+)(?:<[^>]*>)? (?:implements (?:Classifier|SparseClassifier)<|extends LinearClassifier)/g,
      ),
    ].map((m) => m[1]!),
  );
  expect(found.sort()).toEqual(Object.keys(classifiers).sort());
});
