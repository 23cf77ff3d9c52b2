import { parentPort, workerData } from 'node:worker_threads';
import { SignalboxError } from '../ticket/index.ts';
import { type LabelledTicket, saveTriageModel, trainTriageModel } from '../triage/index.ts';

export interface Training {
  readonly tickets: readonly LabelledTicket[];
  readonly seed: number;
  readonly folds: number;
}

export type TrainingMessage =
  | { readonly fraction: number; readonly words: string }
  | { readonly bytes: Uint8Array }
  /** The tickets cannot be learned from: the words for the person who gave them. */
  | { readonly problem: string };

const send = (message: TrainingMessage) => parentPort?.postMessage(message);

const { tickets, seed, folds } = workerData as Training;
try {
  const model = await trainTriageModel(tickets, {
    seed,
    folds,
    onProgress: (fraction, words) => send({ fraction, words }),
  });
  send({ bytes: saveTriageModel(model) });
} catch (error) {
  if (!(error instanceof SignalboxError)) throw error;
  send({ problem: error.message });
}
