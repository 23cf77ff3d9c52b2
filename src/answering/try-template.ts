import { quotableText } from '../intake/index.ts';
import type { Draft, JudgeVerdict, Passage } from '../ticket/index.ts';
import {
  categoryOf,
  checkDeferred,
  frameSettingsOf,
  passagesOf,
  problemOfDeferred,
  type Tried,
  type Work,
} from './attempt-work.ts';
import { type Composed, composeAnswer } from './compose/compose-answer.ts';
import type { Strategy } from './compose/select-sentences.ts';
import { runChecks } from './guardrails/index.ts';
import { judgeAnswer } from './judge/heuristic-judge.ts';
import { deferAll, deferredOf, settleAsks } from './settle-asks.ts';

/** An answer of the passages' own sentences, or null when none fits. */
export function composeByTemplate(strategy: Strategy, work: Work): Composed | null {
  const { context, tools, manner, question, asks } = work;
  const { subject, language } = context;
  return composeAnswer(
    {
      subject,
      question,
      language,
      category: categoryOf(context),
      passages: passagesOf(context).map(quotable),
      manner,
      strategy,
      asks,
    },
    { ...frameSettingsOf(tools), concepts: tools.concepts },
  );
}

/** What nobody is sure of may be read, but is not said in the company's name. */
function quotable(passage: Passage): Passage {
  const text = quotableText(passage.text, passage.heading, passage.language);
  return text === passage.text ? passage : { ...passage, text };
}

/**
 * Composes, judges and checks; what the draft leaves open is said in it, for the person who will read it.
 * `openBefore`: what the model, which read the same passages, said of them in an earlier draft. A judge of words must
 * not find an answer where a reader found none.
 */
export function tryTemplate(strategy: Strategy, work: Work, openBefore: readonly string[]): Tried {
  const composed = composeByTemplate(strategy, work);
  if (composed === null) return nothingFits(work);
  const judge = judgeComposed(composed, work);
  const { results, action } = runChecks('after-draft', factsOf(composed.draft, judge, work, composed.frame));
  const asks = settleAsks(work.asks, { language: work.context.language, judge, deferrals: openBefore });
  const deferred = deferredOf(asks);
  const partly = deferred.length > 0 && deferred.length < asks.length;
  return {
    draft: (partly ? composed.defer(deferred) : composed).draft,
    judge,
    problem: action ?? problemOfDeferred(deferred),
    modelFailure: null,
    budgetSpent: false,
    checks: [...results, checkDeferred(deferred)],
    asks,
    deferrals: [],
  };
}

function nothingFits({ asks }: Work): Tried {
  const problem = { action: 'NO_PASSAGE_ESCALATE', notes: ['No sentence of the passages answers this.'] } as const;
  const none = { draft: null, judge: null, modelFailure: null, budgetSpent: false, checks: [], deferrals: [] };
  return { ...none, problem, asks: deferAll(asks) };
}

function judgeComposed({ draft, frame }: Composed, { context, tools }: Work): JudgeVerdict {
  const { subject, body: question, language } = context;
  const known = new Set([...tools.templates.frame, ...frame]);
  return judgeAnswer(
    { subject, question, language, draft, passages: passagesOf(context), searched: context.searched },
    { concepts: tools.concepts, frame: known },
  );
}

/** What the guardrails look at. */
export function factsOf(draft: Draft, judge: JudgeVerdict | null, { context }: Work, frame: ReadonlySet<string>) {
  const { subject, body: message, language, customer, setAside } = context;
  const facts = { draft, judge, subject, message, language, customer, passages: passagesOf(context), frame };
  return setAside === undefined ? facts : { ...facts, setAside };
}
