import type { AnswerMethod, Attempt } from '../ticket/index.ts';
import type { Tried, Work } from './attempt-work.ts';
import type { Strategy } from './compose/select-sentences.ts';
import type { Action } from './guardrails/index.ts';
import { type ModelWay, tryModel } from './try-model.ts';
import { tryTemplate } from './try-template.ts';

/** One way of writing: by template from the best sentences or the best section, or by the model. */
export type Way = `template-${Strategy}` | ModelWay;

/** Two ways at most, and never the same one twice. */
export function planAttempts(method: AnswerMethod, hasModel: boolean): readonly Way[] {
  if (!hasModel || method === 'template') return ['template-focused', 'template-passage'];
  if (method === 'ai') return ['model', 'model-revised'];
  if (method === 'hybrid') return ['model-from-base', 'template-focused'];
  return ['model', 'template-focused'];
}

export interface Attempted {
  readonly tried: readonly Tried[];
  /** Why the last attempt may not be sent; null when it may. */
  readonly problem: Action | null;
  readonly modelFailure: string | null;
  /** The budget ran out on the way; templates were used from there on. */
  readonly budgetSpent: boolean;
}

/**
 * Tries the ways in order until a draft may be sent. What is unsafe or failed by the model is not tried again; where
 * the budget runs out the templates take over.
 */
export async function tryPlan(plan: readonly Way[], work: Work): Promise<Attempted> {
  const { onEvent } = work.context;
  const tried: Tried[] = [];
  let ways = plan;
  for (let way = ways[0]; way !== undefined; way = ways[0]) {
    ways = ways.slice(1);
    const number = tried.length + 1;
    const one = await tryOnce(way, work, tried);
    tried.push(one);
    if (one.budgetSpent) ways = planAttempts('template', false);
    else if (one.problem?.action !== 'LLM_POOR_ANSWER_RETRY') ways = [];
    // The last draft stays, for the customer or for a person; what makes room for another one does not.
    if (one.problem !== null && (ways.length > 0 || one.draft === null))
      onEvent?.({ type: 'discarded', attempt: number, problem: one.problem.notes.join(' ') });
  }
  const last = tried.at(-1);
  return {
    tried,
    problem: last?.problem ?? null,
    modelFailure: last?.modelFailure ?? null,
    budgetSpent: tried.some((one) => one.budgetSpent),
  };
}

async function tryOnce(way: Way, work: Work, before: readonly Tried[]): Promise<Tried> {
  const number = before.length + 1;
  const previous = before.at(-1);
  if (way !== 'template-focused' && way !== 'template-passage') {
    const telling = listenTo(work);
    const one = await tryModel({ way, number, previous: previous && attemptOf(previous) }, telling.work);
    // A port that does not stream has told nothing yet.
    if (!telling.told()) tellWhole(one, number, work);
    return one;
  }
  const one = tryTemplate(
    way === 'template-focused' ? 'focused' : 'passage',
    work,
    before.flatMap(({ deferrals }) => deferrals),
  );
  tellWhole(one, number, work);
  return one;
}

function tellWhole({ draft }: Tried, attempt: number, { context: { onEvent } }: Work): void {
  if (draft !== null) onEvent?.({ type: 'draft', attempt, text: draft.text });
}

/** The same work, and whether anybody was told of a draft meanwhile. */
function listenTo(work: Work): { work: Work; told: () => boolean } {
  const { onEvent } = work.context;
  let told = false;
  if (onEvent === undefined) return { work, told: () => true };
  const context = {
    ...work.context,
    onEvent: (event: Parameters<typeof onEvent>[0]) => {
      told ||= event.type === 'draft';
      onEvent(event);
    },
  };
  return { work: { ...work, context }, told: () => told };
}

/** As the verdict and the trace show it. */
export const attemptOf = ({ draft, judge, problem }: Tried): Attempt => ({
  draft,
  judge,
  problem: problem?.notes.join(' ') ?? null,
});
