import { z } from 'zod';
import { intents, type ModelDecision, priorities } from '../../ticket/index.ts';
import {
  deadlineOf,
  type ModelContext,
  type ModelFailure,
  type ModelTools,
  numberPassages,
  toModelFailure,
} from './model-call.ts';

/** The contract of source document 001. NaN and Infinity are no numbers here, "0.9" is none either. */
const decision = z.object({
  intent: z.enum(intents),
  priority: z.enum(priorities),
  confidence: z.number().min(0).max(1),
  suggestion: z.string().trim().min(1).max(4_000),
});

/** A recommendation; rules outside decide what becomes of it. */
export type DecisionResult = { readonly ok: true; readonly decision: ModelDecision } | ModelFailure;

/**
 * Asks the model for intent, priority, confidence in [0,1] and a suggestion, in one structured call.
 * Never throws: whatever does not fit the schema is a failure with its reason, and belongs to a person.
 */
export async function decideWithModel(tools: ModelTools, context: ModelContext): Promise<DecisionResult> {
  const { subject, message, language } = context;
  const passages = numberPassages(context.passages);
  const { system, prompt, hash } = tools.prompts.render(
    'decision',
    { subject, message, language, passages },
    tools.newFence,
  );
  const result = await tools.llm.generateObject({
    purpose: 'decision',
    system,
    prompt,
    schema: decision,
    ...deadlineOf(context),
  });
  if (!result.ok) return toModelFailure(result);
  return { ok: true, decision: { ...result.value, model: result.model, promptHash: hash } };
}
