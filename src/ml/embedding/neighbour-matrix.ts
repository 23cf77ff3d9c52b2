import type { CsrMatrix } from '../sparse.ts';

/** Words on either side that count as neighbours; one at distance d counts 1/√d. */
const reach = 5;
/** Contexts are smoothed by this power, so that rare words do not look like the best company (O. Levy et al. 2015). */
const smoothing = 0.75;

/** Texts as numbers of words, one behind the other; `ends[t]` is where text t ends. */
export interface WordSequences {
  readonly words: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Words × words: positive pointwise mutual information of standing near one another within a text. One row at a time
 * with a scratch row, so that memory is that of the result. O(words · reach), and the sorting of each row.
 */
export function neighbourMatrix(sequences: WordSequences, vocabulary: number): CsrMatrix {
  const near = new Neighbourhood(sequences, vocabulary);
  const sums = new Float64Array(vocabulary);
  for (let w = 0; w < vocabulary; w++) near.visit(w, (_, weight) => (sums[w] = sums[w]! + weight));
  const contexts = sums.map((sum) => sum ** smoothing);
  const total = contexts.reduce((sum, value) => sum + value, 0);
  const indptr = new Int32Array(vocabulary + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let w = 0; w < vocabulary; w++) {
    near.visit(w, (other, weight) => {
      const information = Math.log((weight * total) / (sums[w]! * contexts[other]!));
      if (information <= 0) return;
      indices.push(other);
      values.push(information);
    });
    indptr[w + 1] = indices.length;
  }
  return {
    rows: vocabulary,
    columns: vocabulary,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

class Neighbourhood {
  readonly #words: Int32Array;
  /** By place: where its text begins and ends. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** Places of each word, one word behind the other. */
  readonly #places: Int32Array;
  readonly #starts: Int32Array;
  readonly #weights: Float64Array;

  constructor({ words, ends }: WordSequences, vocabulary: number) {
    this.#words = words;
    this.#from = new Int32Array(words.length);
    this.#to = new Int32Array(words.length);
    ends.forEach((end, t) => {
      const from = t === 0 ? 0 : ends[t - 1]!;
      this.#from.fill(from, from, end);
      this.#to.fill(end, from, end);
    });
    this.#starts = new Int32Array(vocabulary + 1);
    for (const word of words) this.#starts[word + 1] = this.#starts[word + 1]! + 1;
    for (let w = 0; w < vocabulary; w++) this.#starts[w + 1] = this.#starts[w + 1]! + this.#starts[w]!;
    this.#places = new Int32Array(words.length);
    const next = this.#starts.slice();
    words.forEach((word, place) => {
      this.#places[next[word]!] = place;
      next[word] = next[word]! + 1;
    });
    this.#weights = new Float64Array(vocabulary);
  }

  /** Every other word that stands near `word`, ascending, with its weight. */
  visit(word: number, each: (other: number, weight: number) => void): void {
    const seen: number[] = [];
    for (let i = this.#starts[word]!; i < this.#starts[word + 1]!; i++) this.#addAround(this.#places[i]!, seen);
    for (const other of seen.sort((a, b) => a - b)) {
      each(other, this.#weights[other]!);
      this.#weights[other] = 0;
    }
  }

  #addAround(place: number, seen: number[]): void {
    const word = this.#words[place]!;
    const last = Math.min(this.#to[place]! - 1, place + reach);
    for (let p = Math.max(this.#from[place]!, place - reach); p <= last; p++) {
      const other = this.#words[p]!;
      if (other === word) continue;
      if (this.#weights[other] === 0) seen.push(other);
      this.#weights[other] = this.#weights[other]! + 1 / Math.sqrt(Math.abs(p - place));
    }
  }
}
