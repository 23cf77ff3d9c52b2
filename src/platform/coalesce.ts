/**
 * Group commit: calls that come while a write is under way are gathered and written together. Under load one
 * transaction serves many requests; without load a call is written at once, alone.
 */
export interface CoalesceOptions {
  /** Most items of one write; a function is asked before each. */
  readonly most: number | (() => number);
  /** Writes under way at the same time. */
  readonly concurrency: number;
  /** False for failures that would meet each item alone as well (the database is gone). */
  readonly mayRetryAlone: (error: unknown) => boolean;
  /** After each write that did not fail; `waiting` are left over. */
  readonly onWritten?: (seen: { taken: number; milliseconds: number; waiting: number }) => void;
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `write` takes items and answers in the same order. When a write of several fails, each is written alone, so
 * that one bad item fails only itself.
 */
export function coalesce<I, O>(
  write: (items: readonly I[]) => Promise<readonly O[]>,
  options: CoalesceOptions,
): (item: I) => Promise<O> {
  const queue: Waiting<I, O>[] = [];
  let busy = 0;
  let scheduled = false;

  function pump(): void {
    scheduled = false;
    while (busy < options.concurrency && queue.length > 0) {
      busy++;
      void flush(queue.splice(0, typeof options.most === 'number' ? options.most : options.most())).finally(() => {
        busy--;
        pump();
      });
    }
  }

  async function flush(batch: Waiting<I, O>[]): Promise<void> {
    const started = performance.now();
    try {
      const results = await write(batch.map((w) => w.item));
      options.onWritten?.({
        taken: batch.length,
        milliseconds: performance.now() - started,
        waiting: queue.length,
      });
      batch.forEach((w, i) => {
        w.resolve(results[i]!);
      });
    } catch (error) {
      const alone = batch.length > 1 && options.mayRetryAlone(error);
      await Promise.all(batch.map((w) => (alone ? flush([w]) : w.reject(error))));
    }
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      // After the I/O of this turn: requests that arrived together are written together.
      setImmediate(pump);
    });
}
