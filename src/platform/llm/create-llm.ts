import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import type { z } from 'zod';
import type { Log } from '../log.ts';
import { checkServer } from './check-server.ts';
import { classifyError, refusedRequest } from './classify-failure.ts';
import { fetchDirectly } from './fetch-directly.ts';
import { fetchEvents } from './fetch-events.ts';
import type {
  LlmCall,
  LlmFailure,
  LlmPort,
  LlmResult,
  LlmTokens,
  ObjectRequest,
  TextRequest,
  TextStream,
  Timing,
} from './port.ts';
import { type RawReply, type Reading, readObject, readText } from './read-reply.ts';
import { createRequestDialect, type RequestDialect } from './request-dialect.ts';
import { type AttemptFailure, waitBeforeRetry } from './retry-policy.ts';
import { type AskedOptions, streamReply } from './stream-reply.ts';
import { systemTiming } from './timing.ts';

/** Where a key without an address belongs to. */
export const openAiBaseUrl = 'https://api.openai.com/v1';

export interface LlmOptions {
  /** Address up to and with `/v1`; OpenAI's own when it is not given. */
  readonly baseUrl?: string | undefined;
  /** Sent as bearer token; a local server needs none. */
  readonly key?: string | undefined;
  readonly model: string;
  /** Milliseconds that one call may take, attempts and waits together. */
  readonly timeoutMs: number;
  readonly log: Log;
  readonly onCall?: (call: LlmCall) => void;
  readonly timing?: Timing;
  /** Epoch milliseconds, only to read a Retry-After that is a date. */
  readonly wallClock?: () => number;
}

interface Attempt<T> {
  readonly reading: Reading<T>;
  readonly model: string;
  readonly tokens: LlmTokens;
}

