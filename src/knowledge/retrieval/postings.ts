import { saturationOf } from './bm25.ts';
import type { IndexedChunk } from './indexed-chunk.ts';
import type { Slot } from './slot.ts';

/** What a search must know of the words of one language. */
interface Rarities {
  rarity(term: number): number;
}

/**
 * So many chunks are scored exactly. Among 10,000, 96 % of the best ten of all were among them; the others shared no
 * word with the question, only letters with a noted one. PostgreSQL's index, asked for rare words singly and for common
 * ones in pairs, took 9 ms at the median where this takes 0.5, and cut off at 1,000 in the order of ids.
 */
const mostCandidates = 400;
/** Chunks listed between two turns of the event loop: about a millisecond. */
const batch = 500;

/** By term, the chunks that hold it: where a search looks for candidates. Of one state, which does not change. */
export class Postings {
  readonly #chunks: readonly IndexedChunk[];
  /** By term, where its places begin in `#places`; one more at the end. */
  readonly #starts: Int32Array;
  /** Places in `#chunks`, and what BM25 makes of the term's frequency there. */
  readonly #places: Int32Array;
  readonly #saturations: Float32Array;
  readonly #worth: Float64Array;
  readonly #seenBy: Int32Array;

  private constructor(
    chunks: readonly IndexedChunk[],
    lists: { readonly starts: Int32Array; readonly places: Int32Array; readonly saturations: Float32Array },
  ) {
    this.#chunks = chunks;
    this.#starts = lists.starts;
    this.#places = lists.places;
    this.#saturations = lists.saturations;
    this.#worth = new Float64Array(chunks.length);
    this.#seenBy = new Int32Array(chunks.length);
  }

  /** Yields every millisecond or so, so that the event loop can turn. O(terms of all chunks). */
  static *of(chunks: readonly IndexedChunk[], terms: number, averageLength: number): Generator<void, Postings> {
    const starts = new Int32Array(terms + 1);
    for (let c = 0; c < chunks.length; c++) {
      for (const term of chunks[c]!.terms) starts[term + 1] = starts[term + 1]! + 1;
      if (c % batch === batch - 1) yield;
    }
    for (let t = 0; t < terms; t++) starts[t + 1] = starts[t + 1]! + starts[t]!;
    const next = starts.slice();
    const places = new Int32Array(starts[terms]!);
    const saturations = new Float32Array(places.length);
    for (let c = 0; c < chunks.length; c++) {
      const chunk = chunks[c]!;
      for (let i = 0; i < chunk.terms.length; i++) {
        const at = next[chunk.terms[i]!]!++;
        places[at] = c;
        saturations[at] = saturationOf(chunk.frequencies[i]!, chunk.length, averageLength);
      }
      if (c % batch === batch - 1) yield;
    }
    return new Postings(chunks, { starts, places, saturations });
  }

  /**
   * Ids of the chunks in which the words of the question weigh most: BM25, but that of several wordings the rarest counts
   * that stands there, and phrases and compounds count by single words. O(chunks + places of the words asked for).
   */
  candidates(slots: readonly Slot[], index: Rarities, category: string | null): string[] {
    this.#worth.fill(0);
    this.#seenBy.fill(0);
    // The parts of a compound count beside one another.
    for (const [i, slot] of slots.flatMap((one) => [one, ...one.parts]).entries()) {
      const asked = termsOf(slot, index).sort((a, b) => b.worth - a.worth || a.term - b.term);
      for (const { term, worth } of asked) this.#count(term, worth, i + 1);
    }
    const found: number[] = [];
    for (let c = 0; c < this.#chunks.length; c++) {
      if (this.#worth[c]! > 0 && (category === null || this.#chunks[c]!.category === category)) found.push(c);
    }
    return this.#best(found).map((c) => this.#chunks[c]!.id);
  }

  #count(term: number, worth: number, slot: number): void {
    if (term + 1 >= this.#starts.length) return;
    for (let i = this.#starts[term]!; i < this.#starts[term + 1]!; i++) {
      const c = this.#places[i]!;
      if (this.#seenBy[c] === slot) continue;
      this.#seenBy[c] = slot;
      this.#worth[c] = this.#worth[c]! + worth * this.#saturations[i]!;
    }
  }

  #best(found: readonly number[]): readonly number[] {
    if (found.length <= mostCandidates) return found;
    const worths = Float64Array.from(found, (c) => this.#worth[c]!).sort();
    const least = worths[worths.length - mostCandidates]!;
    return found
      .filter((c) => this.#worth[c]! >= least)
      .sort((a, b) => this.#worth[b]! - this.#worth[a]! || (this.#chunks[a]!.id < this.#chunks[b]!.id ? -1 : 1))
      .slice(0, mostCandidates);
  }
}

interface AskedTerm {
  readonly term: number;
  readonly worth: number;
}

/** What to look for: of a wording of several words the rarest. */
function termsOf(slot: Slot, index: Rarities): AskedTerm[] {
  return slot.wordings.map(({ terms, weight }) => {
    const term = terms.reduce((a, b) => (index.rarity(b) > index.rarity(a) ? b : a));
    return { term, worth: weight * slot.emphasis * index.rarity(term) };
  });
}
