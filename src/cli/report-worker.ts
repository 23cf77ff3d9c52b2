import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, SignalboxError } from '../ticket/index.ts';
import { doReportJob, outOfMemory, type ReportJob, type ReportResult } from './report-job.ts';

export type ReportMessage =
  | { readonly fraction: number; readonly words: string }
  | { readonly result: ReportResult }
  /** What stands in the way: the words for the person who gave the tickets. */
  | { readonly problem: { readonly code: ErrorCode; readonly words: string } };

const send = (message: ReportMessage) => parentPort?.postMessage(message);

try {
  send({ result: await doReportJob(workerData as ReportJob, (fraction, words) => send({ fraction, words })) });
} catch (error) {
  const known =
    error instanceof RangeError && /allocation failed|array length/i.test(error.message) ? outOfMemory() : error;
  if (!(known instanceof SignalboxError)) throw error;
  send({ problem: { code: known.code, words: known.message } });
}
