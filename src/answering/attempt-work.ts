import type { AskOutcome, Attempt, GuardrailResult } from '../ticket/index.ts';
import type { AnswerContext, AnsweringSettings } from './answer-context.ts';
import type { Concepts } from './compose/concepts.ts';
import type { Ask } from './compose/find-asks.ts';
import type { FrameSettings, Framing } from './frame-answer.ts';
import type { Action } from './guardrails/index.ts';
import type { ModelTools } from './llm/index.ts';
import type { Manner } from './personalise.ts';
import type { Templates } from './templates/template-values.ts';

export interface Tools {
  readonly templates: Templates;
  readonly settings: AnsweringSettings;
  readonly concepts: Concepts;
  readonly model: ModelTools | null;
}

/** What every attempt at one answer works with. */
export interface Work {
  readonly context: AnswerContext;
  readonly tools: Tools;
  readonly manner: Manner;
  /** The message without orders to the machine. */
  readonly question: string;
  readonly asks: readonly Ask[];
}

/** One attempt, with what was found out about it. `problem` null: it may be sent. */
export interface Tried extends Pick<Attempt, 'draft' | 'judge'> {
  readonly problem: Action | null;
  readonly modelFailure: string | null;
  /** The language model was not asked because what may be spent in this hour is spent. */
  readonly budgetSpent: boolean;
  readonly checks: readonly GuardrailResult[];
  readonly asks: readonly AskOutcome[];
  /** Sentences in which the draft itself says that the documentation does not tell. */
  readonly deferrals: readonly string[];
}

export const categoryOf = ({ category, triage }: AnswerContext) => category ?? triage.category;

export const framingOf = ({ context, manner }: Work): Framing => ({
  manner,
  category: categoryOf(context),
  language: context.language === 'de' ? 'de' : 'en',
});

export const frameSettingsOf = ({ templates, settings }: Tools): FrameSettings => ({ templates, ...settings });

export const passagesOf = ({ passages, k }: AnswerContext) => passages.slice(0, k);

/** Of all things asked for, those that a draft leaves to a person; the rule that holds an incomplete answer back. */
export function checkDeferred(deferred: readonly string[]): GuardrailResult {
  const named = deferred.map((ask) => `“${ask}”`).join(', ');
  return {
    id: 'deferred-ask',
    passed: deferred.length === 0,
    detail: deferred.length === 0 ? 'Every ask is answered.' : `Left to a person: ${named}.`,
  };
}

/** The same as a reason to try again. */
export function problemOfDeferred(deferred: readonly string[]): Action | null {
  const { passed, detail } = checkDeferred(deferred);
  return passed ? null : { action: 'LLM_POOR_ANSWER_RETRY', notes: [detail] };
}
