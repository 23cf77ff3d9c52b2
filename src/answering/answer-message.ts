import type { LlmPort } from '../platform/index.ts';
import type { AnsweringVerdict, Attempt, Language, ModelDecision } from '../ticket/index.ts';
import type { AnswerContext, AnsweringSettings } from './answer-context.ts';
import { createConcepts } from './compose/concepts.ts';
import { type Action, chooseBeforeDraft } from './guardrails/choose-action.ts';
import { findInjections } from './guardrails/find-injection.ts';
import { decideWithModel } from './llm/index.ts';
import { loadPrompts, type NewFence, randomFence } from './prompts/index.ts';
import type { Templates } from './templates/load-templates.ts';
import { planAttempts, type Tools, tryPlan } from './try-attempts.ts';

export interface AnsweringParts {
  readonly templates: Templates;
  readonly llm: LlmPort | null;
  readonly settings: AnsweringSettings;
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
const rulesVersion = '1';

/**
 * The station: decision of the model (if there is one), draft, judge, one real second attempt, guardrails,
 * hand-over message. Without a model everything is computed from the passages and repeats exactly.
 */
export function createAnswering({ templates, llm, settings, newFence }: AnsweringParts): Answering {
  const prompts = loadPrompts();
  const tools: Tools = {
    templates,
    settings,
    concepts: createConcepts(),
    model: llm === null ? null : { llm, prompts, newFence: newFence ?? randomFence },
  };
  return {
    answer: (context) => answerMessage(context, tools),
    handover: (language) => writeHandover(language, false, tools),
    versions: () => ({
      templates: templates.version,
      answering_rules: rulesVersion,
      ...(llm === null ? {} : prompts.versions()),
    }),
  };
}

async function answerMessage(context: AnswerContext, tools: Tools): Promise<AnsweringVerdict> {
  const notes = noteCircumstances(context, tools);
  const settle = (found: Settled) => toVerdict(context, tools, { ...found, notes: [...notes, ...found.notes] });
  const early = chooseBeforeDraft({
    wantsPerson: context.triage.signals.wantsPerson,
    routerConfidence: context.triage.confidence,
    abstained: context.triage.abstained,
    categoryGiven: context.categoryGiven,
  });
  const personWanted = early?.action === 'PERSON_REQUESTED_ESCALATE';
  const decided = personWanted ? null : await decide(context, tools);
  const modelDecision = decided?.decision ?? null;
  if (early) {
    const attempts = await draftForPerson(context, tools, early.notes.join(' '));
    return settle({ ...early, attempts, modelDecision, modelFailure: decided?.failure ?? null });
  }
  if (decided?.failure) return settle(await afterModelFailure(context, tools, decided.failure));
  const tried = hasPassages(context)
    ? await tryPlan(planAttempts(context.method, tools.model !== null), context, tools)
    : { attempts: [], modelFailure: null, problem: noPassage };
  const { action, notes: findings } = tried.problem ?? { action: 'OK' as const, notes: [] };
  return settle({ action, notes: findings, attempts: tried.attempts, modelDecision, modelFailure: tried.modelFailure });
}

const hasPassages = ({ found, passages }: AnswerContext) => found && passages.length > 0;

const noPassage: Action = { action: 'NO_PASSAGE_ESCALATE', notes: ['No passage of the knowledge answers this.'] };

function noteCircumstances(context: AnswerContext, { model }: Tools): string[] {
  const notes: string[] = [];
  if (model === null && (context.method === 'ai' || context.method === 'hybrid'))
    notes.push(`No language model is configured; ${context.method} falls back to template.`);
  if (context.categoryGiven) notes.push("The category was given by the client; the router's confidence was not asked.");
  if (findInjections(context.body).length > 0)
    notes.push('The message holds instructions to the machine; they were ignored.');
  return notes;
}

interface Decided {
  readonly decision: ModelDecision | null;
  readonly failure: string | null;
}

/** One structured call, unless there is no model or it was not wanted. */
async function decide(context: AnswerContext, { model }: Tools): Promise<Decided | null> {
  if (model === null || context.method === 'template') return null;
  const { subject, body, language, passages, k } = context;
  const result = await decideWithModel(model, { subject, message: body, language, passages: passages.slice(0, k) });
  return result.ok ? { decision: result.decision, failure: null } : { decision: null, failure: result.failure };
}

async function afterModelFailure(context: AnswerContext, tools: Tools, failure: string): Promise<Settled> {
  const problem = `The language model failed: ${failure}.`;
  const attempts = await draftForPerson(context, tools, problem);
  const action = 'MODEL_FAILURE_ESCALATE';
  return { action, notes: [problem], attempts, modelDecision: null, modelFailure: failure };
}

/** A person gets the ticket whatever is drafted: a draft from the passages is put beside it, and not sent. */
async function draftForPerson(context: AnswerContext, tools: Tools, problem: string): Promise<Attempt[]> {
  if (!hasPassages(context)) return [];
  const { attempts } = await tryPlan(planAttempts('template', false).slice(0, 1), context, tools);
  return attempts.map((attempt) => ({ ...attempt, problem: attempt.problem ?? problem }));
}

interface Settled extends Action {
  readonly attempts: readonly Attempt[];
  readonly modelDecision: ModelDecision | null;
  readonly modelFailure: string | null;
}

/** The draft that is sent is the last one; of drafts that are not sent the best stays for the person. */
function toVerdict(context: AnswerContext, tools: Tools, settled: Settled): AnsweringVerdict {
  const { action, notes, attempts, modelDecision, modelFailure } = settled;
  const shown = action === 'OK' ? attempts.at(-1) : bestOf(attempts);
  return {
    attempts,
    draft: shown?.draft ?? null,
    judge: shown?.judge ?? null,
    guardrail: action,
    guardrailNotes: notes,
    guardrailChecks: [],
    asks: [],
    usage: null,
    modelDecision,
    modelFailure,
    handover: writeHandover(context.language, action === 'PERSON_REQUESTED_ESCALATE', tools),
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

function bestOf(attempts: readonly Attempt[]): Attempt | undefined {
  const score = (attempt: Attempt) => (attempt.draft === null ? -1 : (attempt.judge?.score ?? 0));
  return attempts.reduce<Attempt | undefined>(
    (best, attempt) => (best === undefined || score(attempt) > score(best) ? attempt : best),
    undefined,
  );
}
