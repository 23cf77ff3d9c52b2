import usearch, { type Index } from 'usearch';
import type { SimilarChunk } from './semantic-index.ts';

/**
 * Up to so many vectors are compared one by one, which finds exactly the nearest: 0.32 ms for 10,000 of 256 numbers on
 * one core. Beyond, usearch's graph (HNSW; Y. Malkov and D. Yashunin 2018) finds nearly all of them, and what it finds is
 * compared again, so that numbers do not depend on the graph (docs/decisions/2026-11-20-exact-before-graph.md).
 */
export const exactUpTo = 10_000;
/** Vectors put into the graph at a stretch: 3 ms. */
const graphAtOnce = 25;
/** So many vectors that the graph does not hold yet are compared one by one beside it. */
const mostBeside = 1_000;
/** What the graph may miss at the end of the list, and equals that the chunk's id puts in order. */
const spare = 32;

/** One vector per chunk of one language, in memory: slots without gaps, so that the rows are one matrix. */
export class VectorRows {
  readonly dimension: number;
  readonly #exactUpTo: number;
  #matrix: Float32Array;
  /** By slot. */
  readonly ids: string[] = [];
  readonly categories: (string | null)[] = [];
  readonly #slots = new Map<string, number>();
  /** The graph knows rows by numbers that are never used again. */
  readonly #keys: number[] = [];
  readonly #slotOfKey = new Map<number, number>();
  readonly #beside = new Set<number>();
  #nextKey = 0;
  #graph: Index | null = null;

  constructor(dimension: number, most = exactUpTo) {
    this.dimension = dimension;
    this.#exactUpTo = most;
    this.#matrix = new Float32Array(64 * dimension);
  }

  get size(): number {
    return this.ids.length;
  }

  has(id: string): boolean {
    return this.#slots.has(id);
  }

