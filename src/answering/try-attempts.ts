import type { AnswerMethod, Attempt, Draft, JudgeVerdict, Passage } from '../ticket/index.ts';
import type { AnswerContext, AnsweringSettings } from './answer-context.ts';
import { composeAnswer } from './compose/compose-answer.ts';
import type { Concepts } from './compose/concepts.ts';
import type { Strategy } from './compose/select-sentences.ts';
import { type Action, chooseAfterJudge } from './guardrails/choose-action.ts';
import { removeInjections } from './guardrails/find-injection.ts';
import { findUnsafe } from './guardrails/find-unsafe.ts';
import { judgeAnswer } from './judge/heuristic-judge.ts';
import { draftWithModel, judgeWithModel, type ModelTools } from './llm/index.ts';
import type { Templates } from './templates/load-templates.ts';

export interface Tools {
  readonly templates: Templates;
  readonly settings: AnsweringSettings;
  readonly concepts: Concepts;
  readonly model: ModelTools | null;
}

/** One way of writing: by template from the best sentences or the best section; by the model, freely, from a composed base, or with the findings of the attempt before. */
export type Way = `template-${Strategy}` | 'model' | 'model-from-base' | 'model-revised';

/** Two ways at most, and never the same one twice. */
export function planAttempts(method: AnswerMethod, hasModel: boolean): readonly Way[] {
  if (!hasModel || method === 'template') return ['template-focused', 'template-passage'];
  if (method === 'ai') return ['model', 'model-revised'];
  if (method === 'hybrid') return ['model-from-base', 'template-focused'];
  return ['model', 'template-focused'];
}

export interface Tried {
  readonly attempts: readonly Attempt[];
  /** Why the last attempt may not be sent; null when it may. */
  readonly problem: Action | null;
  readonly modelFailure: string | null;
}

/** Tries the ways in order until a draft may be sent. What is unsafe or failed by the model is not tried again. */
export async function tryPlan(plan: readonly Way[], context: AnswerContext, tools: Tools): Promise<Tried> {
  const attempts: Attempt[] = [];
  let problem: Action | null = null;
  for (const way of plan) {
    const tried = await tryOnce(way, context, tools, attempts.at(-1));
    problem = tried.problem;
    attempts.push({ draft: tried.draft, judge: tried.judge, problem: problem?.notes.join(' ') ?? null });
    if (problem === null || problem.action !== 'LLM_POOR_ANSWER_RETRY') {
      return { attempts, problem, modelFailure: tried.modelFailure };
    }
  }
  return { attempts, problem, modelFailure: null };
}

interface One {
  readonly draft: Draft | null;
  readonly judge: JudgeVerdict | null;
  readonly problem: Action | null;
  readonly modelFailure: string | null;
}

async function tryOnce(way: Way, context: AnswerContext, tools: Tools, previous: Attempt | undefined): Promise<One> {
  const passages = context.passages.slice(0, context.k);
  if (way === 'template-focused' || way === 'template-passage') {
    const strategy: Strategy = way === 'template-focused' ? 'focused' : 'passage';
    return tryTemplate(composeByTemplate(strategy, passages, context, tools), passages, context, tools);
  }
  return tryModel(way, passages, context, tools, previous);
}

function composeByTemplate(
  strategy: Strategy,
  passages: readonly Passage[],
  context: AnswerContext,
  tools: Tools,
): Draft | null {
  const { templates, settings, concepts } = tools;
  return composeAnswer(
    {
      subject: context.subject,
      question: removeInjections(context.body),
      language: context.language,
      category: categoryOf(context),
      passages,
      signals: context.triage.signals,
      tone: context.tone,
      strategy,
    },
    { templates, form: settings.form, disclosure: settings.disclosure, concepts },
  );
}

const categoryOf = (context: AnswerContext) => context.category ?? context.triage.category;

