import type { FeatureName, PairKind } from './pair-features.ts';

/** Written by evals/duplicates/fit-weights.ts, which says how. */
export const pairWeights: Readonly<Record<PairKind, Readonly<Record<FeatureName, number>>>> = {
  reports: {
    words: -2.03,
    meaning: 0.57,
    characters: -0.59,
    withinShorter: 1.47,
    shared: 1.38,
    extraLess: -1.56,
    extraMore: -1.3,
    extraCharacters: 0.01,
    sameSymptom: -0.07,
    otherSymptom: 0.07,
    sameObject: 1.27,
    otherObject: 0.15,
    sameFrame: 1.86,
    otherFrame: -0.44,
    sameProduct: -1.25,
    otherProduct: -1.46,
    sameCode: 0.88,
    otherCode: -2.76,
    sameNumber: 1.0,
    otherNumber: -0.87,
    length: 0.99,
  },
  requests: {
    words: -0.48,
    meaning: 0.25,
    characters: 2.87,
    withinShorter: 1.49,
    shared: 4.09,
    extraLess: -1.71,
    extraMore: -0.7,
    extraCharacters: -0.01,
    sameSymptom: 0.0,
    otherSymptom: 0.0,
    sameObject: -1.58,
    otherObject: -0.53,
    sameFrame: 0.6,
    otherFrame: -0.26,
    sameProduct: -1.15,
    otherProduct: -1.5,
    sameCode: 1.5,
    otherCode: -1.5,
    sameNumber: 1.0,
    otherNumber: -0.71,
    length: 1.17,
  },
};

export const pairBias: Readonly<Record<PairKind, number>> = { reports: -0.98, requests: -5.07 };

/** Where both have a vector of one model: of the log odds by words, and of how much more alike than strangers they are. */
export const vectorWeights = { bias: -5, words: 0.5, likeness: 10 };
