import type { Fingerprint } from './fingerprint.ts';
import { type Entry, Postings } from './postings.ts';
import { comparedText, isOneIncident, probabilityOf } from './same-problem.ts';
import { VectorCandidates } from './vector-candidates.ts';

export interface FindOptions {
  /** Only entries of this time or later (the clock of `add`). */
  readonly since: number;
  /** Least probability, in [0,1]. */
  readonly threshold: number;
  /** At most so many. */
  readonly limit: number;
}

export interface FoundDuplicate {
  readonly key: string;
  readonly probability: number;
  /** Whether it counts as one incident at that; see `isOneIncident`. */
  readonly counts: boolean;
}

/**
 * The likeliest entries are compared in full: so many by words, and so many by vector. Of 221 published tickets with
 * one alike (0.9 or more) among 30,000, sixteen by words already found the likeliest of each.
 */
const comparedByWords = 24;
const comparedByVector = 32;

/**
 * The tickets of the last minutes, in memory, searched for those that report the same problem. Candidates come from
 * lists of rare words and concepts and, where there are vectors, from their nearest neighbours; each candidate is then
 * compared in full, so what is found has exactly the probability of `sameProblem`. What shares no word and no concept
 * and is not among the nearest is missed. What is too old or too much, its owner removes.
 */
export class DuplicateWindow {
  readonly #entries = new Map<string, Entry>();
  readonly #postings = new Postings();
  /** By model and dimension. */
  readonly #vectors = new Map<string, VectorCandidates>();

  get size(): number {
    return this.#entries.size;
  }

  /** An entry of the same key is replaced. `at` in any unit that grows with time; entries may come in any order. */
  add(key: string, at: number, fingerprint: Fingerprint): void {
    this.remove(key);
    const text = comparedText(fingerprint);
    const entry: Entry = { key, at, text, slot: -1 };
    this.#entries.set(key, entry);
    this.#postings.add(entry);
    this.#vectorsOf(entry)?.add(entry);
  }

  remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#postings.remove(entry);
    this.#vectorsOf(entry)?.remove(entry);
  }

  /** Entries that report the same problem, the likeliest first, the earlier first where two are equally likely. */
  find(fingerprint: Fingerprint, { since, threshold, limit }: FindOptions): FoundDuplicate[] {
    const found: { readonly entry: Entry; readonly probability: number }[] = [];
    const text = comparedText(fingerprint);
    for (const entry of this.candidates(fingerprint, since)) {
      const probability = probabilityOf(text, entry.text, threshold);
      if (probability >= threshold) found.push({ entry, probability });
    }
    found.sort((a, b) => b.probability - a.probability || a.entry.at - b.entry.at);
    return found.slice(0, limit).map(({ entry, probability }) => ({
      key: entry.key,
      probability,
      counts: isOneIncident(text, entry.text, probability),
    }));
  }

  /** What `find` compares in full. */
  candidates(fingerprint: Fingerprint, since: number): ReadonlySet<Entry> {
    const text = comparedText(fingerprint);
    const met = new Set(this.#postings.candidates(text, { since, limit: comparedByWords }));
    if (text.dense === null) return met;
    const vectors = this.#vectors.get(vectorKind(text.dense.embedder, text.dense.values.length));
    for (const entry of vectors?.nearest(text.dense.values, comparedByVector) ?? [])
      if (entry.at >= since) met.add(entry);
    return met;
  }

  #vectorsOf({ text: { dense } }: Entry): VectorCandidates | null {
    if (dense === null) return null;
    const kind = vectorKind(dense.embedder, dense.values.length);
    let vectors = this.#vectors.get(kind);
    if (vectors === undefined) {
      vectors = new VectorCandidates(dense.values.length);
      this.#vectors.set(kind, vectors);
    }
    return vectors;
  }
}

const vectorKind = (embedder: string, dimension: number): string => `${embedder} ${dimension}`;