function tryTemplate(draft: Draft | null, passages: readonly Passage[], context: AnswerContext, tools: Tools): One {
  const { subject, body: question, language } = context;
  if (draft === null)
    return failed({ action: 'NO_PASSAGE_ESCALATE', notes: ['No sentence of the passages answers this.'] });
  const judge = judgeAnswer(
    { subject, question, language, draft, passages },
    { concepts: tools.concepts, frame: tools.templates.frame },
  );
  const problem = chooseAfterJudge(judge, findUnsafe(draft, passages, `${subject}\n${question}`));
  return { draft, judge, problem, modelFailure: null };
}

const failed = (problem: Action, modelFailure: string | null = null): One => ({
  draft: null,
  judge: null,
  problem,
  modelFailure,
});

async function tryModel(
  way: Way,
  passages: readonly Passage[],
  context: AnswerContext,
  tools: Tools,
  previous: Attempt | undefined,
): Promise<One> {
  const model = tools.model!;
  const { subject, body: message, language } = context;
  const asked = { subject, message, language, passages };
  const base = way === 'model-from-base' ? composeByTemplate('focused', passages, context, tools) : null;
  const result = await draftWithModel(model, {
    ...asked,
    category: categoryOf(context),
    tone: context.tone,
    form: tools.settings.form,
    frame: (body) => frameBody(body, context, tools),
    ...(base === null ? {} : { base: base.citations.map(({ quote }) => quote).join(' ') }),
    ...(way === 'model-revised' && previous?.draft ? { previous: revisionOf(previous) } : {}),
  });
  if (!result.ok) {
    if (result.reason === 'no-answer' || result.reason === 'no-passage')
      return failed({
        action: 'NO_PASSAGE_ESCALATE',
        notes: [`The language model found no answer in the passages (${result.reason}).`],
      });
    return failed(
      { action: 'MODEL_FAILURE_ESCALATE', notes: [`The draft failed: ${result.failure}.`] },
      result.failure,
    );
  }
  return judgeModelDraft(result, asked, model);
}

type Drafted = Extract<Awaited<ReturnType<typeof draftWithModel>>, { ok: true }>;
type Asked = Pick<Parameters<typeof judgeWithModel>[1], 'subject' | 'message' | 'language' | 'passages'>;

/** Unsafe before poor: a leak is not tried again. A draft whose citations do not hold is not worth a judge. */
async function judgeModelDraft({ draft, problems }: Drafted, asked: Asked, model: ModelTools): Promise<One> {
  const unsafe = findUnsafe(draft, asked.passages, `${asked.subject}\n${asked.message}`);
  const leaks = problems
    .filter(({ kind }) => kind === 'leak')
    .map(({ detail }) => ({ kind: 'leak' as const, sentence: detail }));
  if (problems.length > 0 && unsafe.length + leaks.length === 0) {
    const notes = problems.map(({ detail }) => detail);
    return { draft, judge: null, problem: { action: 'LLM_POOR_ANSWER_RETRY', notes }, modelFailure: null };
  }
  if (unsafe.length + leaks.length > 0) {
    return { draft, judge: null, problem: chooseAfterJudge(notJudged, [...unsafe, ...leaks]), modelFailure: null };
  }
  const judge = await judgeWithModel(model, { ...asked, reply: draft.text });
  return { draft, judge, problem: chooseAfterJudge(judge, []), modelFailure: judge.failure };
}

const notJudged: JudgeVerdict = {
  kind: 'heuristic',
  helpfulness: 0,
  accuracy: 0,
  clarity: 0,
  relevance: 0,
  score: 0,
  reasoning: 'not judged',
  unansweredAsks: [],
  unsupportedClaims: [],
  failure: null,
};

function frameBody(body: string, context: AnswerContext, { templates, settings }: Tools): string {
  return templates.answer({
    category: categoryOf(context),
    tone: context.tone,
    language: context.language === 'de' ? 'de' : 'en',
    form: settings.form,
    facts: body,
    disclosure: settings.disclosure,
  }).text;
}

function revisionOf({ draft, judge, problem }: Attempt): { text: string; findings: readonly string[] } {
  const findings = [
    ...(judge?.unansweredAsks ?? []).map((ask) => `not answered: ${ask}`),
    ...(judge?.unsupportedClaims ?? []).map((claim) => `not supported: ${claim}`),
    ...(problem === null ? [] : [problem]),
  ];
  return { text: draft!.text, findings };
}
