import { Worker } from 'node:worker_threads';
import type { Extracted, ToExtract } from './extract-worker.ts';
import { checkText, readPlain } from './read-file.ts';
import { recogniseKind } from './recognise-kind.ts';
import { type Extraction, extractLimits, type FileToRead, type Unreadable, unreadable } from './types.ts';

/** Text of so many bytes is read at once (1 MB: 3 ms); anything else goes to the worker. */
const inlineBytes = 1024 * 1024;
/** Old heap of the worker in MB; a PDF of 500 pages takes about 150. */
const heap = 768;
/** Milliseconds after which an unused worker gives its memory back. */
const idle = 20_000;

export interface ExtractOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this document; less than the usual ones in tests. */
  readonly milliseconds?: number;
}

/**
 * The text of a document as Markdown: Markdown, plain text, HTML, PDF and DOCX, up to 25 MB and 5 million characters.
 * What it is, its content says. All but short text is read in a worker thread, one document at a time, for 60 s at
 * most; a document that takes longer, runs out of memory or breaks the thread is unreadable, and the next has a new
 * thread. The caller's bytes stay as they are.
 * @throws only the reason of `signal`
 */
export async function extractText(file: FileToRead, options: ExtractOptions = {}): Promise<Extraction | Unreadable> {
  const { length } = file.bytes;
  if (length === 0) return unreadable('The file is empty (0 bytes).');
  if (length > extractLimits.bytes) return tooLarge(length);
  const kind = recogniseKind(file);
  if (typeof kind !== 'string') return kind;
  if ((kind === 'text/markdown' || kind === 'text/plain') && length <= inlineBytes) {
    const read = readPlain(kind, file.bytes);
    return read.ok ? checkText(read) : read;
  }
  return inTurn(() => readInWorker({ kind, bytes: file.bytes }, options), options.signal);
}

/** For a caller that knows the size before it has the bytes. */
export function tooLarge(bytes: number): Unreadable {
  const megabytes = (n: number) => (n / 1024 / 1024).toFixed(1);
  return unreadable(
    `The file has ${megabytes(bytes)} MB; at most ${megabytes(extractLimits.bytes)} MB are read. Split it.`,
  );
}

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: two large documents at once would need the memory of both. */
function inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const mine = turn.then(() => {
    signal?.throwIfAborted();
    return work();
  });
  turn = mine.catch(() => undefined);
  return mine;
}

let resting: { readonly worker: Worker; readonly stop: () => void } | null = null;

function takeWorker(): Worker {
  const rested = resting;
  resting = null;
  if (rested) {
    rested.stop();
    return rested.worker;
  }
  return new Worker(new URL('./extract-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heap },
    // What a library says of a customer's file does not belong into our output.
    stdout: true,
    stderr: true,
  });
}

function rest(worker: Worker): void {
  worker.unref();
  const end = setTimeout(() => void worker.terminate(), idle).unref();
  const onEnd = () => {
    if (resting?.worker === worker) resting = null;
  };
  const stop = () => {
    clearTimeout(end);
    worker.off('exit', onEnd).off('error', onEnd);
  };
  worker.on('exit', onEnd).on('error', onEnd);
  resting = { worker, stop };
}

async function readInWorker(message: ToExtract, options: ExtractOptions): Promise<Extracted> {
  const { milliseconds = extractLimits.milliseconds, signal } = options;
  const worker = takeWorker();
  worker.ref();
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
      rest(worker);
    } else await worker.terminate();
  }
}

const tookTooLong = (milliseconds: number) =>
  `Reading it took more than ${Math.round(milliseconds / 1000)} s and was stopped. Split it, or save it in a simpler form.`;

function problemOf(error: NodeJS.ErrnoException | null): string {
  return error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'Reading it needs more memory than a document may have. Split it, or save it in a simpler form.'
    : 'The file is damaged in a way that broke its reading. Save it again from the program that made it.';
}
