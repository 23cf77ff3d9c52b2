import {
  defaultTextFeatures,
  LinearSvm,
  LogisticRegression,
  type SparseClassifier,
  type TextFeatureSettings,
} from '../ml/index.ts';

/** The ways to tell categories, by the name of `MODEL_VARIANT`, `train --model` and `model_used`. */
export const variants = ['logreg', 'svc', 'union'] as const;
export type Variant = (typeof variants)[number];

export const isVariant = (name: unknown): name is Variant => variants.some((variant) => variant === name);

export interface VariantDefinition {
  readonly about: string;
  readonly features: TextFeatureSettings;
  /** What is fitted on the features; several are pooled into one. `rows` is the number of tickets. */
  readonly members: (rows: number) => readonly SparseClassifier<unknown>[];
}

/** Words and characters together; one-letter words and pairs of characters help short German tickets. */
const union: TextFeatureSettings = { ...defaultTextFeatures, shortestWord: 1, characters: [2, 5] };

/**
 * Where the search of a logistic regression stops. For 20,000 tickets of ten queues the looser one saves a third of
 * the time and moves macro-F1 by 0.002 at most; for the starter tickets the tighter one costs 0.6 s.
 */
export const toleranceFor = (rows: number): number => (rows > 5000 ? 1e-3 : 3e-4);

const definitions: Readonly<Record<Variant, VariantDefinition>> = {
  logreg: {
    about: 'words and pairs of words, multinomial logistic regression',
    features: { ...defaultTextFeatures, characters: [0, 0], maxWordFeatures: 15_000 },
    members: (rows) => [new LogisticRegression({ c: 3, tolerance: toleranceFor(rows) })],
  },
  svc: {
    about: 'characters within words, linear support vector machines',
    features: { ...defaultTextFeatures, words: 0, maxCharacterFeatures: 20_000 },
    members: () => [new LinearSvm({ c: 0.3 })],
  },
  union: {
    about: 'words and characters together, multinomial logistic regression',
    features: union,
    members: (rows) => [new LogisticRegression({ c: 10, tolerance: toleranceFor(rows) })],
  },
};

export const variantNamed = (variant: Variant): VariantDefinition => definitions[variant];
