import type { Language, Passage } from '../../ticket/index.ts';
import { type Concepts, createConcepts } from '../compose/concepts.ts';
import { findAsks } from '../compose/find-asks.ts';
import { fitNames } from '../compose/measure-fit.ts';
import { rankSentences } from '../compose/rank-sentences.ts';
import { readPassages } from '../compose/read-passages.ts';
import { measureAsk, measureNames } from './chance-of-answer.ts';

export interface DescribedSentence {
  readonly quote: string;
  readonly heading: string;
  /** In the order of `fitNames`. */
  readonly fit: readonly number[];
  /** In the order of `measureNames`: what the judge would measure if this sentence alone were told. */
  readonly measures: readonly number[];
}

/** Every sentence under every ask as numbers, best ranked first: the rows that evals/answers/fit-weights.ts learns from. */
export function describeFit(
  message: { readonly subject: string; readonly body: string; readonly language: Language },
  passages: readonly Passage[],
  concepts: Concepts = createConcepts(),
): DescribedSentence[][] {
  const read = readPassages(passages);
  return findAsks(message).map((ask) => {
    const ranked = rankSentences(ask, read, concepts);
    return ranked.map(({ fit }) => {
      const measures = measureAsk(ranked, [fit.unit]);
      return {
        quote: fit.unit.quote,
        heading: fit.unit.passage.heading,
        fit: fitNames.map((name) => fit[name]),
        measures: measureNames.map((name) => measures[name]),
      };
    });
  });
}
