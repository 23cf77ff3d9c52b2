import type { Attempt, Draft, GuardrailResult, JudgeVerdict } from '../ticket/index.ts';
import {
  categoryOf,
  checkDeferred,
  frameSettingsOf,
  framingOf,
  passagesOf,
  problemOfDeferred,
  type Tried,
  type Work,
} from './attempt-work.ts';
import { type FramedAnswer, frameAnswer } from './frame-answer.ts';
import { type Action, runChecks } from './guardrails/index.ts';
import { type DraftProblem, draftWithModel, judgeWithModel } from './llm/index.ts';
import { deferAll, deferredOf, settleAsks } from './settle-asks.ts';
import { composeByTemplate, factsOf } from './try-template.ts';

/** By the model: freely, from a composed base, or with the findings of the attempt before. */
export type ModelWay = 'model' | 'model-from-base' | 'model-revised';

export interface ModelAttempt {
  readonly way: ModelWay;
  /** Counts from 1. */
  readonly number: number;
  readonly previous: Attempt | undefined;
}

/** Drafts, checks and has the model judge. A failure of the model is a value of the attempt. */
export async function tryModel(attempt: ModelAttempt, work: Work): Promise<Tried> {
  const { context, tools, manner } = work;
  const { subject, body: message, language, customer } = context;
  let framed: FramedAnswer | undefined;
  const result = await draftWithModel(tools.model!, {
    subject,
    message,
    language,
    passages: passagesOf(context),
    category: categoryOf(context),
    tone: manner.tone,
    style: manner.style,
    tier: manner.tier,
    turns: customer?.turns ?? [],
    given: manner.given,
    form: tools.settings.form,
    frame: (body) => {
      framed = frameAnswer(body, framingOf(work), frameSettingsOf(tools));
      return framed.text;
    },
    ...baseOf(attempt, work),
    ...(attempt.way === 'model-revised' && attempt.previous?.draft ? { previous: revisionOf(attempt.previous) } : {}),
    ...streamOf(attempt.number, work),
  });
  if (!result.ok) return withoutDraft(result, work);
  const personalised = [
    ...new Set([...framed!.personalised, ...(manner.given.length > 0 ? (['given-facts'] as const) : [])]),
  ];
  const drafted = { ...result, draft: { ...result.draft, personalised }, frame: framed!.frame };
  return judgeDraft(drafted, work);
}

function baseOf({ way }: ModelAttempt, work: Work): { base?: string } {
  const base = way === 'model-from-base' ? composeByTemplate('focused', work) : null;
  return base === null ? {} : { base: base.draft.citations.map(({ quote }) => quote).join(' ') };
}

function streamOf(attempt: number, { context: { onEvent } }: Work) {
  if (onEvent === undefined) return {};
  return {
    stream: {
      onText: (text: string) => onEvent({ type: 'draft', attempt, text }),
      onRestart: () => onEvent({ type: 'discarded', attempt, problem: 'The connection broke; the model begins anew.' }),
    },
  };
}

const nothing = { judge: null, modelFailure: null, budgetSpent: false, checks: [], deferrals: [] } as const;

function withoutDraft({ reason, failure }: { reason: string; failure: string }, { asks }: Work): Tried {
  const none = { ...nothing, draft: null, asks: deferAll(asks) };
  if (reason === 'no-answer' || reason === 'no-passage') {
    const notes = [`The language model found no answer in the passages (${reason}).`];
    return { ...none, problem: { action: 'NO_PASSAGE_ESCALATE', notes } };
  }
  const problem: Action = { action: 'MODEL_FAILURE_ESCALATE', notes: [`The draft failed: ${failure}.`] };
  if (reason === 'budget') return { ...none, problem, budgetSpent: true };
  return { ...none, problem, modelFailure: failure };
}

interface Drafted {
  readonly draft: Draft;
  readonly problems: readonly DraftProblem[];
  readonly deferrals: readonly string[];
  readonly frame: ReadonlySet<string>;
}

/** Unsafe before poor: a leak is not tried again. A draft whose citations do not hold is not worth a judge. */
async function judgeDraft(drafted: Drafted, work: Work): Promise<Tried> {
  const { draft, problems, frame } = drafted;
  const unjudged = runChecks('after-draft', factsOf(draft, null, work, frame));
  const checks = [...unjudged.results, checkSources(problems)];
  const problem = unjudged.action ?? problemOf(problems);
  if (problem !== null)
    return { ...nothing, draft, problem, checks, asks: deferAll(work.asks), deferrals: drafted.deferrals };
  const { subject, body: message, language } = work.context;
  const request = { subject, message, language, passages: passagesOf(work.context), reply: draft.text };
  const judge = await judgeWithModel(work.tools.model!, request);
  return settleJudged(drafted, judge, work);
}

function settleJudged({ draft, problems, deferrals, frame }: Drafted, judge: JudgeVerdict, work: Work): Tried {
  const { results, action } = runChecks('after-draft', factsOf(draft, judge, work, frame));
  const asks = settleAsks(work.asks, { language: work.context.language, judge, deferrals });
  const deferred = deferredOf(asks);
  const budgetSpent = judge.failure?.startsWith('budget:') === true;
  return {
    draft,
    judge,
    problem: action ?? problemOfDeferred(deferred),
    modelFailure: budgetSpent ? null : judge.failure,
    budgetSpent,
    checks: [...results, checkSources(problems), checkDeferred(deferred)],
    asks,
    deferrals,
  };
}

function checkSources(problems: readonly DraftProblem[]): GuardrailResult {
  const found = problems.map(({ detail }) => detail).join(' ');
  return {
    id: 'model-sources',
    passed: problems.length === 0,
    detail: problems.length === 0 ? 'Every sentence of the model cites what it says.' : found,
  };
}

function problemOf(problems: readonly DraftProblem[]): Action | null {
  const leaks = problems.filter(({ kind }) => kind === 'leak');
  if (leaks.length > 0)
    return {
      action: 'UNSAFE_ANSWER_ESCALATE',
      notes: leaks.map(({ detail }) => `The draft tells instructions or secrets: “${detail}”`),
    };
  return problems.length === 0
    ? null
    : { action: 'LLM_POOR_ANSWER_RETRY', notes: problems.map(({ detail }) => detail) };
}

function revisionOf({ draft, judge, problem }: Attempt): { text: string; findings: readonly string[] } {
  const findings = [
    ...(judge?.unansweredAsks ?? []).map((ask) => `not answered: ${ask}`),
    ...(judge?.unsupportedClaims ?? []).map((claim) => `not supported: ${claim}`),
    ...(problem === null ? [] : [problem]),
  ];
  return { text: draft!.text, findings };
}
