import { Worker } from 'node:worker_threads';
import type { Extracted, ToExtract } from './extract-worker.ts';
import { extractLimits, unreadable } from './types.ts';

/** Old heap of the worker in MB; a PDF of 500 pages takes about 150. */
const heap = 768;
/** Milliseconds after which an unused worker gives its memory back. */
const idle = 20_000;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this document; 60 s unless said. */
  readonly milliseconds?: number | undefined;
}

/**
 * Reads documents in a thread of its own, one after the other: two large ones at once would need the memory of both.
 * States of the thread: absent → reading → resting (it is kept, and keeps no process alive) → reading or, unused, absent.
 * One that is late, breaks or is given up ends, and the next document has a new one.
 */
export class DocumentReader {
  #turn: Promise<unknown> = Promise.resolve();
  #resting: { readonly worker: Worker; readonly stop: () => void } | null = null;

  /** @throws only the reason of `signal` */
  read(message: ToExtract, options: ReadOptions): Promise<Extracted> {
    const mine = this.#turn.then(() => {
      options.signal?.throwIfAborted();
      return this.#readNow(message, options);
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #readNow(message: ToExtract, options: ReadOptions): Promise<Extracted> {
    const { milliseconds = extractLimits.milliseconds, signal } = options;
    const worker = this.#takeWorker();
    const { promise, resolve, reject } = Promise.withResolvers<Extracted>();
    const giveUp = () => reject(signal?.reason);
    const onError = (error: NodeJS.ErrnoException) => resolve(unreadable(problemOf(error)));
    const onExit = () => resolve(unreadable(problemOf(null)));
    const late = setTimeout(() => resolve(unreadable(tookTooLong(milliseconds))), milliseconds);
    signal?.addEventListener('abort', giveUp, { once: true });
    let answered = false;
    const onMessage = (extracted: Extracted) => {
      answered = true;
      resolve(extracted);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // A copy that is given away: a view may stand on a much larger buffer, which would be cloned with it.
    const bytes = new Uint8Array(message.bytes);
    worker.postMessage({ ...message, bytes } satisfies ToExtract, [bytes.buffer]);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', giveUp);
      // One by one: removeAllListeners would take the worker's own, too.
      worker.off('message', onMessage).off('exit', onExit);
      if (answered) {
        worker.off('error', onError);
        this.#rest(worker);
      } else await worker.terminate();
    }
  }

  #takeWorker(): Worker {
    const rested = this.#resting;
    this.#resting = null;
    if (rested) {
      rested.stop();
      rested.worker.ref();
      return rested.worker;
    }
    const worker = new Worker(new URL('./extract-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heap },
      // What a library says of a customer's file does not belong into our output.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    return worker;
  }

  #rest(worker: Worker): void {
    worker.unref();
    const end = setTimeout(() => void worker.terminate(), idle).unref();
    const onEnd = () => {
      if (this.#resting?.worker === worker) this.#resting = null;
    };
    const stop = () => {
      clearTimeout(end);
      worker.off('exit', onEnd).off('error', onEnd);
    };
    worker.on('exit', onEnd).on('error', onEnd);
    this.#resting = { worker, stop };
  }
}

const tookTooLong = (milliseconds: number) =>
  `Reading it took more than ${Math.round(milliseconds / 1000)} s and was stopped. Split it, or save it in a simpler form.`;

function problemOf(error: NodeJS.ErrnoException | null): string {
  return error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'Reading it needs more memory than a document may have. Split it, or save it in a simpler form.'
    : 'The file is damaged in a way that broke its reading. Save it again from the program that made it.';
}
