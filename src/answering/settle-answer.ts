import { findOrders } from '../intake/index.ts';
import type { GuardrailResult, ModelDecision } from '../ticket/index.ts';
import type { AnswerContext } from './answer-context.ts';
import { passagesOf, type Tried, type Work } from './attempt-work.ts';
import { type Action, runChecks } from './guardrails/index.ts';
import { decideWithModel } from './llm/index.ts';
import { planAttempts, tryPlan } from './try-attempts.ts';

/** What became of a message: every attempt, and why the last of them may or may not be sent. */
export interface Settled extends Action {
  readonly tried: readonly Tried[];
  readonly checks: readonly GuardrailResult[];
  readonly modelDecision: ModelDecision | null;
  readonly modelFailure: string | null;
}

/** Guardrails before a draft, the decision of the model, the attempts; what fails ends with a person. */
export async function settleAnswer(work: Work): Promise<Settled> {
  const { context, tools } = work;
  const { triage, categoryGiven, customer, hasOwnWords = true } = context;
  const before = runChecks('before-draft', { triage, categoryGiven, customer, hasOwnWords });
  const early = before.action;
  const decided = early !== null && forPersonOnly.has(early.action) ? null : await decide(work);
  const circumstances = noteCircumstances(work);
  const known = { checks: before.results, modelDecision: decided?.decision ?? null };
  if (early !== null) {
    const tried = await draftForPerson(work, early);
    return {
      ...known,
      ...early,
      notes: [...circumstances, ...early.notes],
      tried,
      modelFailure: decided?.failure ?? null,
    };
  }
  if (decided?.failure) return { ...known, ...(await afterModelFailure(work, decided.failure, circumstances)) };
  const asksModel = tools.model !== null && decided?.budgetSpent !== true;
  const { tried, problem, modelFailure, budgetSpent } = hasPassages(context)
    ? await tryPlan(planAttempts(context.method, asksModel), work)
    : { tried: [], problem: noPassage, modelFailure: null, budgetSpent: false };
  const notes = decided?.budgetSpent === true || budgetSpent ? [...circumstances, budgetNote] : circumstances;
  const { action, notes: findings } = problem ?? { action: 'OK' as const, notes: [] };
  return { ...known, action, notes: [...notes, ...findings], tried, modelFailure };
}

/** Nothing that a model could recommend changes these. */
const forPersonOnly: ReadonlySet<string> = new Set(['PERSON_REQUESTED_ESCALATE', 'FRUSTRATED_CUSTOMER_ESCALATE']);

const budgetNote = 'The language-model budget of this hour is used up; the answer was made from templates.';

const hasPassages = ({ found, passages }: AnswerContext) => found && passages.length > 0;

const noPassage: Action = { action: 'NO_PASSAGE_ESCALATE', notes: ['No passage of the knowledge answers this.'] };

function noteCircumstances({ context, tools }: Work): string[] {
  const notes: string[] = [];
  if (tools.model === null && (context.method === 'ai' || context.method === 'hybrid'))
    notes.push(`No language model is configured; ${context.method} falls back to template.`);
  if (context.categoryGiven) notes.push("The category was given by the client; the router's confidence was not asked.");
  const setAside = context.setAside ?? [];
  if (setAside.length + findOrders(context.body).length > 0)
    notes.push('The message holds instructions to the machine; they were ignored.');
  for (const text of setAside) notes.push(`Not read by the machine: “${text.slice(0, 200).toWellFormed()}”`);
  return notes;
}

interface Decided {
  readonly decision: ModelDecision | null;
  readonly failure: string | null;
  readonly budgetSpent: boolean;
}

/** One structured call, unless there is no model or it was not wanted. */
async function decide({ context, tools: { model } }: Work): Promise<Decided | null> {
  if (model === null || context.method === 'template') return null;
  const { subject, body, language } = context;
  const result = await decideWithModel(model, { subject, message: body, language, passages: passagesOf(context) });
  if (result.ok) return { decision: result.decision, failure: null, budgetSpent: false };
  const budgetSpent = result.reason === 'budget';
  return { decision: null, failure: budgetSpent ? null : result.failure, budgetSpent };
}

async function afterModelFailure(
  work: Work,
  failure: string,
  circumstances: readonly string[],
): Promise<Omit<Settled, 'checks' | 'modelDecision'>> {
  const problem: Action = { action: 'MODEL_FAILURE_ESCALATE', notes: [`The language model failed: ${failure}.`] };
  const tried = await draftForPerson(work, problem);
  return { ...problem, notes: [...circumstances, ...problem.notes], tried, modelFailure: failure };
}

/** A person gets the ticket whatever is drafted: a draft from the passages is put beside it, and not sent. */
async function draftForPerson(work: Work, problem: Action): Promise<readonly Tried[]> {
  if (!hasPassages(work.context)) return [];
  const { tried } = await tryPlan(planAttempts('template', false).slice(0, 1), work);
  return tried.map((one) => ({ ...one, problem: one.problem ?? problem }));
}
