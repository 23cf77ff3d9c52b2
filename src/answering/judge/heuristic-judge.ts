import { removeOrders } from '../../intake/index.ts';
import type { Draft, JudgeVerdict, Language, Passage, SearchedAsk } from '../../ticket/index.ts';
import { type Concepts, createConcepts } from '../compose/concepts.ts';
import { type Ask, findAsks } from '../compose/find-asks.ts';
import { rankSentences } from '../compose/rank-sentences.ts';
import { type ReadPassage, readPassages, type Unit } from '../compose/read-passages.ts';
import { withRelevance } from '../compose/searched-asks.ts';
import { type AskMeasures, chanceOfAnswer, isPassedOver, measureAsk } from './chance-of-answer.ts';
import { findClaims } from './find-claims.ts';
import { findMismatch } from './find-mismatch.ts';

export interface JudgementRequest {
  readonly subject: string;
  readonly question: string;
  readonly language: Language;
  readonly draft: Draft;
  /** All that was found, not only what the draft cites: a better sentence beside the cited one is a finding. */
  readonly passages: readonly Passage[];
  /** Asks that were searched by themselves. */
  readonly searched?: readonly SearchedAsk[] | undefined;
}

export interface JudgedAsk {
  readonly ask: Ask;
  readonly measures: AskMeasures;
  /** A plain reason why it is not answered, whatever the measures say. */
  readonly mismatch: string | null;
  /** Probability that what the draft tells answers the ask. */
  readonly chance: number;
}

/** An ask whose chance is below this counts as not answered. */
const leastChance = 0.5;
/** What is left where a plain reason speaks against the answer. */
const chanceOfMismatch = 0.2;

export interface JudgeSettings {
  readonly concepts: Concepts;
  /** Sentences of the templates; they state nothing. */
  readonly frame: ReadonlySet<string>;
}

const builtIn: JudgeSettings = { concepts: createConcepts(), frame: new Set() };

/**
 * A judge without a language model; the same for drafts of any origin.
 *
 *   relevance    mean over the asks of how much of each the told sentences speak of
 *   accuracy     share of supported claims × mean chance that the told sentences answer. Extracted sentences
 *                support themselves, so the question decides: its names, codes, numbers, kind of answer, and
 *                whether a better sentence stands right beside (the right document, the wrong fact)
 *   clarity      falls with over-long answers and sentences
 *   helpfulness  share of the asks that are answered, a little less without a next step
 *   score        weakest ask's chance × share of supported claims × (0.9 + 0.1 · clarity)
 *
 * One ask without an answer makes the answer poor: a person must see it. About 0.3 ms.
 */
export function judgeAnswer(request: JudgementRequest, given: Partial<JudgeSettings> = {}): JudgeVerdict {
  const settings = { ...builtIn, ...given };
  const passages = readPassages(request.passages);
  const claims = findClaims(request.draft, passages, settings);
  const asks = judgeAsks({ ...request, reply: request.draft.text }, passages, claims.told, settings.concepts);
  const support =
    claims.count === 0 ? 0 : 1 - claims.unsupported.length / Math.max(claims.count, claims.unsupported.length);
  const unanswered = asks.filter((ask) => ask.chance < leastChance).map(({ ask }) => ask.text);
  const mean = (of: (ask: JudgedAsk) => number) =>
    asks.length === 0 ? 0 : asks.reduce((sum, ask) => sum + of(ask), 0) / asks.length;
  const clarity = measureClarity(request.draft.text);
  const weakest = asks.reduce((least, ask) => Math.min(least, ask.chance), asks.length === 0 ? 0 : 1);
  const answered = asks.length === 0 ? 0 : 1 - unanswered.length / asks.length;
  return {
    kind: 'heuristic',
    relevance: round(mean((ask) => ask.measures.covered)),
    accuracy: round(support * mean((ask) => ask.chance)),
    clarity: round(clarity),
    helpfulness: round(answered * (saysWhatNext(request.draft.text) ? 1 : 0.9)),
    score: round(weakest * support * (0.9 + 0.1 * clarity)),
    reasoning: explain(asks, claims.unsupported),
    unansweredAsks: unanswered,
    unsupportedClaims: claims.unsupported,
    failure: null,
  };
}

