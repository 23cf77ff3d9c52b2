import { Worker } from 'node:worker_threads';
import type { Extracted, ToExtract } from './extract-worker.ts';
import { extractLimits, unreadable } from './types.ts';

/** Old heap of the worker in MB; a PDF of 500 pages takes about 150. */
const heap = 768;
/** Bytes outside of that heap: unpacked streams of a PDF lie there, and nothing else bounds them (1.4 KB became 1.8 GB). */
const outsideHeap = 512 * 1024 * 1024;
/** Milliseconds between two looks at it; a PDF unpacks 10 to 50 MB meanwhile. */
const look = 200;
/** Documents that wait for their turn, and milliseconds that one waits: each holds its bytes and its sender. */
const mostWaiting = 20;
const longestWait = 30_000;
/** Milliseconds after which an unused worker gives its memory back. */
const idle = 20_000;

export interface ReaderLimits {
  /** bytes */
  readonly outsideHeap: number;
  readonly mostWaiting: number;
  /** milliseconds */
  readonly longestWait: number;
}

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
  #waiting = 0;
  readonly #limits: ReaderLimits;

  constructor(limits: Partial<ReaderLimits> = {}) {
    this.#limits = { outsideHeap, mostWaiting, longestWait, ...limits };
  }

  /** @throws only the reason of `signal` */
  async read(message: ToExtract, options: ReadOptions): Promise<Extracted> {
    const before = this.#turn;
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    if (this.#waiting >= this.#limits.mostWaiting) return busy;
    this.#turn = Promise.all([before, over]);
    this.#waiting++;
    try {
      const come = await comesWithin(before, this.#limits.longestWait);
      options.signal?.throwIfAborted();
      return come ? await this.#readNow(message, options) : busy;
    } finally {
      this.#waiting--;
      end();
    }
  }

  async #readNow(message: ToExtract, options: ReadOptions): Promise<Extracted> {
    const { milliseconds = extractLimits.milliseconds, signal } = options;
    const worker = this.#takeWorker();
    const { promise, resolve, reject } = Promise.withResolvers<Extracted>();
    const giveUp = () => reject(signal?.reason);
    const onError = (error: NodeJS.ErrnoException) => resolve(unreadable(problemOf(error)));
    const onExit = () => resolve(unreadable(problemOf(null)));
    const late = setTimeout(() => resolve(unreadable(tookTooLong(milliseconds))), milliseconds);
    const watching = this.#watch(worker, () => resolve(unreadable(tooLarge)));
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
      clearInterval(watching);
      signal?.removeEventListener('abort', giveUp);
      // One by one: removeAllListeners would take the worker's own, too.
      worker.off('message', onMessage).off('exit', onExit);
      if (answered) {
        worker.off('error', onError);
        this.#rest(worker);
      } else await worker.terminate();
    }
  }

  /** The limits of a thread count its heap alone. */
  #watch(worker: Worker, exceeded: () => void): NodeJS.Timeout {
    const { outsideHeap: most } = this.#limits;
    return setInterval(() => {
      // A thread that has just ended has no figures.
      worker.getHeapStatistics().then(
        ({ external_memory: bytes }) => bytes > most && exceeded(),
        () => undefined,
      );
    }, look).unref();
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

/** False when it takes longer. */
async function comesWithin(turn: Promise<unknown>, milliseconds: number): Promise<boolean> {
  // A timer knows no infinity.
  if (milliseconds === Number.POSITIVE_INFINITY) return turn.then(() => true);
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  try {
    return await Promise.race([turn.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

const busy = unreadable(
  'Too many documents are being read at the moment, so that this one was not. Give it again later.',
);
const tooLarge = 'Reading it needs more memory than a document may have. Split it, or save it in a simpler form.';
const tookTooLong = (milliseconds: number) =>
  `Reading it took more than ${Math.round(milliseconds / 1000)} s and was stopped. Split it, or save it in a simpler form.`;

function problemOf(error: NodeJS.ErrnoException | null): string {
  return error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? tooLarge
    : 'The file is damaged in a way that broke its reading. Save it again from the program that made it.';
}
