import type { LlmFailureReason, TextStream } from '../../platform/index.ts';
import type { CommunicationStyle, Draft, Tier, Tone, Turn } from '../../ticket/index.ts';
import type { GivenFact } from '../answer-context.ts';
import { checkDraft, type DraftProblem } from './check-draft.ts';
import { saysNotTold } from './courtesy.ts';
import { deadlineOf, describeFailure, type ModelContext, type ModelTools, numberPassages } from './model-call.ts';
import { readDraft } from './read-draft.ts';
import { withoutMarks } from './stream-without-marks.ts';
import { trimTurns } from './trim-turns.ts';

export interface DraftRequest extends ModelContext {
  readonly category: string;
  readonly tone: Tone;
  readonly form: 'sie' | 'du';
  /** Puts greeting, closing and disclosure around the body; without it the body is the text. */
  readonly frame?: (body: string) => string;
  /** A composed reply to be put into better words: the method becomes `hybrid`. */
  readonly base?: string;
  /** The attempt before this one and its findings: the strategy becomes `model-revised`. */
  readonly previous?: { readonly text: string; readonly findings: readonly string[] };
  readonly style?: CommunicationStyle;
  readonly tier?: Tier;
  /** What was said before in this conversation, oldest first; the last of it is shown. */
  readonly turns?: readonly Turn[];
  /** What the customer has told and must not be asked for again. */
  readonly given?: readonly GivenFact[];
  /** Hears the text while it is written, without its marks. */
  readonly stream?: TextStream;
}

/**
 * `ok: true` is a draft, not yet an answer: one with `problems` must not be sent. `no-passage`: there was nothing
 * to write from, the model was not asked. `no-answer`: the model found nothing in the passages that answers.
 */
export type DraftResult =
  | {
      readonly ok: true;
      readonly draft: Draft;
      readonly problems: readonly DraftProblem[];
      /** Sentences that say of something asked for that the documentation does not tell it. */
      readonly deferrals: readonly string[];
    }
  | {
      readonly ok: false;
      readonly reason: LlmFailureReason | 'no-answer' | 'no-passage';
      readonly failure: string;
    };

/**
 * Has the model write the body of a reply from numbered passages and turns its marks into citations with the
 * exact sentence of the passage. Every sentence is checked against what it cites. Never throws.
 */
export async function draftWithModel(tools: ModelTools, request: DraftRequest): Promise<DraftResult> {
  if (request.passages.length === 0)
    return { ok: false, reason: 'no-passage', failure: 'no-passage: there is nothing to write from' };
  const rendered = tools.prompts.render('draft', valuesOf(request), tools.newFence);
  const { system, prompt, hash, fence } = rendered;
  const stream = request.stream === undefined ? undefined : withoutMarks(request.stream);
  const result = await tools.llm.generateText({ purpose: 'draft', system, prompt, ...deadlineOf(request) }, stream);
  if (!result.ok) return { ok: false, reason: result.reason, failure: describeFailure(result) };
  const read = readDraft(result.value);
  const checked = checkDraft(read, { ...request, fence });
  const { citations } = checked;
  const problems = [...checked.problems, ...inventedPlaceholders(result.unknownPlaceholders ?? [])];
  if (/\bNO_ANSWER\b/.test(result.value) || (citations.length === 0 && problems.length === 0))
    return { ok: false, reason: 'no-answer', failure: 'no-answer: the passages answer nothing of what is asked' };
  const draft: Draft = {
    method: request.base === undefined ? 'ai' : 'hybrid',
    strategy: strategyOf(request),
    tone: request.tone,
    language: request.language,
    text: request.frame?.(read.body) ?? read.body,
    citations,
    promptHash: hash,
    model: result.model,
    tokens: result.tokens,
  };
  const deferrals = read.sentences
    .filter(({ text, cites }) => cites.length === 0 && saysNotTold(text))
    .map(({ text }) => text);
  return { ok: true, draft, problems, deferrals };
}

/** Masked values come back by their placeholder; one that was never given out stands for nothing. */
const inventedPlaceholders = (placeholders: readonly string[]): DraftProblem[] =>
  placeholders.map((placeholder) => ({
    kind: 'placeholder',
    detail: `The draft holds the placeholder ${placeholder}, which stands for nothing.`,
  }));

function valuesOf(request: DraftRequest) {
  const { subject, message, language, category, tone, form } = request;
  return {
    subject,
    message,
    language,
    category,
    tone,
    form,
    passages: numberPassages(request.passages),
    base: request.base ?? null,
    previous: request.previous ?? null,
    style: request.style ?? 'neutral',
    tier: request.tier ?? 'standard',
    turns: trimTurns(request.turns ?? []),
    given: request.given ?? [],
  };
}

function strategyOf(request: DraftRequest): string {
  if (request.previous !== undefined) return 'model-revised';
  return request.base === undefined ? 'model-cited' : 'model-rephrased';
}
