export interface Rates {
  /** Of the last whole second. */
  readonly lastSecond: number;
  /** A second, over the last 60 whole ones. */
  readonly lastMinute: number;
  readonly p50: number | null;
  readonly p99: number | null;
}

const seconds = 61;
const remembered = 1_000;

/** Counts by second for a minute, and the milliseconds of the last thousand. Memory is fixed; times come in. */
export class Throughput {
  readonly #counts = new Float64Array(seconds);
  readonly #latencies = new Float64Array(remembered);
  #second = 0;
  #seen = 0;

  /** `now` in milliseconds, never earlier than the call before. */
  observe(count: number, { now, milliseconds }: { now: number; milliseconds: number }): void {
    this.#turnTo(Math.floor(now / 1000));
    this.#counts[this.#second % seconds]! += count;
    for (let i = 0; i < count; i++) this.#latencies[this.#seen++ % remembered] = milliseconds;
  }

  rates(now: number): Rates {
    this.#turnTo(Math.floor(now / 1000));
    let sum = 0;
    for (const count of this.#counts) sum += count;
    const current = this.#counts[this.#second % seconds]!;
    const known = this.#latencies.slice(0, Math.min(this.#seen, remembered)).sort();
    const at = (share: number) =>
      known.length === 0 ? null : known[Math.min(known.length - 1, Math.floor(share * known.length))]!;
    return {
      lastSecond: this.#counts[(this.#second + seconds - 1) % seconds]!,
      lastMinute: (sum - current) / (seconds - 1),
      p50: at(0.5),
      p99: at(0.99),
    };
  }

  #turnTo(second: number): void {
    if (second <= this.#second) return;
    const passed = Math.min(seconds, second - this.#second);
    for (let i = 1; i <= passed; i++) this.#counts[(this.#second + i) % seconds] = 0;
    if (passed === seconds) this.#counts.fill(0);
    this.#second = second;
  }
}
