import type { WordVectors } from './word-vectors.ts';

/** Hashes that must agree in one band. */
const hashesInBand = 3;

/**
 * One key per row for one band. Each hash draws a word of the row with a chance in proportion to its squared weight
 * (exponential clocks: the word whose clock, the same for all rows, rings first), so two rows draw the same word with
 * a chance of Σ min over Σ max of their weights or more: Broder's MinHash (1997) for weighted sets, after Moulton and
 * Jiang, "Maximally consistent sampling and the Jaccard index of probability distributions" (2018). Rows of a cosine of
 * 0.6 agree in one hash with a chance of about 0.43, unrelated tickets of 0.02. Rows without entries get key 0.
 */
export class BandKeys {
  private readonly vectors: WordVectors;
  private readonly seed: number;
  private readonly rates: Float32Array;
  readonly keys: Int32Array;

  constructor(vectors: WordVectors, seed: number) {
    this.vectors = vectors;
    this.seed = seed;
    this.rates = new Float32Array(vectors.matrix.columns * hashesInBand);
    this.keys = new Int32Array(vectors.matrix.rows);
  }

  /** Fills `keys`; O(entries + words). */
  fill(band: number): void {
    this.windClocks(band);
    const { rates, keys } = this;
    const { matrix, hashes } = this.vectors;
    const { indptr, indices, values } = matrix;
    for (let row = 0; row < matrix.rows; row++) {
      let [first, second, third] = [-1, -1, -1];
      let [a, b, c] = [0, 0, 0];
      for (let j = indptr[row]!; j < indptr[row + 1]!; j++) {
        const weight = values[j]! * values[j]!;
        const at = indices[j]! * hashesInBand;
        if (weight * rates[at]! > a) {
          a = weight * rates[at]!;
          first = indices[j]!;
        }
        if (weight * rates[at + 1]! > b) {
          b = weight * rates[at + 1]!;
          second = indices[j]!;
        }
        if (weight * rates[at + 2]! > c) {
          c = weight * rates[at + 2]!;
          third = indices[j]!;
        }
      }
      keys[row] = first < 0 ? 0 : mix(mix(mix(0, hashes[first]!), hashes[second]!), hashes[third]!);
    }
  }

  /** 1 / −ln u for each word and hash: u depends on the word and the seed alone, never on the rows. */
  private windClocks(band: number): void {
    const { hashes } = this.vectors;
    for (let h = 0; h < hashesInBand; h++) {
      const salt = mix(mix(0x5bd1e995, this.seed), band * hashesInBand + h);
      for (let column = 0; column < hashes.length; column++) {
        const u = ((mix(salt, hashes[column]!) >>> 0) + 0.5) / 4294967296;
        this.rates[column * hashesInBand + h] = -1 / Math.log(u);
      }
    }
  }
}

/** Murmur3's avalanche over both numbers. */
function mix(state: number, value: number): number {
  let h = Math.imul(state ^ value, 0x9e3779b1) ^ value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
