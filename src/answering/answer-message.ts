import type { LlmPort } from '../platform/index.ts';
import type {
  AnsweringVerdict,
  AskOutcome,
  GuardrailResult,
  Language,
  ModelDecision,
  ModelUsage,
} from '../ticket/index.ts';
import type { AnswerContext, AnsweringSettings } from './answer-context.ts';
import { categoryOf, passagesOf, type Tools, type Tried, type Work } from './attempt-work.ts';
import { createConcepts } from './compose/concepts.ts';
import { findAsks } from './compose/find-asks.ts';
import { type FindEntities, findGiven } from './given-facts.ts';
import { findInjections, removeInjections } from './guardrails/find-injection.ts';
import { type Action, runChecks } from './guardrails/index.ts';
import { decideWithModel } from './llm/index.ts';
import { meterLlm } from './llm/meter-llm.ts';
import { readManner } from './personalise.ts';
import { loadPrompts, type NewFence, type Prompts, randomFence } from './prompts/index.ts';
import { deferAll } from './settle-asks.ts';
import type { Templates } from './templates/template-values.ts';
import { attemptOf, planAttempts, tryPlan } from './try-attempts.ts';

export interface AnsweringParts {
  readonly templates: Templates;
  readonly llm: LlmPort | null;
  readonly settings: AnsweringSettings;
  /** Those of the repository unless given. */
  readonly prompts?: Prompts;
  /** Finds what the customer has told already; without it only devices and plans are seen. */
  readonly findEntities?: FindEntities;
  /** Marks around a customer's text in prompts; random unless a test says otherwise. */
  readonly newFence?: NewFence;
}

export interface Answering {
  /** Never throws for what a model or a message does; the verdict says it. */
  answer(context: AnswerContext): Promise<AnsweringVerdict>;
  /** What the customer is told when a person takes over and nothing more is known. */
  handover(language: Language): string;
  /** What a decision has to name so that it can be repeated. */
  versions(): Readonly<Record<string, string>>;
}

/** Grows by one whenever composing, judging or a guardrail decides differently. */
const rulesVersion = '2';

/**
 * The station: decision of the model (if there is one), draft, judge, one real second attempt, guardrails,
 * hand-over message. Without a model everything is computed from the passages and repeats exactly.
 */
export function createAnswering(parts: AnsweringParts): Answering {
  const { templates, llm, settings, newFence, findEntities } = parts;
  const prompts = parts.prompts ?? loadPrompts();
  const tools: Tools = {
    templates,
    settings,
    concepts: createConcepts(),
    model: llm === null ? null : { llm, prompts, newFence: newFence ?? randomFence },
  };
  return {
    answer: (context) => answerMessage(context, tools, findEntities),
    handover: (language) => writeHandover(language, false, tools),
    versions: () => ({
      templates: templates.version,
      answering_rules: rulesVersion,
      ...(llm === null ? {} : prompts.versions()),
    }),
  };
}

async function answerMessage(
  context: AnswerContext,
  tools: Tools,
  findEntities: FindEntities | undefined,
): Promise<AnsweringVerdict> {
  const { customer } = context;
  const meter =
    tools.model === null
      ? null
      : meterLlm(tools.model.llm, {
          ...(customer === null ? {} : { customerId: customer.id }),
          ...(customer?.name ? { personal: [customer.name] } : {}),
        });
  const own = meter === null ? tools : { ...tools, model: { ...tools.model!, llm: meter.llm } };
  const work = prepare(context, own, findEntities);
  const settled = await settle(work);
  return toVerdict(work, settled, meter?.usage() ?? null);
}

/** What every attempt needs, read once. */
function prepare(context: AnswerContext, tools: Tools, findEntities: FindEntities | undefined): Work {
  const { subject, body, language, customer, tone, triage } = context;
  const question = removeInjections(body);
  const given = findGiven(context, findEntities);
  const category = categoryOf(context);
  const manner = readManner({ customer, tone, signals: triage.signals, category, message: body, given });
  return { context, tools, manner, question, asks: findAsks({ subject, body: question, language }) };
}

interface Settled extends Action {
  readonly tried: readonly Tried[];
  readonly checks: readonly GuardrailResult[];
  readonly modelDecision: ModelDecision | null;
  readonly modelFailure: string | null;
}

async function settle(work: Work): Promise<Settled> {
  const { context, tools } = work;
  const { triage, categoryGiven, customer } = context;
  const before = runChecks('before-draft', { triage, categoryGiven, customer });
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
  if (findInjections(context.body).length > 0)
    notes.push('The message holds instructions to the machine; they were ignored.');
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

/** The draft that is sent is the last one; of drafts that are not sent the best stays for the person. */
function toVerdict(work: Work, settled: Settled, usage: ModelUsage | null): AnsweringVerdict {
  const { action, notes, tried, checks, modelDecision, modelFailure } = settled;
  const shown = action === 'OK' ? tried.at(-1) : bestOf(tried);
  const asks: readonly AskOutcome[] = shown?.asks ?? deferAll(work.asks);
  return {
    attempts: tried.map(attemptOf),
    draft: shown?.draft ?? null,
    judge: shown?.judge ?? null,
    guardrail: action,
    guardrailNotes: notes,
    guardrailChecks: [...checks, ...(shown?.checks ?? [])],
    asks,
    usage,
    modelDecision,
    modelFailure,
    handover: writeHandover(work.context.language, action === 'PERSON_REQUESTED_ESCALATE', work.tools),
  };
}

function writeHandover(language: Language, personRequested: boolean, { templates, settings }: Tools): string {
  return templates.handover({
    language: language === 'de' ? 'de' : 'en',
    form: settings.form,
    reason: personRequested ? 'person-requested' : 'other',
    disclosure: settings.disclosure,
  });
}

function bestOf(tried: readonly Tried[]): Tried | undefined {
  const score = ({ draft, judge }: Tried) => (draft === null ? -1 : (judge?.score ?? 0));
  return tried.reduce<Tried | undefined>(
    (best, one) => (best === undefined || score(one) > score(best) ? one : best),
    undefined,
  );
}
