import {
  defaultTextFeatures,
  LinearSvm,
  LogisticRegression,
  NbSvm,
  Neighbours,
  NeuralClassifier,
  type Outcome,
  prepareNeural,
  type SparseClassifier,
  type TextFeatureSettings,
} from '../ml/index.ts';
import type { Variant } from '../ticket/index.ts';

export interface VariantDefinition {
  readonly about: string;
  /** Of the text: what scope and urgency learn from, and the categories, too, unless `input` says otherwise. */
  readonly features: TextFeatureSettings;
  readonly input: 'features' | 'embedding';
  /** What is fitted on the features; several are pooled into one. `rows` is the number of tickets. */
  readonly members: (rows: number) => readonly SparseClassifier<unknown>[];
  /** Awaited before the first fit. */
  readonly prepare?: () => Promise<Outcome<null>>;
}

/** Words and characters together; one-letter words and pairs of characters help short German tickets. */
const union: TextFeatureSettings = { ...defaultTextFeatures, shortestWord: 1, characters: [2, 5] };

/**
 * Where the search of a logistic regression stops. For 20,000 tickets of ten queues the looser one saves a third of
 * the time and moves macro-F1 by 0.002 at most; for the starter tickets the tighter one costs 0.6 s.
 */
export const toleranceFor = (rows: number): number => (rows > 5000 ? 1e-3 : 3e-4);

/** Best of 1, 10 and 100 on embeddings of published and starter tickets; see evals/embedding/quality.ts. */
const embeddingC = 1;

/** Every n-gram that stands in two tickets: rare ones are what similar tickets share. */
const unlimited: TextFeatureSettings = {
  ...defaultTextFeatures,
  maxWordFeatures: 250_000,
  maxCharacterFeatures: 250_000,
};

/** Pooled they err less than either, and than logistic regression; see docs/models.md for what each adds. */
const linearMembers = (): SparseClassifier<unknown>[] => [new LinearSvm({ c: 0.3 }), new NbSvm()];

/**
 * Neighbours err on other tickets than linear models do, and logistic regression is the best of these where classes are
 * many. The pool balances classes by itself, so the neighbours need not.
 */
const ensembleMembers = (rows: number): SparseClassifier<unknown>[] => [
  new LogisticRegression({ c: 10, tolerance: toleranceFor(rows) }),
  ...linearMembers(),
  new Neighbours({ balance: 0 }),
];

const definitions: Readonly<Record<Variant, VariantDefinition>> = {
  logreg: {
    about: 'words and pairs of words, multinomial logistic regression',
    features: { ...defaultTextFeatures, characters: [0, 0], maxWordFeatures: 15_000 },
    input: 'features',
    members: (rows) => [new LogisticRegression({ c: 3, tolerance: toleranceFor(rows) })],
  },
  svc: {
    about: 'characters within words, linear support vector machines',
    features: { ...defaultTextFeatures, words: 0, maxCharacterFeatures: 20_000 },
    input: 'features',
    members: () => [new LinearSvm({ c: 0.3 })],
  },
  union: {
    about: 'words and characters together, linear support vector machines, plain and scaled by naive Bayes',
    features: union,
    input: 'features',
    members: linearMembers,
  },
  neighbours: {
    about: 'the most similar tickets vote; explains itself by them',
    features: union,
    input: 'features',
    members: () => [new Neighbours()],
  },
  neural: {
    about: 'a network with one hidden layer on the 128 strongest components of words and characters',
    features: union,
    input: 'features',
    members: () => [new NeuralClassifier()],
    prepare: prepareNeural,
  },
  transformer: {
    about: 'sentence embeddings of a transformer (ONNX), multinomial logistic regression on top',
    features: union,
    input: 'embedding',
    members: (rows) => [new LogisticRegression({ c: embeddingC, tolerance: toleranceFor(rows) })],
  },
  ensemble: {
    about: 'three linear models on words and characters, and the votes of similar tickets, pooled',
    features: unlimited,
    input: 'features',
    members: ensembleMembers,
  },
};

export const variantNamed = (variant: Variant): VariantDefinition => definitions[variant];
