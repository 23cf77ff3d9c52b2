import type { Worker } from 'node:worker_threads';
import { type ErrorCode, SignalboxError } from '../../ticket/index.ts';
import { type Batch, BatchQueue } from './batch-queue.ts';
import type { TextEmbedder } from './port.ts';

/*
 * The thread of one model, whatever the model: opening → `ready` or `problem` (and it ends) → serving one batch at a
 * time → `close` (and it ends).
 */
export type ToWorker = { readonly batch: number; readonly texts: readonly string[] } | { readonly close: true };

export type Ready = Pick<TextEmbedder, 'id' | 'dimension' | 'maxTokens'>;

export type FromWorker =
  | { readonly ready: Ready }
  | { readonly batch: number; readonly rows: Float32Array }
  | { readonly batch: number | null; readonly problem: { readonly code: ErrorCode; readonly message: string } };

/**
 * Milliseconds after which a thread that has not finished a batch hangs, and is ended: whoever gave the batch up waits
 * no more, but everybody behind it would. A batch of four long texts takes 2 s on a busy core.
 */
const hangsAfter = 60_000;

/**
 * An embedder in a thread that was just begun. The thread keeps the process alive only while it has something to do.
 * @throws SignalboxError what the thread says, `embedder-closed` when it ends; the reason of `signal` when that is
 *   aborted first. The thread has ended then.
 */
export async function openInWorker(
  worker: Worker,
  {
    batch,
    signal,
    hangsMs = hangsAfter,
  }: { readonly batch: number; readonly signal?: AbortSignal | undefined; readonly hangsMs?: number },
): Promise<TextEmbedder> {
  const ready = await untilReady(worker, signal);
  worker.unref();
  return new WorkerEmbedder(worker, ready, { batch, hangsMs });
}

function untilReady(worker: Worker, signal: AbortSignal | undefined): Promise<Ready> {
  const { promise, resolve, reject } = Promise.withResolvers<Ready>();
  const giveUp = (): void => reject(signal?.reason);
  const onError = (cause: unknown): void => reject(ended(cause));
  const onExit = (): void => reject(ended());
  signal?.addEventListener('abort', giveUp, { once: true });
  worker.once('error', onError).once('exit', onExit);
  worker.once('message', (message: FromWorker) => {
    if ('ready' in message) resolve(message.ready);
    else if ('problem' in message) reject(new SignalboxError(message.problem.code, message.problem.message));
  });
  return promise
    .catch(async (reason) => {
      await worker.terminate();
      throw reason;
    })
    .finally(() => {
      signal?.removeEventListener('abort', giveUp);
      // One by one: removeAllListeners also takes the worker's own, and no message ever comes again.
      worker.off('error', onError).off('exit', onExit);
    });
}

function ended(cause?: unknown): SignalboxError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  const words = `The thread of the embedding model ended${why}. Open it again, with a smaller batch if memory is short.`;
  return new SignalboxError('embedder-closed', words, { cause });
}

class WorkerEmbedder implements TextEmbedder {
  readonly id: string;
  readonly dimension: number;
  readonly maxTokens: number;
  readonly #worker: Worker;
  readonly #queue: BatchQueue;
  readonly #exited: Promise<void>;
  readonly #hangsMs: number;
  #watch: NodeJS.Timeout | undefined;

  constructor(worker: Worker, ready: Ready, { batch, hangsMs }: { batch: number; hangsMs: number }) {
    this.#hangsMs = hangsMs;
    this.id = ready.id;
    this.dimension = ready.dimension;
    this.maxTokens = ready.maxTokens;
    this.#worker = worker;
    this.#queue = new BatchQueue({ ...ready, batch, send: (next) => this.#send(next), idle: () => worker.unref() });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exited = promise;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (cause) => this.#queue.end(ended(cause)));
    worker.on('exit', () => {
      clearTimeout(this.#watch);
      this.#queue.end(ended());
      resolve();
    });
  }

  embed(texts: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<Float32Array> {
    return this.#queue.add(texts, signal);
  }

  async close(): Promise<void> {
    this.#queue.end(new SignalboxError('embedder-closed', 'The embedding model was closed.'));
    this.#worker.ref();
    this.#worker.postMessage({ close: true } satisfies ToWorker);
    await this.#exited;
  }

  #send({ number, texts }: Batch): void {
    this.#worker.ref();
    this.#watch = setTimeout(() => this.#end(), this.#hangsMs).unref();
    this.#worker.postMessage({ batch: number, texts } satisfies ToWorker);
  }

  #end(): void {
    this.#queue.end(ended(new Error(`it did not finish a batch within ${this.#hangsMs / 1000} s`)));
    void this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    clearTimeout(this.#watch);
    if ('rows' in message) this.#queue.finish(message.batch, message.rows);
    else if ('problem' in message && message.batch !== null)
      this.#queue.fail(message.batch, new SignalboxError(message.problem.code, message.problem.message));
  }
}
