import type { JudgeVerdict } from '../../ticket/index.ts';
import { deadlineOf, describeFailure, type ModelContext, type ModelTools, numberPassages } from './model-call.ts';
import { judgementSchema, settleJudgement } from './settle-judgement.ts';

export interface JudgeRequest extends ModelContext {
  /** The text as it would be sent. */
  readonly reply: string;
}

/**
 * Has the model judge a reply, of whatever origin. Never throws, and a judge that fails never passes: its
 * score is 0 and `failure` says why.
 */
export async function judgeWithModel(tools: ModelTools, request: JudgeRequest): Promise<JudgeVerdict> {
  const { subject, message, language, reply } = request;
  const passages = numberPassages(request.passages);
  const values = { subject, message, language, reply, passages };
  const { system, prompt } = tools.prompts.render('judge', values, tools.newFence);
  const result = await tools.llm.generateObject({
    purpose: 'judge',
    system,
    prompt,
    schema: judgementSchema,
    ...deadlineOf(request),
  });
  if (!result.ok) return failed(describeFailure(result), language === 'de');
  const { helpfulness, accuracy, clarity, relevance } = result.value;
  const settled = settleJudgement(result.value, language);
  return { kind: 'llm', helpfulness, accuracy, clarity, relevance, ...settled, failure: null };
}

function failed(failure: string, german: boolean): JudgeVerdict {
  return {
    kind: 'llm',
    helpfulness: 0,
    accuracy: 0,
    clarity: 0,
    relevance: 0,
    score: 0,
    reasoning: german
      ? 'Das Sprachmodell gab kein brauchbares Urteil ab; die Antwort gilt als nicht geprüft.'
      : 'The language model gave no usable verdict; the reply counts as not checked.',
    unansweredAsks: [],
    unsupportedClaims: [],
    failure,
  };
}