/** One call while it runs. */
interface Call<T> {
  readonly request: TextRequest;
  readonly schema: z.ZodType<T> | null;
  readonly read: (reply: RawReply) => Reading<T>;
  readonly stream: Listener | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Attempts begun so far; read by the deadline, which may strike in the middle of one. */
interface Progress {
  attempts: number;
}

const defaultMaxTokens = 4_000;

/**
 * A language model behind any OpenAI-compatible server. Temperature 0 and a fixed seed, so that a server
 * that can repeat itself does. Both functions return values and never throw; nothing they log or return in
 * `detail` holds a text of the prompt or the reply.
 */
export function createLlm(options: LlmOptions): LlmPort {
  const baseUrl = options.baseUrl ?? openAiBaseUrl;
  const timing = options.timing ?? systemTiming;
  const wallClock = options.wallClock ?? Date.now;
  const dialect = createRequestDialect();
  const connect = (fetch: typeof fetchDirectly) =>
    createOpenAICompatible({
      name: 'llm',
      baseURL: baseUrl,
      ...(options.key === undefined ? {} : { apiKey: options.key }),
      supportsStructuredOutputs: true,
      includeUsage: true,
      transformRequestBody: (body) => dialect.adapt(body),
      fetch,
    }).chatModel(options.model);
  const models = { whole: connect(fetchDirectly), streamed: connect(fetchEvents) };

  async function call<T>(asked: Pick<Call<T>, 'request' | 'schema' | 'read' | 'stream'>): Promise<LlmResult<T>> {
    const { request, stream } = asked;
    const deadlineMs = Math.min(request.deadlineMs ?? options.timeoutMs, options.timeoutMs);
    const server = { models, name: options.model, dialect, deadlineMs, timing, wallClock };
    const result = await withDeadline<T>(deadlineMs, timing, (progress, signal) =>
      callWithRetries({ ...asked, progress, signal }, server),
    );
    stream?.close();
    report(options, request.purpose, result);
    return result;
  }

  return {
    model: options.model,
    generateText: (request, stream) =>
      call<string>({ request, schema: null, read: readText, stream: stream === undefined ? null : listenTo(stream) }),
    generateObject: <T>(request: ObjectRequest<T>) =>
      call<T>({ request, schema: request.schema, read: (reply) => readObject(reply, request.schema), stream: null }),
    check: () => checkServer({ baseUrl, key: options.key, model: options.model, timing }),
  };
}

/** Who hears a reply while it comes. */
interface Listener extends TextStream {
  /** Whether anything of the present attempt was heard. */
  readonly heard: boolean;
  /** Nothing is told any more: what comes after the deadline is nobody's. */
  close(): void;
}

function listenTo(stream: TextStream): Listener {
  let open = true;
  let heard = false;
  return {
    get heard() {
      return heard;
    },
    onText(piece) {
      if (!open) return;
      heard = true;
      stream.onText(piece);
    },
    onRestart() {
      if (!open) return;
      heard = false;
      stream.onRestart();
    },
    close() {
      open = false;
    },
  };
}

interface Server {
  readonly models: { readonly whole: LanguageModel; readonly streamed: LanguageModel };
  readonly name: string;
  readonly dialect: RequestDialect;
  readonly deadlineMs: number;
  readonly timing: Timing;
  readonly wallClock: () => number;
}

/** Attempts until one is usable, the policy gives up, or the next wait would pass the deadline. */
async function callWithRetries<T>(call: Call<T>, server: Server): Promise<LlmResult<T>> {
  const started = server.timing.now();
  const spent = () => server.timing.now() - started;
  for (let counted = 1; ; ) {
    call.progress.attempts += 1;
    const version = server.dialect.version;
    const outcome = await attempt(call, server).catch((error: unknown) => ({ error }));
    const { attempts } = call.progress;
    if (!('error' in outcome)) return toResult(outcome, attempts, spent());
    const refusal = refusedRequest(outcome.error);
    // Another call may have learnt in the meantime what this one was refused for.
    if (refusal !== null && (server.dialect.giveUp(refusal) || server.dialect.version !== version)) continue;
    const failure = classifyError(outcome.error, server.wallClock());
    const wait = waitBeforeRetry(failure, counted, server.timing.random);
    if (wait === null || spent() + wait >= server.deadlineMs) return toFailure(failure, attempts, spent());
    await server.timing.sleep(wait, call.signal);
    if (call.stream?.heard === true) call.stream.onRestart();
    counted += 1;
  }
}

async function attempt<T>(call: Call<T>, server: Server): Promise<Attempt<T>> {
  const { request, stream, signal } = call;
  const asked: AskedOptions = {
    instructions: request.system,
    prompt: request.prompt,
    temperature: 0,
    seed: 1,
    maxOutputTokens: request.maxTokens ?? defaultMaxTokens,
    maxRetries: 0,
    abortSignal: signal,
  };
  if (stream === null) return wholeAttempt(call, server, asked);
  const { reply, model, usage } = await streamReply(server.models.streamed, asked, stream);
  return { reading: call.read(reply), model: modelName(model, server.name), tokens: tokensOf(usage) };
}

async function wholeAttempt<T>(
  { request, schema, read }: Call<T>,
  server: Server,
  asked: AskedOptions,
): Promise<Attempt<T>> {
  try {
    const result = await generateText({
      ...asked,
      model: server.models.whole,
      ...(schema === null ? {} : { output: Output.object({ schema, name: request.purpose }) }),
    });
    return {
      reading: read({ text: result.text, finish: result.finishReason }),
      model: modelName(result.response.modelId, server.name),
      tokens: tokensOf(result.usage),
    };
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    return {
      reading: read({ text: error.text ?? '', finish: error.finishReason }),
      model: modelName(error.response?.modelId, server.name),
      tokens: tokensOf(error.usage),
    };
  }
}

/**
 * Ends a call when the time is up: the request is aborted, and whatever the work still returns or does not
 * return is ignored. The deadline's own failure is ready before the abort can be seen by the work.
 */
async function withDeadline<T>(
  deadlineMs: number,
  timing: Timing,
  work: (progress: Progress, signal: AbortSignal) => Promise<LlmResult<T>>,
): Promise<LlmResult<T>> {
  const late = new AbortController();
  const done = new AbortController();
  const progress: Progress = { attempts: 0 };
  const timeout = new Promise<LlmFailure>((resolve) => {
    void timing.sleep(deadlineMs, done.signal).then(() => {
      if (done.signal.aborted) return;
      const detail = `no usable reply within ${Math.round(deadlineMs)} ms`;
      resolve(toFailure({ reason: 'timeout', detail }, progress.attempts, deadlineMs));
      late.abort();
    });
  });
  try {
    return await Promise.race([timeout, work(progress, late.signal)]);
  } finally {
    done.abort();
  }
}

function toResult<T>(attempt: Attempt<T>, attempts: number, milliseconds: number): LlmResult<T> {
  const { reading, model, tokens } = attempt;
  if (!reading.ok) return { ...toFailure(reading, attempts, milliseconds), tokens };
  return { ok: true, value: reading.value, model, tokens, cost: null, milliseconds, attempts };
}

function toFailure(
  { reason, detail }: Pick<AttemptFailure, 'reason' | 'detail'>,
  attempts: number,
  milliseconds: number,
): LlmFailure {
  return { ok: false, reason, detail, attempts, milliseconds };
}

function modelName(answered: string | undefined, asked: string): string {
  return answered === undefined || answered.trim() === '' ? asked : answered.slice(0, 200);
}

function tokensOf(usage: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined) {
  return { input: usage?.inputTokens ?? 0, output: usage?.outputTokens ?? 0 };
}

function report(options: LlmOptions, purpose: string, result: LlmResult<unknown>): void {
  const { attempts, milliseconds } = result;
  const model = result.ok ? result.model : options.model;
  options.onCall?.({
    purpose,
    result: result.ok ? 'ok' : result.reason,
    model,
    attempts,
    milliseconds,
    tokens: result.ok ? result.tokens : null,
  });
  const facts = { purpose, model, attempts, milliseconds: Math.round(milliseconds) };
  if (result.ok) options.log.debug({ ...facts, tokens: result.tokens }, 'language model answered');
  else options.log.warn({ ...facts, reason: result.reason, detail: result.detail }, 'language model failed');
}
