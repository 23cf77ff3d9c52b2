import { Worker } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import type { BuiltinTask, LearnedMessage } from './builtin-worker.ts';
import type { TextEmbedder } from './port.ts';
import { openInWorker } from './worker-embedder.ts';

/*
 * The embedding model of our own (src/ml/embedding): it learns from texts, nothing is downloaded. Learning, loading
 * (about 11 MB) and reading happen in threads, the event loop sees none of it.
 */

export interface LearningOptions {
  /** Where the learned model is put, whole or not at all. */
  readonly file: string;
  readonly dimension: number;
  readonly seed: number;
  /** Lines of expressions that mean the same, see `fitSubwordEmbedder`. */
  readonly alike?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Learns from texts in a thread of its own and writes the model to `file`: 4 s for 4,400 texts of tickets and
 * knowledge. The same texts, in any order, give the same model.
 *
 * @returns id and dimension of the embedder that `openBuiltinEmbedder` opens from the file
 * @throws the reason of `signal`; SignalboxError `training-data` when nothing can be learned from the texts,
 *   `storage-full` or `data-folder` when the file cannot be written
 */
export async function learnBuiltinEmbedder(
  texts: readonly string[],
  { signal, ...options }: LearningOptions,
): Promise<{ readonly id: string; readonly dimension: number }> {
  signal?.throwIfAborted();
  const worker = begin({ learn: { texts, ...options } });
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly id: string; readonly dimension: number }>();
  const giveUp = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', giveUp, { once: true });
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the thread that learns ended with code ${code}`)));
  worker.once('message', (message: LearnedMessage) => {
    if ('learned' in message) resolve(message.learned);
    else reject(new SignalboxError(message.problem.code, message.problem.message));
  });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', giveUp);
    await worker.terminate();
  }
}

/** Texts that the thread reads at a stretch: 0.1 ms each, so that a question waits 3 ms at most for its turn. */
const batch = 32;

/** @throws SignalboxError `model-invalid` when the file is no model of this version */
export function openBuiltinEmbedder(file: string): Promise<TextEmbedder> {
  return openInWorker(begin({ open: { file } }), { batch });
}

const begin = (workerData: BuiltinTask) => new Worker(new URL('./builtin-worker.ts', import.meta.url), { workerData });