/** What a judge of asks is given: the message, and what was searched for each of them. */
export interface AskedMessage extends Pick<JudgementRequest, 'subject' | 'question' | 'language' | 'searched'> {
  /** What the reply says in its own words; absent: what the told sentences say. */
  readonly reply?: string | undefined;
}

/** Each ask with what the told sentences give for it. Exported for the fitting of the weights. */
export function judgeAsks(
  message: AskedMessage,
  passages: readonly ReadPassage[],
  told: readonly Unit[],
  concepts: Concepts = builtIn.concepts,
): JudgedAsk[] {
  const { subject, language } = message;
  const question = removeOrders(message.question);
  const asks = findAsks({ subject, body: question, language });
  const reply = message.reply ?? told.map(({ quote }) => quote).join('\n');
  const compared = { message: `${subject}\n${question}`, reply, told, language, asks: asks.length };
  return asks.map((found) => {
    const ask = withRelevance(found, message.searched);
    const ranked = rankSentences(ask, passages, concepts);
    const words = countWords(ask.relevance === undefined ? compared.message : ask.text);
    const measures = measureAsk({ ranked, told, words });
    const mismatch = findMismatch({ ...compared, ask });
    const chance = isPassedOver(ask, asks.length, measures) ? 0 : chanceOfAnswer(measures);
    return { ask, measures, mismatch, chance: mismatch === null ? chance : Math.min(chance, chanceOfMismatch) };
  });
}

const countWords = (text: string) => text.trim().split(/\s+/).length;

/** 1 up to 150 words with sentences of up to 25 words; 0.5 at about 400 words or 60 words a sentence. */
function measureClarity(text: string): number {
  const words = text.split(/\s+/).length;
  const longest = Math.max(...text.split(/[.!?:](?:\s|$)|\n/).map((sentence) => sentence.split(/\s+/).length));
  const length = 1 - Math.max(0, words - 150) / 500;
  const sentence = 1 - Math.max(0, longest - 25) / 70;
  return Math.max(0, Math.min(1, length)) * Math.max(0, Math.min(1, sentence));
}

const saysWhatNext = (text: string) =>
  /\b(?:reply|contact|write to|get back|let us know)\b|(?<!\p{L})(?:antworte\p{L}*|melde\p{L}*|schreib\p{L}*|wende\p{L}*)(?!\p{L})/iu.test(
    text,
  );

function explain(asks: readonly JudgedAsk[], unsupported: readonly string[]): string {
  if (asks.length === 0) return 'The message holds no question that could be answered.';
  const findings = asks.map((judged) => `“${shorten(judged.ask.text)}”: ${describe(judged)}`);
  if (unsupported.length > 0)
    findings.push(`no passage supports ${unsupported.map((claim) => `“${shorten(claim)}”`).join(', ')}`);
  return `${findings.join('; ')}.`;
}

function describe({ ask, measures, mismatch, chance }: JudgedAsk): string {
  const found = [`${Math.round(100 * measures.covered)} % of its words met`];
  if (mismatch !== null) found.push(mismatch);
  if (measures.missingNames > 0) found.push('a name, code or number of the question is missing');
  if (measures.contrast > 0) found.push('the answer names something else of the same kind');
  if (measures.type === 0) found.push(`no ${ask.type.name} in the answer`);
  if (measures.margin > 0.1) found.push('another sentence of the passages fits better');
  return `${chance >= leastChance ? 'answered' : 'not answered'} (${found.join(', ')})`;
}

/** Cut between characters: half of a surrogate pair cannot be stored. */
const shorten = (text: string) => (text.length > 120 ? `${[...text].slice(0, 110).join('')}…` : text);
const round = (value: number) => Math.round(value * 10_000) / 10_000;
