import { parentPort, workerData } from 'node:worker_threads';
import { type OnnxEmbedderSettings, openOnnxEmbedder } from '../platform/index.ts';
import { type ErrorCode, SignalboxError, type Variant } from '../ticket/index.ts';
import { type LabelledTicket, saveTriageModel, trainTriageModel } from '../triage/index.ts';

export interface Training {
  readonly tickets: readonly LabelledTicket[];
  readonly seed: number;
  readonly folds: number;
  readonly variant: Variant;
  /** For variants that read texts through an embedding model. */
  readonly embedding: OnnxEmbedderSettings | null;
}

export type TrainingMessage =
  | { readonly fraction: number; readonly words: string }
  | { readonly bytes: Uint8Array }
  /** What stands in the way: the words for the person who gave the tickets. */
  | { readonly problem: { readonly code: ErrorCode; readonly words: string } };

const send = (message: TrainingMessage) => parentPort?.postMessage(message);

const { tickets, seed, folds, variant, embedding } = workerData as Training;
try {
  const embedder = embedding === null ? null : await openOnnxEmbedder(embedding);
  const model = await trainTriageModel(tickets, {
    seed,
    folds,
    variant,
    ...(embedder === null ? {} : { embedder }),
    onProgress: (fraction, words) => send({ fraction, words }),
  });
  await embedder?.close();
  send({ bytes: saveTriageModel(model) });
} catch (error) {
  if (!(error instanceof SignalboxError)) throw error;
  send({ problem: { code: error.code, words: error.message } });
}
