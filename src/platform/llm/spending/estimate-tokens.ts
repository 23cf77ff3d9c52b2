import type { LlmResult, LlmTokens, TextRequest } from '../port.ts';

/** German has about three characters a token, English four: the dearer is taken, an estimate shall not be too low. */
const charactersPerToken = 3;
/** Tokens of a long draft; an answer that may have more is rarely as long, and reserving them would block others. */
const usualOutput = 1_000;

/** What a call may use, before it is made. */
export function estimateTokens(request: TextRequest): LlmTokens {
  return {
    input: Math.ceil((request.system.length + request.prompt.length) / charactersPerToken),
    output: Math.min(request.maxTokens ?? usualOutput, usualOutput),
  };
}

export interface UsedTokens extends LlmTokens {
  readonly estimated: boolean;
}

const nothing: UsedTokens = { input: 0, output: 0, estimated: false };

/**
 * What a call used: what the server counted, else by the length of the texts. A call that failed under way is counted
 * with its prompt for each attempt, because the server had read it; a refused one with nothing.
 */
export function usedTokens(request: TextRequest, result: LlmResult<unknown>): UsedTokens {
  if (result.tokens !== undefined && result.tokens.input + result.tokens.output > 0)
    return { ...result.tokens, estimated: false };
  const { input } = estimateTokens(request);
  if (result.ok) {
    const length = typeof result.value === 'string' ? result.value.length : JSON.stringify(result.value).length;
    return { input, output: Math.ceil(length / charactersPerToken), estimated: true };
  }
  if (result.tokens !== undefined || ['timeout', 'cut', 'server-error'].includes(result.reason))
    return { input: input * Math.max(1, result.attempts), output: 0, estimated: true };
  return nothing;
}
