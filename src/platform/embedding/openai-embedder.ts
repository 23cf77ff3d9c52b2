import { createHash } from 'node:crypto';
import { SignalboxError } from '../../ticket/index.ts';
import { openAiBaseUrl } from '../llm/create-llm.ts';
import { fetchDirectly } from '../llm/fetch-directly.ts';
import type { LlmFailureReason, Timing } from '../llm/port.ts';
import { type AttemptFailure, readRetryAfter, waitBeforeRetry } from '../llm/retry-policy.ts';
import { systemTiming } from '../llm/timing.ts';
import type { TextEmbedder } from './port.ts';
import { readVectors } from './read-vectors.ts';

export interface OpenAiEmbedderOptions {
  /** Address up to and with `/v1`; OpenAI's own when it is not given. */
  readonly baseUrl?: string | undefined;
  readonly key?: string | undefined;
  readonly model: string;
  /** Milliseconds that one request may take, its retries and waits together. */
  readonly timeoutMs: number;
  /**
   * What stands in for texts on their way out: personal data masked. Not optional: a customer's text must not leave
   * the machine as it is.
   */
  readonly maskTexts: (texts: readonly string[]) => readonly string[];
  readonly timing?: Timing;
  /** Epoch milliseconds, only to read a Retry-After that is a date. */
  readonly wallClock?: () => number;
  readonly signal?: AbortSignal;
}

/** Texts of one request: 16 × 3,072 numbers are 1.1 MB of JSON, 10 ms to parse, and below what we read of a reply. */
const batch = 16;
/** Characters of a text that are sent: 2,000 tokens or so, which servers for 8,192 tokens take in any language. */
const mostCharacters = 8_000;

/**
 * An embedding model behind an OpenAI-compatible `POST /embeddings`. Its dimension is asked with a first request. A
 * text without a letter gets a vector of zeros and is not sent.
 *
 * @throws SignalboxError `embedder-unavailable` when the server cannot be reached, is late, refuses or is overloaded;
 *   `model-invalid` when what it answers cannot be used: another dimension than at first, too few rows, no numbers.
 *   No message holds a text of the request or the reply. The reason of a signal that is aborted first.
 */
export async function openOpenAiEmbedder(options: OpenAiEmbedderOptions): Promise<TextEmbedder> {
  const [first] = await request(options, ['dimension'], { dimension: null, signal: options.signal });
  const dimension = first!.length;
  const server = createHash('sha256')
    .update(options.baseUrl ?? openAiBaseUrl)
    .digest('hex')
    .slice(0, 8);
  let closed = false;
  return {
    id: `${options.model}@${server}/${dimension}`,
    dimension,
    maxTokens: Math.floor(mostCharacters / 4),
    async embed(texts, { signal } = {}) {
      if (closed) throw new SignalboxError('embedder-closed', 'The embedding model was closed.');
      const out = new Float32Array(texts.length * dimension);
      const sent = texts.flatMap((text, row) => (/\p{L}|\p{N}/u.test(text) ? [row] : []));
      for (let i = 0; i < sent.length; i += batch) {
        const rows = sent.slice(i, i + batch);
        const vectors = await request(options, prepared(options, rows, texts), { dimension, signal });
        for (const [at, row] of rows.entries()) out.set(vectors[at]!, row * dimension);
      }
      return out;
    },
    async close() {
      closed = true;
    },
  };
}

/** Masked before it is cut: half an account number would not be known as one. */
function prepared({ maskTexts }: OpenAiEmbedderOptions, rows: readonly number[], texts: readonly string[]): string[] {
  return maskTexts(rows.map((row) => texts[row]!)).map((text) => text.slice(0, mostCharacters).toWellFormed());
}

interface Wanted {
  /** Null: whatever the first row has. */
  readonly dimension: number | null;
  readonly signal: AbortSignal | undefined;
}

/** One batch, with retries as the language model's: overload twice, a broken connection once. */
async function request(
  options: OpenAiEmbedderOptions,
  input: readonly string[],
  { dimension, signal }: Wanted,
): Promise<Float32Array[]> {
  const timing = options.timing ?? systemTiming;
  const started = timing.now();
  const late = AbortSignal.timeout(options.timeoutMs);
  const either = signal === undefined ? late : AbortSignal.any([signal, late]);
  for (let attempts = 1; ; attempts++) {
    const answer = await attempt(options, input, either);
    if (typeof answer === 'string') return readVectors(answer, { rows: input.length, dimension });
    signal?.throwIfAborted();
    const wait = waitBeforeRetry(answer, attempts, timing.random);
    if (late.aborted || wait === null || timing.now() - started + wait >= options.timeoutMs)
      throw new SignalboxError('embedder-unavailable', `The embedding server gave no vectors: ${answer.detail}.`);
    await timing.sleep(wait, either);
    signal?.throwIfAborted();
  }
}

/** The body of a reply, or what went wrong. Words of the server are never repeated: they may quote the text. */
async function attempt(
  { baseUrl = openAiBaseUrl, key, model, wallClock, timeoutMs }: OpenAiEmbedderOptions,
  input: readonly string[],
  signal: AbortSignal,
): Promise<string | AttemptFailure> {
  try {
    const response = await fetchDirectly(`${baseUrl.replace(/\/+$/, '')}/embeddings`, {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
    });
    if (response.ok) return await response.text();
    await response.body?.cancel();
    return refused(response, (wallClock ?? Date.now)());
  } catch (error) {
    if (signal.aborted) return failure('timeout', `no answer within ${timeoutMs} ms`);
    return failure('unreachable', `it cannot be reached or broke off${codeOf(error)}; check OPENAI_BASE_URL`);
  }
}

function refused({ status, headers }: Response, now: number): AttemptFailure {
  const retryAfterMs = readRetryAfter(Object.fromEntries(headers), now);
  const detail = `HTTP ${status}`;
  if (status === 401 || status === 403) return failure('unauthorised', `${detail}, check OPENAI_API_KEY`);
  if (status === 429) return { ...failure('rate-limited', `${detail}, too many requests`), retryAfterMs };
  if (status === 408 || status >= 500) return { ...failure('server-error', detail), retryAfterMs };
  return failure('bad-request', `${detail}, check OPENAI_BASE_URL and EMBEDDING_NAME`);
}

function failure(reason: LlmFailureReason, detail: string): AttemptFailure {
  return { reason, detail, retryAfterMs: null };
}

function codeOf(error: unknown): string {
  for (let e = error, depth = 0; e instanceof Error && depth < 6; e = e.cause, depth++) {
    const { code } = e as Error & { code?: unknown };
    if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return ` (${code})`;
  }
  return '';
}
