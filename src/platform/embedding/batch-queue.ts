import { cutText, planBatches } from './batches.ts';

export interface Batch {
  readonly number: number;
  readonly texts: readonly string[];
}

export interface BatchQueueSettings {
  readonly dimension: number;
  readonly maxTokens: number;
  readonly batch: number;
  /** Gives one batch to the model; the answer comes by `finish` or `fail` with its number. */
  send(batch: Batch): void;
  /** Called when nothing is left to do. */
  idle(): void;
}

interface Request {
  readonly texts: readonly string[];
  readonly plan: Generator<number[], undefined>;
  readonly out: Float32Array;
  readonly resolve: (rows: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
  /** Rows that are still to come; none once it was given up, refused or has failed. */
  left: number;
}

/** What is with the model. */
interface Current {
  readonly number: number;
  readonly rows: readonly number[];
  readonly request: Request;
}

/**
 * Shares one model among requests: one batch is with the model, the requests take turns, so that a ticket that
 * comes while 20,000 others are embedded waits for one batch of them. A request that was given up is forgotten; its
 * batch that is with the model is finished and thrown away.
 */
export class BatchQueue {
  readonly #settings: BatchQueueSettings;
  readonly #waiting: Request[] = [];
  #current: Current | null = null;
  #number = 0;
  #ended: unknown;

  constructor(settings: BatchQueueSettings) {
    this.#settings = settings;
  }

  add(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (texts.length === 0) return Promise.resolve(new Float32Array(0));
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
    const { batch, dimension } = this.#settings;
    const lengths = texts.map((text) => text.length);
    const out = new Float32Array(texts.length * dimension);
    const request: Request = { texts, plan: planBatches(lengths, batch), out, resolve, reject, left: texts.length };
    const giveUp = (): void => this.#refuse(request, signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(request);
    this.#next();
    return promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  /** Rows of the batch of this number, in the order of its texts. */
  finish(number: number, rows: Float32Array): void {
    const current = this.#take(number);
    if (current === null) return;
    const { dimension } = this.#settings;
    const { request } = current;
    current.rows.forEach((row, i) => {
      request.out.set(rows.subarray(i * dimension, (i + 1) * dimension), row * dimension);
    });
    if (request.left > 0) {
      request.left -= current.rows.length;
      // To the end only now: what came while its batch was with the model goes first.
      if (request.left > 0) this.#waiting.push(request);
      else request.resolve(request.out);
    }
    this.#next();
  }

  fail(number: number, reason: unknown): void {
    const current = this.#take(number);
    if (current === null) return;
    this.#refuse(current.request, reason);
    this.#next();
  }

  /** Refuses what is waiting and what comes; the first reason stays. */
  end(reason: unknown): void {
    this.#ended ??= reason;
    if (this.#current !== null) this.#refuse(this.#current.request, this.#ended);
    for (const request of [...this.#waiting]) this.#refuse(request, this.#ended);
  }

  #take(number: number): Current | null {
    if (this.#current?.number !== number) return null;
    const current = this.#current;
    this.#current = null;
    return current;
  }

  #refuse(request: Request, reason: unknown): void {
    request.left = 0;
    const at = this.#waiting.indexOf(request);
    if (at >= 0) this.#waiting.splice(at, 1);
    request.reject(reason);
  }

  /** The request in front gives one batch. */
  #next(): void {
    if (this.#current !== null) return;
    const request = this.#waiting.shift();
    const rows = request?.plan.next().value;
    if (request === undefined || rows === undefined) {
      this.#settings.idle();
      return;
    }
    this.#number += 1;
    this.#current = { number: this.#number, rows, request };
    const texts = rows.map((row) => cutText(request.texts[row]!, this.#settings.maxTokens));
    this.#settings.send({ number: this.#number, texts });
  }
}
