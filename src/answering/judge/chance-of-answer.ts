import type { Ask } from '../compose/find-asks.ts';
import type { RankedSentence } from '../compose/rank-sentences.ts';
import type { Unit } from '../compose/read-passages.ts';

/** What the judge knows of one ask and of what the draft tells; in [0,1] unless said. */
export interface AskMeasures {
  /** A quarter of the log odds that the most relevant section told answers, as the search sees it; about −2 to 2. */
  readonly relevance: number;
  /** Words of the message over 30, at most 1: the more is said, the less of it stands in any section. Of the ask, where it was searched by itself. */
  readonly length: number;
  /** How much better the best sentence of all passages ranks than the best one told: 0 as well, 1 by 5 or more. */
  readonly margin: number;
  /** How far the best sentence told ranks before the best one left out, sentences alone: 1 by 5 or more, −1 behind by as much. */
  readonly lead: number;
  /** Share of the story around the ask that the sentence that meets it best speaks of, with its heading. */
  readonly context: number;
  /** Share of the ask's weight that the told sentences meet together, with their headings. */
  readonly covered: number;
  /** Names, codes and numbers of the ask that the best sentence told lacks. */
  readonly missingNames: number;
  /** 1 when something told is of the kind that is asked for. */
  readonly type: number;
  /** Share of the best told sentence that the ask speaks of. */
  readonly focus: number;
  /** 1 when the best sentence told names a brother of what is asked for (Team for Starter). */
  readonly contrast: number;
  /** Sentences told over 8, at most 1: of many one is sure to look right. */
  readonly told: number;
  /** `told` times `relevance`: for one sentence of a section it says little that the section is relevant. */
  readonly carried: number;
}

/**
 * What counts. The others told nothing more on questions of other writers and only explain: the words met and the
 * kind of value already make the ranking that `margin` and `lead` compare.
 */
export const measureNames = [
  'relevance',
  'length',
  'margin',
  'lead',
  'context',
  'missingNames',
  'told',
  'carried',
] as const satisfies readonly (keyof AskMeasures)[];

const nothing: AskMeasures = {
  relevance: -2,
  length: 0,
  margin: 1,
  lead: -1,
  context: 0,
  covered: 0,
  missingNames: 1,
  type: 0,
  focus: 0,
  contrast: 0,
  told: 0,
  carried: 0,
};

/** What was asked, of all passages the sentences as they rank for it, and what of them is told. */
export interface Telling {
  readonly ranked: readonly RankedSentence[];
  readonly told: readonly Unit[];
  /** Words of what was searched: of the ask, or of the whole message. */
  readonly words: number;
}

/** Linear in the sentences. */
export function measureAsk({ ranked, told, words }: Telling): AskMeasures {
  const wanted = new Set(told.map(identity));
  const own = ranked.filter(({ fit }) => wanted.has(identity(fit.unit)));
  const best = own[0];
  if (best === undefined) return nothing;
  const { missingNames, focus, contrast } = best.fit;
  const leftOut = ranked.find(({ fit }) => !wanted.has(identity(fit.unit)));
  const met = best.fit.words.map((_, n) => Math.max(...own.map(({ fit }) => fit.words[n]!)));
  const relevance = quarterLogit(Math.max(...own.map(({ fit }) => fit.passage)));
  const many = Math.min(1, told.length / 8);
  return {
    relevance,
    length: Math.min(1, words / 30),
    margin: Math.min(1, (ranked[0]!.score - best.score) / 5),
    lead: leftOut === undefined ? 1 : Math.max(-1, Math.min(1, (best.score - leftOut.score) / 5)),
    context: Math.max(...own.map(({ fit }) => fit.context)),
    covered: Math.min(
      1,
      met.reduce((sum, share) => sum + share, 0),
    ),
    missingNames,
    type: Math.max(...own.slice(0, 5).map(({ fit }) => fit.type)),
    focus,
    contrast,
    told: many,
    carried: many * relevance,
  };
}

const identity = (unit: Unit) => `${unit.passage.chunkId}#${unit.position}`;
const quarterLogit = (chance: number) => {
  const held = Math.min(1 - 3e-4, Math.max(3e-4, chance));
  return Math.log(held / (1 - held)) / 4;
};

/**
 * Made by `node evals/answers/fit-judge.ts`. Held out by writer, 0.92 of 217 questions without an answer are refused,
 * 0.85 of 320 messages with a second ask that nothing answers and 0.95 of 91 near-misses, and 0.74 of 577 right drafts pass.
 */
export const judgeWeights: Readonly<Record<(typeof measureNames)[number], number>> = {
  relevance: 0.65,
  length: 0.34,
  margin: -1.03,
  lead: 1.81,
  context: 0.96,
  missingNames: -0.35,
  told: -1.71,
  carried: 2.06,
};
export const judgeIntercept = -0.13;

/** Probability in (0,1) that the ask is answered. */
export function chanceOfAnswer(measures: AskMeasures): number {
  const sum = measureNames.reduce((total, name) => total + judgeWeights[name] * measures[name], judgeIntercept);
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Beside another ask one of which nothing told speaks at all is not answered, however relevant the rest: "…? And do
 * you have a helicopter service?" An ask that leans on what was told before is spared. That the heaviest word alone is
 * not met proves nothing: customers say it otherwise, and one in six right drafts fell to that.
 */
export const isPassedOver = (ask: Ask, asks: number, measures: AskMeasures): boolean =>
  asks > 1 && ask.leaning < 0.5 && measures.covered < 0.05;
