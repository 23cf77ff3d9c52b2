import type { Language } from '../../ticket/index.ts';
import type { DenseReading, Fingerprint, NamedThing } from './fingerprint.ts';
import { hashOf } from './hash-of.ts';
import { familyOf, type KnownTerm, termOf } from './term-kinds.ts';

/** Hashes of terms, ascending, each with its weight. */
export interface WeightedTerms {
  readonly hashes: Int32Array;
  readonly weights: Float32Array;
  /** Sum of the squares of the weights, and of the weights. */
  readonly squares: number;
  readonly total: number;
}

/** A fingerprint as numbers, ready to be compared: about 1 kB for a usual ticket. */
export interface ComparedText {
  readonly version: string;
  readonly language: Language;
  /** Every stem. */
  readonly words: WeightedTerms;
  /** Concepts, and stems that stand in none. */
  readonly meaning: WeightedTerms;
  /** Hashes of the symptoms and of the objects, ascending. */
  readonly symptoms: Int32Array;
  readonly objects: Int32Array;
  readonly products: Int32Array;
  /** Every symptom or action with every object, by their families: what happened to what. */
  readonly frames: Int32Array;
  /** Hashes of runs of three characters of the stems, ascending: for words spelled or put together otherwise. */
  readonly characters: Uint16Array;
  readonly codes: Int32Array;
  readonly numbers: Int32Array;
  readonly dense: DenseReading | null;
}

/** O(terms · ln terms). */
export function compareReady(fingerprint: Fingerprint): ComparedText {
  const { terms, counts } = fingerprint;
  const words = new TermsInMaking(terms.length);
  const meaning = new TermsInMaking(terms.length);
  const stems: KnownTerm[] = [];
  const symptoms: number[] = [];
  const objects: KnownTerm[] = [];
  const products: number[] = [];
  const happenings: KnownTerm[] = [];
  for (let i = 0; i < terms.length; i++) {
    const covered = terms[i]!.charCodeAt(0) === tilde;
    const term = termOf(covered ? terms[i]!.slice(1) : terms[i]!);
    const { kind, hash } = term;
    const weight = weightOf(term, counts[i]!);
    if (kind === 'symptom') symptoms.push(hash);
    if (kind === 'symptom' || kind === 'action') happenings.push(term);
    if (term.isObject) objects.push(term);
    if (kind === 'product') products.push(hash);
    if (kind === 'light' || kind === 'word') {
      words.push(hash, weight);
      stems.push(term);
    }
    if (!covered) meaning.push(hash, weight);
  }
  return {
    version: fingerprint.version,
    language: fingerprint.language,
    words: words.sorted(),
    meaning: meaning.sorted(),
    symptoms: ascending(symptoms),
    objects: ascending(objects.map(({ hash }) => hash)),
    products: ascending(products),
    frames: framesOf(happenings, objects),
    characters: charactersOf(stems),
    codes: thingsOf(fingerprint, 'code'),
    numbers: thingsOf(fingerprint, 'number'),
    dense: fingerprint.dense,
  };
}

/** Of a stem that a concept stands for already. */
const tilde = 0x7e;

const weightOf = ({ weight }: KnownTerm, count: number): number =>
  count === 1 ? weight : weight * (1 + 0.5 * Math.log(count));

/** Sorts pairs of a hash and a weight as single numbers (the hash, behind it its place), which an array of doubles does by itself. */
class TermsInMaking {
  readonly #keys: Float64Array;
  readonly #weights: Float32Array;
  #length = 0;

  constructor(most: number) {
    this.#keys = new Float64Array(most);
    this.#weights = new Float32Array(most);
  }

  push(hash: number, weight: number): void {
    this.#keys[this.#length] = hash * placesOfTerm + this.#length;
    this.#weights[this.#length++] = weight;
  }

  sorted(): WeightedTerms {
    const length = this.#length;
    const keys = this.#keys.subarray(0, length).sort();
    const hashes = new Int32Array(length);
    const weights = new Float32Array(length);
    let [squares, total] = [0, 0];
    for (let i = 0; i < length; i++) {
      const hash = Math.floor(keys[i]! / placesOfTerm);
      const weight = this.#weights[keys[i]! - hash * placesOfTerm]!;
      hashes[i] = hash;
      weights[i] = weight;
      squares += weight * weight;
      total += weight;
    }
    return { hashes, weights, squares, total };
  }
}

/** More than a fingerprint has terms; 32 bits of hash and these 20 are exact in a double. */
const placesOfTerm = 2 ** 20;
const frameLimit = 4;

function framesOf(happenings: readonly KnownTerm[], objects: readonly KnownTerm[]): Int32Array {
  if (happenings.length === 0 || objects.length === 0) return none;
  const frames = new Set<string>();
  for (const happening of happenings.slice(0, frameLimit))
    for (const object of objects.slice(0, frameLimit)) frames.add(familyOf(happening.term) + familyOf(object.term));
  return ascending(Array.from(frames, hashOf));
}

/** Shared: an empty array of its own takes 200 bytes, and most tickets have several. */
const none = new Int32Array(0);

const ascending = (hashes: readonly number[]): Int32Array =>
  hashes.length === 0 ? none : Int32Array.from(hashes).sort();

function charactersOf(stems: readonly KnownTerm[]): Uint16Array {
  let length = 0;
  for (const { runs } of stems) length += runs.length;
  const all = new Uint16Array(length);
  let at = 0;
  for (const { runs } of stems) {
    all.set(runs, at);
    at += runs.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!;
  return all.slice(0, kept);
}

function thingsOf({ things }: Fingerprint, wanted: NamedThing['kind']): Int32Array {
  if (things.length === 0) return none;
  return ascending(things.flatMap(({ kind, hash }) => (kind === wanted ? [hash] : [])));
}
