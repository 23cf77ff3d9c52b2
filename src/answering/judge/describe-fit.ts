import type { Language, Passage } from '../../ticket/index.ts';
import { createConcepts } from '../compose/concepts.ts';
import { findAsks } from '../compose/find-asks.ts';
import { readPassages } from '../compose/read-passages.ts';
import { selectUnits } from '../compose/select-sentences.ts';
import { isPassedOver, measureNames } from './chance-of-answer.ts';
import { judgeAsks } from './heuristic-judge.ts';

/** What would be told for a message, and how the judge measures it: the rows that evals/answers/fit-judge.ts learns from. */
export interface DescribedDraft {
  readonly quotes: readonly string[];
  /** A row an ask, in the order of `measureNames`. */
  readonly asks: readonly (readonly number[])[];
  /** Whether one of several asks is passed over, which no weight makes good. */
  readonly passedOver: boolean;
}

/** `quote` is told in the place of what the composer would choose; it must stand in a passage. */
export function describeDraft(
  message: { readonly subject: string; readonly question: string; readonly language: Language },
  passages: readonly Passage[],
  quote?: string,
): DescribedDraft {
  const concepts = createConcepts();
  const read = readPassages(passages);
  const asks = findAsks({ ...message, body: message.question });
  const told =
    quote === undefined
      ? selectUnits({ asks, passages: read, concepts, strategy: 'focused' })
      : read.flatMap(({ units }) => units).filter((unit) => isSame(unit.quote, quote));
  const judged = judgeAsks(message, read, told, concepts);
  return {
    quotes: told.map((unit) => unit.quote),
    asks: judged.map(({ measures }) => measureNames.map((name) => measures[name])),
    passedOver: judged.some(({ ask, measures }) => isPassedOver(ask, judged.length, measures)),
  };
}

const isSame = (a: string, b: string) => {
  const [one, other] = [a.replaceAll('**', ''), b.replaceAll('**', '')];
  return one.includes(other) || (one.length > 15 && other.includes(one));
};
