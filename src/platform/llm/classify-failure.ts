import { APICallError } from 'ai';
import { type AttemptFailure, readRetryAfter } from './retry-policy.ts';

/**
 * What an error of a call means. `detail` is built from status, codes and our own words only: messages of
 * servers may quote the prompt, and with it a customer. `wallClock` is epoch milliseconds, for Retry-After.
 */
export function classifyError(error: unknown, wallClock: number): AttemptFailure {
  if (!APICallError.isInstance(error)) return classifyOther(error);
  const status = error.statusCode;
  if (status === undefined) return fail('unreachable', `no connection to the model server${codeOf(error)}`);
  if (status >= 200 && status < 300) return classifyBody(error);
  const code = errorCode(error.responseBody);
  return {
    ...classifyStatus(status, code, error.responseBody ?? ''),
    retryAfterMs: readRetryAfter(error.responseHeaders, wallClock),
  };
}

/**
 * The text of a request that was refused for one of its parameters, for the dialect; null for any other error.
 * "Reduce max_tokens" in a complaint about the length is no such refusal.
 */
export function refusedRequest(error: unknown): string | null {
  if (!APICallError.isInstance(error)) return null;
  if (error.statusCode !== 400 && error.statusCode !== 422) return null;
  const body = error.responseBody ?? '';
  return classifyStatus(error.statusCode, errorCode(body), body).reason === 'bad-request' ? body : null;
}

function classifyStatus(status: number, code: string, body: string): AttemptFailure {
  const detail = `HTTP ${status}${code === '' ? '' : ` (${code})`}`;
  if (status === 401 || status === 403) return fail('unauthorised', `${detail}: the key is missing or not valid`);
  if (status === 429)
    return /quota|billing|credit/i.test(code)
      ? { ...fail('rate-limited', `${detail}: the quota is used up`), final: true }
      : fail('rate-limited', detail);
  if (status === 408 || status === 425 || status >= 500) return fail('server-error', detail);
  if (status === 413 || /context.?length|context.?window|too many tokens|string_above_max/i.test(code + body))
    return fail('too-long', `${detail}: the prompt is longer than the model takes`);
  if (/content.?(?:filter|policy|management)/i.test(code))
    return fail('refusal', `${detail}: refused by a content filter`);
  if (status === 404) return fail('bad-request', `${detail}: check OPENAI_BASE_URL and LLM_MODEL`);
  if (status >= 300 && status < 400)
    return fail('bad-request', `${detail}: the server redirects; set OPENAI_BASE_URL to its final address`);
  return fail('bad-request', detail);
}

/** The status was fine, the body was not: broken off, or not the JSON of a chat completion. */
function classifyBody(error: APICallError): AttemptFailure {
  if (error.isRetryable || codeOf(error) !== '')
    return fail('cut', `the connection broke inside the reply${codeOf(error)}`);
  if (error.message.startsWith('Failed to process'))
    return /exceeded maximum size|larger than/i.test(String((error.cause as Error | undefined)?.message))
      ? fail('too-long', 'the reply is larger than we read')
      : fail('cut', 'the reply could not be read to its end');
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(error.responseHeaders?.['content-type'] ?? '')?.[0] ?? 'unknown';
  return fail('not-json', `the body is not a chat completion (content type ${type})`);
}

function classifyOther(error: unknown): AttemptFailure {
  const name = error instanceof Error ? error.name : typeof error;
  if (name === 'BrokenStreamError') return brokenStream(error as Error);
  if (name === 'NoReplyError') return fail('not-json', 'the body is not a chat completion');
  if (name === 'AbortError') return fail('timeout', 'the call was ended');
  if (name === 'AI_InvalidResponseDataError') return fail('empty', 'the reply has no choices');
  if (name === 'AI_NoOutputGeneratedError') return fail('empty', 'the reply has no text');
  return fail('server-error', `the call failed (${name})`);
}

function brokenStream(error: Error): AttemptFailure {
  return /larger than we read/i.test(error.message)
    ? fail('too-long', 'the reply is larger than we read')
    : fail('cut', `the stream broke inside the reply${codeOf(error)}`);
}

function fail(reason: AttemptFailure['reason'], detail: string): AttemptFailure {
  return { reason, detail, retryAfterMs: null };
}

/** `code` or `type` of the usual error body, only if it looks like an identifier and not like a text. */
function errorCode(body: string | undefined): string {
  try {
    const { error } = JSON.parse(body ?? '') as { error?: { code?: unknown; type?: unknown } };
    const found = [error?.code, error?.type].find((v) => typeof v === 'string' && /^[\w.-]{1,60}$/.test(v));
    return typeof found === 'string' ? found : '';
  } catch {
    return '';
  }
}

/** The system's code of a network error (ECONNREFUSED …), from however deep it lies, as ` (CODE)`. */
function codeOf(error: unknown): string {
  for (let e = error, depth = 0; e instanceof Error && depth < 6; e = e.cause, depth++) {
    const { code } = e as Error & { code?: unknown };
    if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return ` (${code})`;
  }
  return '';
}
