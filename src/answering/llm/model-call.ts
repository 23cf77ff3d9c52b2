import type { LlmFailure, LlmFailureReason, LlmPort } from '../../platform/index.ts';
import type { Language, Passage } from '../../ticket/index.ts';
import type { NewFence } from '../prompts/fence.ts';
import type { Prompts } from '../prompts/load-prompts.ts';
import type { NumberedPassage } from '../prompts/values.ts';

/** What every question to a model needs. `newFence` is `randomFence` outside of tests. */
export interface ModelTools {
  readonly llm: LlmPort;
  readonly prompts: Prompts;
  readonly newFence: NewFence;
}

/** What every question to a model is about. `passages` are best first; a draft cites them by place, from 1. */
export interface ModelContext {
  readonly subject: string;
  readonly message: string;
  readonly language: Language;
  readonly passages: readonly Passage[];
  /** Milliseconds for the whole call; the port's own time-out holds besides. */
  readonly deadlineMs?: number;
}

/** A model that gave nothing usable: `failure` is what is stored and shown, `reason: detail`. */
export interface ModelFailure {
  readonly ok: false;
  readonly reason: LlmFailureReason;
  readonly failure: string;
}

export function toModelFailure(result: LlmFailure): ModelFailure {
  return { ok: false, reason: result.reason, failure: describeFailure(result) };
}

export function describeFailure({ reason, detail, attempts }: LlmFailure): string {
  return `${reason}: ${detail}${attempts > 1 ? ` (${attempts} attempts)` : ''}`;
}

export function numberPassages(passages: readonly Passage[]): NumberedPassage[] {
  return passages.map(({ heading, text }, i) => ({ number: i + 1, heading, text }));
}

/** Only where it is given: the port tells a missing deadline from a set one. */
export function deadlineOf(context: ModelContext): { deadlineMs?: number } {
  return context.deadlineMs === undefined ? {} : { deadlineMs: context.deadlineMs };
}
