import { removeOrders } from '../intake/index.ts';
import type { LlmPort } from '../platform/index.ts';
import type { AnsweringVerdict, AskOutcome, GuardrailAction, Language, ModelUsage } from '../ticket/index.ts';
import type { AnswerContext, AnsweringSettings } from './answer-context.ts';
import { categoryOf, type Tools, type Tried, type Work } from './attempt-work.ts';
import { createConcepts } from './compose/concepts.ts';
import { findAsks } from './compose/find-asks.ts';
import { withRelevance } from './compose/searched-asks.ts';
import { type FindEntities, findGiven } from './given-facts.ts';
import { makeSafe } from './guardrails/index.ts';
import { meterLlm } from './llm/meter-llm.ts';
import { readManner } from './personalise.ts';
import { loadPrompts, type NewFence, type Prompts, randomFence } from './prompts/index.ts';
import { type Settled, settleAnswer } from './settle-answer.ts';
import { deferAll } from './settle-asks.ts';
import type { HandoverReason, Templates } from './templates/template-values.ts';
import { attemptOf } from './try-attempts.ts';

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
const rulesVersion = '3';

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
    handover: (language) => writeHandover(language, 'other', tools),
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
  const { customer, ticketId } = context;
  const meter =
    tools.model === null
      ? null
      : meterLlm(tools.model.llm, {
          ...(ticketId === undefined ? {} : { ticketId }),
          ...(customer === null ? {} : { customerId: customer.id }),
          ...(customer?.name ? { personal: [customer.name] } : {}),
        });
  const own = meter === null ? tools : { ...tools, model: { ...tools.model!, llm: meter.llm } };
  const { passages, notes } = makeSafe(context.passages);
  const work = prepare({ ...context, passages }, own, findEntities);
  const settled = await settleAnswer(work);
  return toVerdict(work, { ...settled, notes: [...notes, ...settled.notes] }, meter?.usage() ?? null);
}

/** What every attempt needs, read once. */
function prepare(context: AnswerContext, tools: Tools, findEntities: FindEntities | undefined): Work {
  const { subject, body, language, customer, tone, triage } = context;
  const question = removeOrders(body);
  const given = findGiven(context, findEntities);
  const category = categoryOf(context);
  const manner = readManner({ customer, tone, signals: triage.signals, category, message: body, given });
  const asks = findAsks({ subject, body: question, language }).map((ask) => withRelevance(ask, context.searched));
  return { context, tools, manner, question, asks };
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
    handover: writeHandover(work.context.language, handoverReason(work.context, action), work.tools),
  };
}

function handoverReason({ knownProblem }: AnswerContext, action: GuardrailAction): HandoverReason {
  if (knownProblem === true) return 'known-problem';
  return action === 'PERSON_REQUESTED_ESCALATE' ? 'person-requested' : 'other';
}

function writeHandover(language: Language, reason: HandoverReason, { templates, settings }: Tools): string {
  return templates.handover({
    language: language === 'de' ? 'de' : 'en',
    form: settings.form,
    reason,
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
