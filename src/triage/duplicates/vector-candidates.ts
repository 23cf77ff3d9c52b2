import usearch, { type Index } from 'usearch';
import type { Entry } from './postings.ts';

/** The entries nearest by vector, by usearch's graph (HNSW; Y. Malkov and D. Yashunin 2018). One model's vectors only. */
export class VectorCandidates {
  readonly #graph: Index;
  readonly #entryOf = new Map<number, Entry>();
  #next = 0;

  constructor(dimensions: number) {
    this.#graph = new usearch.Index({
      metric: usearch.MetricKind.Cos,
      quantization: usearch.ScalarKind.F16,
      dimensions,
      connectivity: 16,
      expansion_add: 64,
      expansion_search: 64,
      multi: false,
    });
  }

  add(entry: Entry): void {
    if (entry.text.dense === null) return;
    entry.slot = this.#next++;
    this.#graph.add(BigInt(entry.slot), Float32Array.from(entry.text.dense.values), 1);
    this.#entryOf.set(entry.slot, entry);
  }

  remove(entry: Entry): void {
    if (entry.slot < 0 || !this.#entryOf.delete(entry.slot)) return;
    this.#graph.remove(BigInt(entry.slot));
  }

  nearest(values: Int8Array, limit: number): Entry[] {
    const count = Math.min(limit, this.#entryOf.size);
    if (count === 0) return [];
    const { keys } = this.#graph.search(Float32Array.from(values), count, 1);
    return Array.from(keys as BigUint64Array, Number).flatMap((slot) => this.#entryOf.get(slot) ?? []);
  }
}
