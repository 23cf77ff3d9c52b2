import type { SharedCounts } from '../../platform/index.ts';

interface Window {
  current: number;
  readonly until: number;
}

type Told = (error: Error | null, counted: { current: number; ttl: number }) => void;

/** Keys held in memory at most; the oldest go first. */
const mostKeys = 10_000;

/**
 * Where @fastify/rate-limit counts: in Redis over all processes, where it is configured and answers at once, else in
 * this process alone. Nobody is refused, and nobody waits, because Redis is away.
 */
export function countingStore(shared: SharedCounts | null) {
  return class {
    readonly #windows = new Map<string, Window>();

    incr(key: string, told: Told, windowMs: number): void {
      if (shared === null) {
        told(null, this.#countHere(key, windowMs));
        return;
      }
      // Counted here too, so that a Redis that goes away does not give everybody a new start.
      const here = this.#countHere(key, windowMs);
      void shared.count(key, windowMs).then((counted) => told(null, counted ?? here));
    }

    child(): this {
      return this;
    }

    #countHere(key: string, windowMs: number): { current: number; ttl: number } {
      const now = performance.now();
      const known = this.#windows.get(key);
      const window = known !== undefined && known.until > now ? known : { current: 0, until: now + windowMs };
      window.current++;
      // The newest at the end.
      if (window !== known) this.#windows.delete(key);
      this.#windows.set(key, window);
      if (this.#windows.size > mostKeys) this.#windows.delete(this.#windows.keys().next().value!);
      return { current: window.current, ttl: Math.ceil(window.until - now) };
    }
  };
}
