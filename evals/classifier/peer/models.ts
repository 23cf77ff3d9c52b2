import {
  type CsrMatrix,
  Ensemble,
  LinearSvm,
  LogisticRegression,
  loadClassifier,
  type SparseClassifier,
  type TextFeatureSettings,
} from '../../../src/ml/index.ts';
import { variantNamed } from '../../../src/triage/index.ts';

/** One model as both sides build it: TF-IDF with sublinear counts, C = 1, balanced classes. */
export interface ComparedModel {
  readonly name: string;
  readonly features: TextFeatureSettings;
  /** Of scikit-learn, and of ours unless `ours` names another. */
  readonly learner: 'logistic-regression' | 'linear-svm';
  readonly ours?: 'ensemble';
}

const noLimit = 0x7fffffff;
const plain = {
  words: 0,
  shortestWord: 2,
  characters: [0, 0],
  sublinear: true,
  minDocuments: 1,
  maxWordFeatures: noLimit,
  maxCharacterFeatures: noLimit,
} as const;

export const comparedModels: readonly ComparedModel[] = [
  { name: 'M1', features: { ...plain, words: 2, maxWordFeatures: 15_000 }, learner: 'logistic-regression' },
  { name: 'M2', features: { ...plain, characters: [3, 5], maxCharacterFeatures: 20_000 }, learner: 'linear-svm' },
  { name: 'union', features: { ...plain, words: 2, characters: [3, 5], minDocuments: 2 }, learner: 'linear-svm' },
  // Our best beside the best that scikit-learn gives with a line or two: the model before this one.
  {
    name: 'ensemble',
    features: { ...plain, words: 2, characters: [3, 5], minDocuments: 2 },
    learner: 'linear-svm',
    ours: 'ensemble',
  },
];

/** Both go on until the last digits of macro-F1 stand still: at 1e-3 the logistic one of ten queues is 0.007 lower. */
export function makeLearner(model: ComparedModel): SparseClassifier<unknown> {
  if (model.ours === 'ensemble') {
    const members = variantNamed('ensemble')
      .members(0)
      .map((_, m) => () => variantNamed('ensemble').members(0)[m]!);
    return new Ensemble({ members, load: loadClassifier, folds: 3 });
  }
  return model.learner === 'linear-svm' ? new LinearSvm({ c: 1 }) : new LogisticRegression({ c: 1 });
}

/** The class with the highest logit of each row. */
export function predictClasses(learner: SparseClassifier<unknown>, state: unknown, matrix: CsrMatrix): string[] {
  const classes = learner.classes(state);
  const k = classes.length;
  const logits = learner.logits(state, matrix);
  return Array.from({ length: matrix.rows }, (_, r) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (logits[r * k + c]! > logits[r * k + best]!) best = c;
    return classes[best]!;
  });
}
