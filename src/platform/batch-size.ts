export interface BatchBounds {
  readonly least: number;
  readonly most: number;
  /** Milliseconds that one batch should take. */
  readonly targetMs: number;
  /** By how many a batch grows at once. */
  readonly step: number;
}

export const usualBatches: BatchBounds = { least: 1, most: 500, targetMs: 150, step: 16 };

/**
 * How many items the next batch may have: additive increase while there is more to do than fits and batches are quick,
 * halved when one was too slow, one step down when little waits, so that the first item of a quiet hour does not wait
 * for company. The rule of TCP's congestion window (Chiu and Jain, 1989): from any start it settles where `targetMs` is
 * just kept, and several processes that share a database come to equal shares.
 */
export class BatchSize {
  readonly #bounds: BatchBounds;
  #size: number;

  constructor(bounds: BatchBounds = usualBatches) {
    this.#bounds = bounds;
    this.#size = bounds.least;
  }

  /** Always a whole number from `least` to `most`. */
  get size(): number {
    return this.#size;
  }

  /** @param waiting items that are left over after the batch was taken */
  observe({ taken, milliseconds, waiting }: { taken: number; milliseconds: number; waiting: number }): void {
    const { least, most, targetMs, step } = this.#bounds;
    if (milliseconds > targetMs) this.#size = Math.max(least, Math.floor(Math.min(this.#size, taken) / 2));
    else if (waiting >= this.#size) this.#size = Math.min(most, this.#size + step);
    else if (waiting === 0 && taken < this.#size) this.#size = Math.max(least, this.#size - step);
  }
}
