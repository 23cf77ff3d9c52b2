/**
 * When a delivery that failed is tried again: after 5 seconds, and then over two days. Spread by a fifth either way, so
 * that what failed together does not come back together.
 */
const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
export const retryDelays: readonly number[] = [
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
];
const spread = 0.2;
/** No receiver may put us off for longer than this. */
const longestRetryAfter = 24 * hours;
/** A receiver that takes nothing is left alone for a second, then twice as long each time, up to this. */
const longestRest = 60 * seconds;
/** After so long, and so many attempts, without one success a webhook is switched off. */
export const givenUpAfter = { milliseconds: 5 * 24 * hours, failures: 10 } as const;

/** What came of one attempt. */
export type Attempt =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Milliseconds that the receiver asks for; null when it doesn't. */
      readonly retryAfter: number | null;
      /** The beginning of what it said. */
      readonly text: string;
    }
  | { readonly kind: 'failed'; readonly error: string };

export interface Standing {
  readonly now: Date;
  /** Attempts at this delivery, this one included. */
  readonly attempts: number;
  /** Of the webhook before this attempt: since when and how often nothing went through. */
  readonly failingSince: Date | null;
  readonly failures: number;
}

export interface Verdict {
  readonly status: 'delivered' | 'failed' | 'dead';
  readonly nextAttemptAt: Date | null;
  /** Nothing more is sent to this receiver until then. */
  readonly restingUntil: Date | null;
  /** Why the webhook is to be switched off. */
  readonly disable: string | null;
}

/** What follows from an attempt. `random` in [0, 1). */
export function judgeAttempt(attempt: Attempt, standing: Standing, random: () => number): Verdict {
  if (attempt.kind === 'answered' && attempt.status >= 200 && attempt.status < 300)
    return { status: 'delivered', nextAttemptAt: null, restingUntil: null, disable: null };
  if (attempt.kind === 'answered' && attempt.status === 410)
    return { status: 'dead', nextAttemptAt: null, restingUntil: null, disable: 'The receiver answered 410 (gone).' };
  const { now, attempts, failures } = standing;
  const asked = attempt.kind === 'answered' && attempt.retryAfter !== null ? attempt.retryAfter : 0;
  const wait = Math.min(asked, longestRetryAfter);
  const delay = retryDelays[attempts - 1];
  const restingUntil = isUnwell(attempt)
    ? later(now, Math.max(wait, Math.min(longestRest, seconds * 2 ** Math.min(failures, 10))))
    : null;
  const disable = isGivenUp(standing) ? 'Nothing went through for five days.' : null;
  if (delay === undefined) return { status: 'dead', nextAttemptAt: null, restingUntil, disable };
  const spreadDelay = delay * (1 - spread + 2 * spread * random());
  return { status: 'failed', nextAttemptAt: later(now, Math.max(wait, spreadDelay)), restingUntil, disable };
}

/** No answer, or one that says that it is not about this message. A 404 or a 400 is, and holds nothing else up. */
const isUnwell = (attempt: Attempt): boolean =>
  attempt.kind === 'failed' || attempt.status >= 500 || attempt.status === 429;

function isGivenUp({ now, failingSince, failures }: Standing): boolean {
  if (failingSince === null || failures + 1 < givenUpAfter.failures) return false;
  return now.getTime() - failingSince.getTime() >= givenUpAfter.milliseconds;
}

const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + Math.round(milliseconds));

/** Milliseconds from a Retry-After header, a number of seconds or a date; null without one that can be read. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * seconds;
  // Only the form of HTTP: Date.parse would take "-1" for a year.
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
