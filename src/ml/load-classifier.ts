import { Ensemble } from './ensemble/ensemble.ts';
import type { SavedState } from './estimator.ts';
import { bindClassifier, type FittedClassifier, type SparseClassifier } from './fitted-classifier.ts';
import { LinearSvm } from './linear/linear-svm.ts';
import { LogisticRegression } from './linear/logistic-regression.ts';
import { NbSvm } from './linear/nb-svm.ts';
import { Neighbours } from './neighbours/index.ts';
import { NeuralClassifier } from './neural/neural-classifier.ts';
import { failure, type Outcome, success } from './outcome.ts';

/** Kind in the header → the classifier that reads it. */
const readers: Readonly<Record<string, () => SparseClassifier<unknown>>> = {
  'logistic-regression': () => new LogisticRegression(),
  'linear-svm': () => new LinearSvm(),
  'nb-svm': () => new NbSvm(),
  neighbours: () => new Neighbours(),
  neural: () => new NeuralClassifier(),
  ensemble: () => new Ensemble({ members: [], load: loadClassifier }),
};

/** Refuses, with the reason, kinds that are not known and states that lack a part. */
export function loadClassifier(saved: SavedState): Outcome<FittedClassifier> {
  const kind = saved.header['kind'];
  const reader = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind]!() : null;
  if (reader === null)
    return failure(`The model holds a classifier of the kind "${String(kind)}", which this version does not know.`);
  const state = reader.load(saved);
  return state.ok ? success(bindClassifier(reader, state.value)) : state;
}
