import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import { type Batch, BatchQueue } from './batch-queue.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './embed-worker.ts';
import type { OnnxEmbedderSettings, TextEmbedder } from './port.ts';

/**
 * onnxruntime 1.30 reports its use to its maker unless this is set before it is loaded (seen with strace: it looks up
 * a name and connects; with this it does not). Its native code reads the environment of the process, and a thread has
 * a copy only: so it is set when the main thread loads this file, and threads that open a model themselves inherit it.
 */
function switchReportsOff(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
switchReportsOff();

/**
 * Opens an embedding model in a thread of its own: 1 s for all-MiniLM-L6-v2, most of it the package's own start.
 * The thread keeps the process alive only while it has something to do.
 *
 * @param options.signal gives up opening; a fetch from the hub can take minutes.
 * @throws SignalboxError `package-missing` with the command that installs it; `model-invalid` when folder, files or
 *   settings cannot be used, naming what is missing. The reason of `signal` when that is aborted first.
 */
export async function openOnnxEmbedder(
  settings: OnnxEmbedderSettings,
  options: { readonly signal?: AbortSignal } = {},
): Promise<TextEmbedder> {
  checkSettings(settings);
  switchReportsOff();
  options.signal?.throwIfAborted();
  const threads = settings.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const workerData: WorkerSettings = { settings, threads };
  const worker = new Worker(new URL('./embed-worker.ts', import.meta.url), { workerData });
  const ready = await untilReady(worker, options.signal);
  worker.unref();
  return new WorkerEmbedder(worker, ready, settings.batch ?? 4);
}

function checkSettings({ folder, model, batch, maxTokens, threads }: OnnxEmbedderSettings): void {
  if ((folder === undefined) === (model === undefined))
    throw new SignalboxError(
      'config-invalid',
      'An embedding model is named by its folder or by its name on the hub: one of both.',
    );
  for (const [name, value] of Object.entries({ batch, maxTokens, threads }))
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      throw new SignalboxError(
        'config-invalid',
        `${name} of the embedding model must be a whole number from 1 on, not ${value}.`,
      );
}

type Ready = Extract<FromWorker, { ready: unknown }>['ready'];

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

  constructor(worker: Worker, ready: Ready, batch: number) {
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
    this.#worker.postMessage({ batch: number, texts } satisfies ToWorker);
  }

  #receive(message: FromWorker): void {
    if ('rows' in message) this.#queue.finish(message.batch, message.rows);
    else if ('problem' in message && message.batch !== null)
      this.#queue.fail(message.batch, new SignalboxError(message.problem.code, message.problem.message));
  }
}
