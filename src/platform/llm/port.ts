import type { z } from 'zod';

/**
 * Why a call gave nothing usable. Each is an expected outcome, not an exception:
 * `timeout` the deadline passed (all attempts together) · `rate-limited` 429 · `server-error` 5xx ·
 * `unreachable` no connection · `unauthorised` 401, 403 · `cut` the connection broke inside the reply ·
 * `empty` a reply without text · `not-json` prose, NaN, half an object, a body that is no chat completion ·
 * `schema-mismatch` JSON of another shape or range · `refusal` the model or a content filter refused ·
 * `too-long` prompt or reply beyond a limit · `bad-request` any other 3xx or 4xx, for example an unknown model ·
 * `budget` what may be spent in this hour is spent: the model was not asked.
 */
export const llmFailureReasons = [
  'timeout',
  'rate-limited',
  'server-error',
  'unreachable',
  'unauthorised',
  'cut',
  'empty',
  'not-json',
  'schema-mismatch',
  'refusal',
  'too-long',
  'bad-request',
  'budget',
] as const;
export type LlmFailureReason = (typeof llmFailureReasons)[number];

export interface LlmTokens {
  readonly input: number;
  readonly output: number;
}

export interface LlmFailure {
  readonly ok: false;
  readonly reason: LlmFailureReason;
  /** For a log or an agent: never holds a text of the prompt or of the reply. */
  readonly detail: string;
  readonly attempts: number;
  readonly milliseconds: number;
  /** Of a reply that came and could not be used: it is paid for all the same. */
  readonly tokens?: LlmTokens;
}

export interface LlmSuccess<T> {
  readonly ok: true;
  readonly value: T;
  /** The model that answered, as the server names it. */
  readonly model: string;
  /** Zeros when the server counts none. */
  readonly tokens: LlmTokens;
  /** What the call cost by LLM_PRICES; null when the model has no price there. */
  readonly cost: number | null;
  readonly milliseconds: number;
  readonly attempts: number;
  /** Placeholders of the masking that the model invented; they stand in the value as they are. Absent when none. */
  readonly unknownPlaceholders?: readonly string[];
}

export type LlmResult<T> = LlmSuccess<T> | LlmFailure;

export interface TextRequest {
  /** What the call is for: a label of metrics and logs, and the name of the schema that is sent. */
  readonly purpose: string;
  readonly system: string;
  readonly prompt: string;
  /** Milliseconds for all attempts together; never more than the port's own time-out. */
  readonly deadlineMs?: number;
  /** Tokens the reply may have; 4,000 unless said. */
  readonly maxTokens?: number;
  /** Whose budget it is counted on; none: only the hour's. */
  readonly customerId?: string;
  /** Ticket that the call is recorded under. */
  readonly ticketId?: string;
  /** Values of this customer that are masked wherever they stand, besides what patterns find: names, mostly. */
  readonly personal?: readonly string[];
}

export interface ObjectRequest<T> extends TextRequest {
  readonly schema: z.ZodType<T>;
}

/** Hears a reply while it comes. Of a call that fails in the end nothing that was heard counts. */
export interface TextStream {
  onText(piece: string): void;
  onRestart(): void;
}

/** How every room sees a language model. Never throws; a remote one is wrapped with masking by wiring. */
export interface LlmPort {
  /** The model that is asked for. */
  readonly model: string;
  generateObject<T>(request: ObjectRequest<T>): Promise<LlmResult<T>>;
  /** `onText` hears the reply piece by piece, put back in clear; `onRestart` says that what it heard does not count. */
  generateText(request: TextRequest, stream?: TextStream): Promise<LlmResult<string>>;
  /** Asks for the list of models, which costs no tokens. For `/health` and `doctor`; cache it. */
  check(): Promise<LlmHealth>;
}

export interface LlmHealth {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly detail: string;
  readonly models: readonly string[];
  readonly milliseconds: number;
}

/** One call as metrics see it. */
export interface LlmCall {
  readonly purpose: string;
  readonly result: 'ok' | LlmFailureReason;
  readonly model: string;
  readonly attempts: number;
  readonly milliseconds: number;
  readonly tokens: LlmTokens | null;
}

/** Time and chance, given in so that tests and replays can set them. */
export interface Timing {
  /** Milliseconds from any fixed point; must not go back. */
  now(): number;
  /** Ends early, without an error, when `signal` is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** In [0,1). */
  random(): number;
}