  /** @param vector of length 1, or all zeros, which is near to nothing */
  add(id: string, category: string | null, vector: Float32Array): void {
    if (this.has(id)) return;
    const slot = this.size;
    if ((slot + 1) * this.dimension > this.#matrix.length) this.#grow();
    this.#matrix.set(vector, slot * this.dimension);
    this.ids.push(id);
    this.categories.push(category);
    this.#slots.set(id, slot);
    const key = this.#nextKey++;
    this.#keys.push(key);
    this.#slotOfKey.set(key, slot);
    this.#beside.add(key);
  }

  /** The last row takes the free slot. */
  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    const key = this.#keys[slot]!;
    if (!this.#beside.delete(key)) this.#graph?.remove(BigInt(key));
    this.#slotOfKey.delete(key);
    this.#slots.delete(id);
    const last = this.size - 1;
    if (slot !== last) {
      this.#matrix.copyWithin(slot * this.dimension, last * this.dimension, (last + 1) * this.dimension);
      this.ids[slot] = this.ids[last]!;
      this.categories[slot] = this.categories[last]!;
      this.#keys[slot] = this.#keys[last]!;
      this.#slots.set(this.ids[slot], slot);
      this.#slotOfKey.set(this.#keys[slot], slot);
    }
    this.ids.length = this.categories.length = this.#keys.length = last;
  }

  /** Cosine with a vector of length 1; undefined for a chunk without a row. O(dimension). */
  similarity(query: Float32Array, id: string): number | undefined {
    const slot = this.#slots.get(id);
    return slot === undefined ? undefined : this.#cosine(query, slot);
  }

  /** The most similar rows, exact ties by id. A query of zeros is near to nothing. */
  nearest(query: Float32Array, limit: number, category: string | null): SimilarChunk[] {
    if (this.size === 0 || query.every((x) => x === 0)) return [];
    const hits: SimilarChunk[] = [];
    for (const slot of this.#candidates(query, limit + spare, category))
      hits.push({ chunkId: this.ids[slot]!, similarity: this.#cosine(query, slot) });
    return hits.sort(byNearness).slice(0, limit);
  }

  #candidates(query: Float32Array, count: number, category: string | null): Iterable<number> {
    if (category !== null) return this.#slotsWhere((slot) => this.categories[slot] === category);
    if (this.#graph === null || this.#beside.size > mostBeside) return this.#exact(query, count);
    const { keys } = this.#graph.search(query, Math.min(count, this.#graph.size()), 1);
    const found = new Set(
      [...keys].map((key) => this.#slotOfKey.get(Number(key))).filter((slot) => slot !== undefined),
    );
    for (const key of this.#beside) found.add(this.#slotOfKey.get(key)!);
    return found;
  }

  #slotsWhere(wanted: (slot: number) => boolean): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.size; slot++) if (wanted(slot)) slots.push(slot);
    return slots;
  }

  #exact(query: Float32Array, count: number): Iterable<number> {
    if (count >= this.size) return this.ids.keys();
    // usearch 2.26.2 reads both arrays from the start of their buffers, wherever the view begins.
    const own = query.byteOffset === 0 ? query : query.slice();
    const { keys } = usearch.exactSearch(this.rows(), own, this.dimension, count, usearch.MetricKind.IP, 1);
    return Array.from(keys as BigUint64Array, Number);
  }

  #cosine(query: Float32Array, slot: number): number {
    let sum = 0;
    for (let i = 0, at = slot * this.dimension; i < this.dimension; i++) sum += query[i]! * this.#matrix[at + i]!;
    return Math.max(-1, Math.min(1, sum));
  }

  /** Puts some more rows into the graph; true when it holds them all, or none is needed. Between two calls searches go on. */
  growGraph(): boolean {
    if (this.#graph === null && this.size <= this.#exactUpTo) return true;
    this.#graph ??= newGraph(this.dimension);
    const some = [...this.#beside].slice(0, graphAtOnce);
    for (const key of some) {
      this.#graph.add(BigInt(key), this.#row(this.#slotOfKey.get(key)!), 1);
      this.#beside.delete(key);
    }
    return this.#beside.size === 0;
  }

  #row(slot: number): Float32Array {
    return this.#matrix.subarray(slot * this.dimension, (slot + 1) * this.dimension);
  }

  /** Rows by slot, in one matrix; a view that the next change makes worthless. */
  rows(): Float32Array {
    return this.#matrix.subarray(0, this.size * this.dimension);
  }

  /** Writes the graph to a file; false when there is none that holds every row. 10 ms for 10,000 rows, at a stretch. */
  saveGraph(file: string): boolean {
    if (this.#graph === null || this.#beside.size > 0) return false;
    this.#graph.save(file);
    return true;
  }

  /** The numbers by which the graph knows the rows, by slot. */
  get keys(): readonly number[] {
    return this.#keys;
  }

  /** Takes a saved graph over the present rows, which must have been added just now, in the order of `keys`. */
  loadGraph(file: string, keys: readonly number[]): boolean {
    const graph = newGraph(this.dimension);
    graph.load(file);
    if (graph.size() !== this.size || graph.dimensions() !== this.dimension || keys.length !== this.size) return false;
    if (!(graph.contains(keys.map(BigInt)) as boolean[]).every(Boolean)) return false;
    this.#graph = graph;
    this.#slotOfKey.clear();
    for (const [slot, key] of keys.entries()) {
      this.#keys[slot] = key;
      this.#slotOfKey.set(key, slot);
    }
    this.#nextKey = Math.max(-1, ...keys) + 1;
    this.#beside.clear();
    return true;
  }

  #grow(): void {
    const larger = new Float32Array(this.#matrix.length * 2);
    larger.set(this.#matrix);
    this.#matrix = larger;
  }
}

const byNearness = (a: SimilarChunk, b: SimilarChunk) =>
  b.similarity - a.similarity || (a.chunkId < b.chunkId ? -1 : 1);

function newGraph(dimensions: number): Index {
  return new usearch.Index({
    metric: usearch.MetricKind.IP,
    quantization: usearch.ScalarKind.F16,
    dimensions,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: 64,
    multi: false,
  });
}
