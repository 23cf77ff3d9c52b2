import type { LlmPort, LlmResult, TextRequest } from '../../platform/index.ts';
import type { ModelUsage } from '../../ticket/index.ts';

/** For whom the calls are made: whose budget they count on, and what is masked besides what patterns find. */
export interface CalledFor {
  readonly ticketId?: string;
  readonly customerId?: string;
  readonly personal?: readonly string[];
}

export interface MeteredLlm {
  readonly llm: LlmPort;
  /** Of all calls so far that a server answered; null where none was. The cost is null once a call has no price. */
  usage(): ModelUsage | null;
}

/** The same port for one answer: every call names its customer and is counted. */
export function meterLlm(llm: LlmPort, calledFor: CalledFor): MeteredLlm {
  let used: ModelUsage | null = null;
  const counted = async <T>(call: Promise<LlmResult<T>>): Promise<LlmResult<T>> => {
    const result = await call;
    if (result.ok) used = add(used, result);
    else if (result.reason !== 'budget') used = { ...(used ?? nothing), calls: (used?.calls ?? 0) + 1 };
    return result;
  };
  const withCustomer = <R extends TextRequest>(request: R): R => ({ ...request, ...calledFor });
  return {
    usage: () => used,
    llm: {
      model: llm.model,
      generateObject: (request) => counted(llm.generateObject(withCustomer(request))),
      generateText: (request, stream) => counted(llm.generateText(withCustomer(request), stream)),
      check: () => llm.check(),
    },
  };
}

const nothing: ModelUsage = { calls: 0, inputTokens: 0, outputTokens: 0, cost: 0 };

function add(
  used: ModelUsage | null,
  { tokens, cost }: { tokens: { input: number; output: number }; cost: number | null },
): ModelUsage {
  const { calls, inputTokens, outputTokens, cost: before } = used ?? nothing;
  return {
    calls: calls + 1,
    inputTokens: inputTokens + tokens.input,
    outputTokens: outputTokens + tokens.output,
    cost: before === null || cost === null ? null : before + cost,
  };
}
