import type { LlmPort } from '../platform/index.ts';
import type {
  AnsweringVerdict,
  AnswerMethod,
  Attempt,
  Draft,
  JudgeVerdict,
  Language,
  Passage,
  Tone,
  TriageVerdict,
} from '../ticket/index.ts';
import { composeAnswer } from './compose/compose-answer.ts';
import { type Concepts, createConcepts } from './compose/concepts.ts';
import type { ConceptGroup } from './compose/helpdesk-concepts.ts';
import type { Strategy } from './compose/select-sentences.ts';
import { type Action, chooseAfterJudge, chooseBeforeDraft } from './guardrails/choose-action.ts';
import { findInjections, removeInjections } from './guardrails/find-injection.ts';
import { findUnsafe } from './guardrails/find-unsafe.ts';
import { judgeAnswer } from './judge/heuristic-judge.ts';
import type { Form, Templates } from './templates/load-templates.ts';

export interface AnswerContext {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
  readonly triage: TriageVerdict;
  readonly passages: readonly Passage[];
  /** What the search said: false means that nothing is relevant enough. */
  readonly found: boolean;
  readonly method: AnswerMethod;
  readonly tone: Tone;
  /** At most so many passages are used. */
  readonly k: number;
  /** True when the client named the category: the router's confidence then decides nothing. */
  readonly categoryGiven: boolean;
  /** The category that the client named; the router's guess is used without it. */
  readonly category?: string | null;
}

export interface AnsweringSettings {
  readonly form: Form;
  readonly disclosure: boolean;
  /** Groups of words with one meaning, besides the built-in ones. */
  readonly synonyms?: readonly ConceptGroup[];
}

export interface AnsweringParts {
  readonly templates: Templates;
  readonly llm: LlmPort | null;
  readonly settings: AnsweringSettings;
}

export interface Answering {
  /** Never throws for what a model or a message does; the verdict says it. */
  answer(context: AnswerContext): Promise<AnsweringVerdict>;
  /** What a decision has to name so that it can be repeated. */
  versions(): Readonly<Record<string, string>>;
}

/** Grows by one whenever composing, judging or a guardrail decides differently. */
const rulesVersion = '1';

/** The station: draft, judge, one second attempt by another strategy, guardrails, hand-over message. */
export function createAnswering({ templates, settings }: AnsweringParts): Answering {
  const concepts = createConcepts(settings.synonyms);
  return {
    answer: async (context) => answerByTemplate(context, { templates, settings, concepts }),
    versions: () => ({ templates: templates.version, answering_rules: rulesVersion }),
  };
}

interface Tools {
  readonly templates: Templates;
  readonly settings: AnsweringSettings;
  readonly concepts: Concepts;
}

function answerByTemplate(context: AnswerContext, tools: Tools): AnsweringVerdict {
  const notes: string[] = [];
  if (context.method === 'ai' || context.method === 'hybrid') {
    notes.push(`No language model is configured; ${context.method} falls back to template.`);
  }
  if (context.categoryGiven) notes.push("The category was given by the client; the router's confidence was not asked.");
  if (findInjections(context.body).length > 0)
    notes.push('The message holds instructions to the machine; they were ignored.');
  const early = chooseBeforeDraft({
    wantsPerson: context.triage.signals.wantsPerson,
    routerConfidence: context.triage.confidence,
    abstained: context.triage.abstained,
    categoryGiven: context.categoryGiven,
  });
  if (early) return escalate(context, tools, { ...early, notes: [...notes, ...early.notes] }, []);
  return tryStrategies(context, tools, notes);
}

function tryStrategies(context: AnswerContext, tools: Tools, notes: readonly string[]): AnsweringVerdict {
  const attempts: Attempt[] = [];
  let last: Action = { action: 'NO_PASSAGE_ESCALATE', notes: ['No passage of the knowledge answers this.'] };
  if (!context.found || context.passages.length === 0)
    return escalate(context, tools, { ...last, notes: [...notes, ...last.notes] }, attempts);
  for (const strategy of ['focused', 'passage'] as const satisfies readonly Strategy[]) {
    const { draft, judge, problem } = tryOnce(context, tools, strategy);
    attempts.push({ draft, judge, problem: problem === null ? null : problem.notes.join(' ') });
    if (draft !== null && problem === null) return accept(context, tools, attempts, notes);
    if (problem !== null) last = problem;
    if (draft === null || problem?.action === 'UNSAFE_ANSWER_ESCALATE') break;
  }
  return escalate(context, tools, { action: last.action, notes: [...notes, ...last.notes] }, attempts);
}

interface Tried {
  readonly draft: Draft | null;
  readonly judge: JudgeVerdict | null;
  readonly problem: Action | null;
}

function tryOnce(context: AnswerContext, { templates, settings, concepts }: Tools, strategy: Strategy): Tried {
  const passages = context.passages.slice(0, context.k);
  const draft = composeAnswer(
    {
      subject: context.subject,
      question: removeInjections(context.body),
      language: context.language,
      category: context.category ?? context.triage.category,
      passages,
      signals: context.triage.signals,
      tone: context.tone,
      strategy,
    },
    { templates, form: settings.form, disclosure: settings.disclosure, concepts },
  );
  if (draft === null) {
    return {
      draft,
      judge: null,
      problem: { action: 'NO_PASSAGE_ESCALATE', notes: ['No sentence of the passages answers this.'] },
    };
  }
  const judge = judgeAnswer(
    { subject: context.subject, question: context.body, language: context.language, draft, passages },
    { concepts, frame: templates.frame },
  );
  return { draft, judge, problem: chooseAfterJudge(judge, findUnsafe(draft, passages, context.body)) };
}

function accept(
  context: AnswerContext,
  tools: Tools,
  attempts: readonly Attempt[],
  notes: readonly string[],
): AnsweringVerdict {
  const { draft, judge } = attempts.at(-1)!;
  return {
    attempts,
    draft,
    judge,
    guardrail: 'OK',
    guardrailNotes: notes,
    modelDecision: null,
    modelFailure: null,
    handover: writeHandover(context, tools, false),
  };
}

/** The draft of the best attempt stays for the person who takes over; the customer gets the hand-over. */
function escalate(
  context: AnswerContext,
  tools: Tools,
  { action, notes }: Action,
  attempts: readonly Attempt[],
): AnsweringVerdict {
  const best = attempts.reduce<Attempt | null>(
    (most, attempt) => (most === null || (attempt.judge?.score ?? -1) > (most.judge?.score ?? -1) ? attempt : most),
    null,
  );
  return {
    attempts,
    draft: best?.draft ?? null,
    judge: best?.judge ?? null,
    guardrail: action,
    guardrailNotes: notes,
    modelDecision: null,
    modelFailure: null,
    handover: writeHandover(context, tools, action === 'PERSON_REQUESTED_ESCALATE'),
  };
}

function writeHandover(context: AnswerContext, { templates, settings }: Tools, personRequested: boolean): string {
  return templates.handover({
    language: context.language === 'de' ? 'de' : 'en',
    form: settings.form,
    reason: personRequested ? 'person-requested' : 'other',
    disclosure: settings.disclosure,
  });
}
