import type { LlmFailureReason } from './port.ts';

/** What one attempt failed with; `retryAfterMs` is what the server asked for, null when it asked nothing. */
export interface AttemptFailure {
  readonly reason: LlmFailureReason;
  readonly detail: string;
  readonly retryAfterMs: number | null;
  /** Set where another attempt is pointless although the reason is one that is retried (a used-up quota). */
  readonly final?: boolean;
}

interface Rule {
  /** Further attempts after the first. */
  readonly retries: number;
  /** Wait before the first retry; doubled for each further one. */
  readonly baseMs: number;
}

const never: Rule = { retries: 0, baseMs: 0 };

/**
 * What is tried again. A reply that came but is not usable is not asked for a second time: at temperature 0
 * the same question gives the same reply, and a person costs less than a guess.
 */
export const retryPolicy: Readonly<Record<LlmFailureReason, Rule>> = {
  'rate-limited': { retries: 2, baseMs: 500 },
  'server-error': { retries: 2, baseMs: 250 },
  unreachable: { retries: 1, baseMs: 100 },
  cut: { retries: 1, baseMs: 100 },
  timeout: never,
  unauthorised: never,
  empty: never,
  'not-json': never,
  'schema-mismatch': never,
  refusal: never,
  'too-long': never,
  'bad-request': never,
  budget: never,
};

/**
 * Milliseconds to wait before the next attempt, or null to give up.
 * `attempts` counts those made. Without a word from the server the wait is between half and the whole of the
 * doubling step ("equal jitter"), so that many callers do not come back at once; with one, at most a tenth longer.
 */
export function waitBeforeRetry(failure: AttemptFailure, attempts: number, random: () => number): number | null {
  const rule = retryPolicy[failure.reason];
  if (failure.final === true || attempts > rule.retries) return null;
  if (failure.retryAfterMs !== null) return failure.retryAfterMs * (1 + random() / 10);
  const step = rule.baseMs * 2 ** (attempts - 1);
  return step / 2 + (random() * step) / 2;
}

/**
 * Milliseconds asked for by `retry-after-ms` or `retry-after` (seconds or an HTTP date), null when neither is
 * there or readable. `now` is the wall clock in epoch milliseconds.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>> | undefined, now: number): number | null {
  const exact = Number.parseFloat(headers?.['retry-after-ms'] ?? '');
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const given = headers?.['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given) * 1000;
  // Date.parse takes "-3" for a month; a date of HTTP names its day.
  const date = /^[A-Z][a-z]{2,8},? /.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
