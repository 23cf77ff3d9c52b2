import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { type Fit, fitNames, measureFits } from './measure-fit.ts';
import type { ReadPassage } from './read-passages.ts';

export interface RankedSentence {
  readonly fit: Fit;
  /** Any real number; only for comparing sentences under one ask. */
  readonly score: number;
}

/** Weights of the ranking; evals/answers/fit-weights.ts finds them. */
export const rankingWeights: Readonly<Record<(typeof fitNames)[number], number>> = {
  own: 2.6,
  covered: 2.9,
  heading: 0.7,
  key: 0.9,
  missingNames: -0.6,
  type: 2.4,
  counted: 0.6,
  context: 1.1,
  focus: 2.2,
  passage: 1.8,
  contrast: -1.5,
};

/** All sentences of the passages, the best answer to the ask first. Ties keep the order of the passages. */
export function rankSentences(ask: Ask, passages: readonly ReadPassage[], concepts: Concepts): RankedSentence[] {
  return measureFits(ask, passages, concepts)
    .map((fit) => ({ fit, score: fitNames.reduce((sum, name) => sum + rankingWeights[name] * fit[name], 0) }))
    .sort((a, b) => b.score - a.score);
}
