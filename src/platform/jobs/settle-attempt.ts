import { errorCodes, SignalboxError } from '../../ticket/index.ts';
import { translateDatabaseError } from '../db/errors.ts';
import type { JobError } from './job.ts';

/** How an attempt ended, in the words of pg-boss. `deadletter`: trying again is no use. */
export type Settled =
  | {
      readonly id: string;
      readonly status: 'completed';
      readonly output: { readonly result: object; readonly attempts: number };
    }
  | { readonly id: string; readonly status: 'failed' | 'deadletter'; readonly output: JobError };

/**
 * What is told of a failed attempt. A refusal (other content under a used id, say) would be the same next time; what is
 * retryable by the table of errors, and whatever nobody foresaw, is tried again.
 */
export function settleFailure(id: string, error: unknown): Settled {
  const known = error instanceof SignalboxError ? error : translateDatabaseError(error);
  const unforeseen = known.code === 'internal';
  const output = {
    code: known.code,
    detail: unforeseen ? 'Something went wrong on our side; the log tells more.' : known.message,
  };
  return { id, status: unforeseen || errorCodes[known.code].retryable ? 'failed' : 'deadletter', output };
}

/**
 * @throws `job-stuck` when `work` has not come to an end by then. The signal is aborted; what does not listen to it goes
 * on, but nobody waits for it.
 */
export async function withinLimit<T>(work: (signal: AbortSignal) => Promise<T>, seconds: number): Promise<T> {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `The work did not come to an end within ${seconds} s.`;
    timer = setTimeout(() => {
      const stuck = new SignalboxError('job-stuck', words);
      reject(stuck);
      ended.abort(stuck);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work(ended.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
