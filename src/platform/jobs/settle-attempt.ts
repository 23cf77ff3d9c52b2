import { errorCodes, SignalboxError } from '../../ticket/index.ts';
import { translateDatabaseError } from '../db/errors.ts';
import type { JobError } from './job.ts';

/** How an attempt ended, in the words of pg-boss. `deadletter`: trying again is no use. */
export type Settled =
  | { readonly id: string; readonly status: 'completed'; readonly output: { readonly result: object } }
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

/** @throws `job-stuck` when `work` has not come to an end by then; it goes on, but nobody waits for it. */
export async function withinLimit<T>(work: () => Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `The work did not come to an end within ${seconds} s.`;
    timer = setTimeout(() => reject(new SignalboxError('job-stuck', words)), seconds * 1000);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
