/**
 * A job is `pending` (waits, also between two attempts), `processing`, `done` or `failed`. What failed for good stays
 * where it is, as a dead letter, and can be replayed under its own id.
 */
export type JobStatus = 'pending' | 'processing' | 'done' | 'failed';

/** A lane: its jobs wait in an order of their own and are worked on by workers of their own. */
export interface QueueSettings {
  readonly name: string;
  /** Times that a job is tried before it is given up. */
  readonly attempts: number;
  /** Seconds that one attempt may take; then it counts as failed. */
  readonly timeLimitSeconds: number;
  /** Jobs that a worker fetches at once, at least 2. */
  readonly batch: number;
  /** Workers of one process; `batch` × `workers` jobs are under way at most. */
  readonly workers: number;
}

export interface JobToSend {
  /** A second job with the same id is not stored. */
  readonly id: string;
  readonly data: object;
  /** Higher goes first; within a priority first come, first served. */
  readonly priority: number;
}

/** Why an attempt failed, in words for whoever asked for the job. */
export interface JobError {
  readonly code: string;
  readonly detail: string;
}

export interface JobState {
  readonly id: string;
  readonly queue: string;
  readonly status: JobStatus;
  readonly data: unknown;
  /** What the work returned; null until it is done. */
  readonly result: unknown;
  /** Of the last attempt that failed; null when none did, or a later one worked. */
  readonly error: JobError | null;
  /** Attempts that were begun, those that a dying process took with it included. */
  readonly attempts: number;
  readonly priority: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What waits in a lane. */
export interface QueueDepth {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
  /** Seconds that the oldest waiting job has waited; 0 when none waits. */
  readonly oldestSeconds: number;
}

/** What becomes of the jobs of a lane. */
export interface Worker<T, R extends object> {
  /**
   * Its effects must bear being begun again: an attempt may have died after them. `signal` is aborted at the time limit.
   */
  work(job: { readonly id: string; readonly data: T }, signal: AbortSignal): Promise<R>;
  /** After the last attempt, or at once where trying again is no use. Tried until it succeeds. */
  giveUp(job: { readonly id: string; readonly data: T; readonly error: JobError }): Promise<void>;
}

/** Hears how long an attempt took and what came of it. */
export type OnAttempt = (attempt: {
  readonly queue: string;
  readonly result: 'done' | 'again' | 'failed';
  readonly seconds: number;
}) => void;
