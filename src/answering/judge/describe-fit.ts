import type { Language, Passage, SearchedAsk } from '../../ticket/index.ts';
import { createConcepts } from '../compose/concepts.ts';
import { findAsks } from '../compose/find-asks.ts';
import { type ReadPassage, readPassages } from '../compose/read-passages.ts';
import { withRelevance } from '../compose/searched-asks.ts';
import { selectUnits } from '../compose/select-sentences.ts';
import { isPassedOver, measureNames } from './chance-of-answer.ts';
import { findClaims } from './find-claims.ts';
import { judgeAsks } from './heuristic-judge.ts';

/** What would be told for a message, and how the judge measures it: the rows that evals/answers/fit-judge.ts learns from. */
export interface DescribedDraft {
  readonly quotes: readonly string[];
  /** Sentences of the reply that no passage supports. */
  readonly unsupported: readonly string[];
  readonly asks: readonly DescribedAsk[];
}

export interface DescribedAsk {
  readonly text: string;
  /** In the order of `measureNames`. */
  readonly measures: readonly number[];
  /** No weight makes it good: it is passed over beside another ask, or there is a plain reason against the answer. */
  readonly refused: boolean;
}

export interface DraftToDescribe {
  readonly subject: string;
  readonly question: string;
  readonly language: Language;
  readonly passages: readonly Passage[];
  readonly searched?: readonly SearchedAsk[] | undefined;
  /** Told in the place of what the composer would choose; each must stand in a passage. */
  readonly quotes?: readonly string[] | undefined;
  /** A reply in its own words: what it tells is found in the passages. */
  readonly reply?: string | undefined;
}

export function describeDraft(draft: DraftToDescribe): DescribedDraft {
  const concepts = createConcepts();
  const read = readPassages(draft.passages);
  const asks = findAsks({ ...draft, body: draft.question }).map((ask) => withRelevance(ask, draft.searched));
  const claims = draft.reply === undefined ? null : readReply(draft.reply, draft.language, read);
  const told =
    claims?.told ??
    (draft.quotes === undefined
      ? selectUnits({ asks, passages: read, concepts, strategy: 'focused' })
      : read.flatMap(({ units }) => units).filter((unit) => draft.quotes!.some((quote) => isSame(unit.quote, quote))));
  const judged = judgeAsks(draft, read, told, concepts);
  return {
    quotes: told.map((unit) => unit.quote),
    unsupported: claims?.unsupported ?? [],
    asks: judged.map(({ ask, measures, mismatch }) => ({
      text: ask.text,
      measures: measureNames.map((name) => measures[name]),
      refused: mismatch !== null || isPassedOver(ask, judged.length, measures),
    })),
  };
}

const readReply = (text: string, language: Language, read: readonly ReadPassage[]) =>
  findClaims({ text, citations: [], language }, read, { concepts: createConcepts(), frame: new Set() });

const isSame = (a: string, b: string) => {
  const [one, other] = [a.replaceAll('**', ''), b.replaceAll('**', '')];
  return one.includes(other) || (one.length > 15 && other.includes(one));
};
