import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { type Fit, fitNames, measureFits } from './measure-fit.ts';
import type { ReadPassage } from './read-passages.ts';

export interface RankedSentence {
  readonly fit: Fit;
  /** Any real number; only for comparing sentences under one ask. */
  readonly score: number;
}

/** Weights of the ranking; see evals/answers/fit-ranking.ts for how they were found. */
export const rankingWeights: Readonly<Record<(typeof fitNames)[number], number>> = {
  own: 2.6,
  covered: 4,
  heading: 0.3,
  key: 0.4,
  missingNames: -1,
  type: 1.6,
  counted: 1,
  context: 0.8,
  focus: 1,
  passage: 1,
  contrast: -2,
};

/** All sentences of the passages, the best answer to the ask first. Ties keep the order of the passages. */
export function rankSentences(ask: Ask, passages: readonly ReadPassage[], concepts: Concepts): RankedSentence[] {
  return measureFits(ask, passages, concepts)
    .map((fit) => ({ fit, score: fitNames.reduce((sum, name) => sum + rankingWeights[name] * fit[name], 0) }))
    .sort((a, b) => b.score - a.score);
}
