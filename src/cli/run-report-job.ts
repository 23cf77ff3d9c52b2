import { Worker } from 'node:worker_threads';
import { SignalboxError } from '../ticket/index.ts';
import { machineMemory } from './machine-memory.ts';
import { outOfMemory, type ReportJob, type ReportResult } from './report-job.ts';
import type { ReportMessage } from './report-worker.ts';

export interface Running {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, words: string) => void;
  /** JavaScript objects of the worker, in MiB; what fits the tickets unless said. */
  readonly heap?: number;
}

/** MiB: what a training needs by itself, and for each ticket (texts, n-grams while they are counted, guesses). */
const heapFor = { itself: 768, ticket: 0.016 };

/** No more than three quarters of what the machine, or its container, has. */
function heapOf(tickets: number): number {
  return Math.floor(Math.min(0.75 * (machineMemory() / 2 ** 20), heapFor.itself + tickets * heapFor.ticket));
}

/**
 * Away from the event loop, so that Ctrl-C is heard at once. A worker whose memory does not suffice ends in words.
 * @returns null when stopped
 */
export function runReportJob(job: ReportJob, { signal, onProgress, heap }: Running): Promise<ReportResult | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(null);
    const worker = new Worker(new URL('./report-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: heap ?? heapOf(job.tickets.length) },
    });
    signal.addEventListener('abort', () => {
      resolve(null);
      void worker.terminate();
    });
    worker.on('message', (message: ReportMessage) => {
      if ('result' in message) resolve(message.result);
      else if ('problem' in message) reject(new SignalboxError(message.problem.code, message.problem.words));
      else onProgress(message.fraction, message.words);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : error),
    );
    worker.on('exit', (code) => reject(new Error(`the training ended with code ${code}`)));
  });
}
