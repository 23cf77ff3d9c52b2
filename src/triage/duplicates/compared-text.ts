import type { Language } from '../../ticket/index.ts';
import type { DenseReading, Fingerprint, NamedThing } from './fingerprint.ts';
import { hashOf } from './hash-of.ts';
import { familyOf, kindOf, type TermKind } from './term-kinds.ts';

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

/** What a term of each kind tells beside a word that is none of them. */
const kindWeights: Readonly<Record<TermKind, number>> = {
  symptom: 1,
  object: 1,
  action: 0.8,
  product: 1,
  vague: 0.6,
  light: 0.5,
  word: 1,
};

/** O(terms · ln terms). */
export function compareReady(fingerprint: Fingerprint): ComparedText {
  const words: [string, number][] = [];
  const meaning: [string, number][] = [];
  const symptoms: string[] = [];
  const objects: string[] = [];
  const products: string[] = [];
  const happenings: string[] = [];
  for (const [i, written] of fingerprint.terms.entries()) {
    const covered = written.startsWith('~');
    const term = covered ? written.slice(1) : written;
    const kind = kindOf(term);
    const weight = kindWeights[kind] * (1 + 0.5 * Math.log(fingerprint.counts[i]!));
    if (kind === 'symptom') symptoms.push(term);
    if (kind === 'symptom' || kind === 'action') happenings.push(term);
    if (term.startsWith('#')) objects.push(term);
    if (kind === 'product') products.push(term);
    if (kind === 'light' || kind === 'word') words.push([term, weight]);
    if (!covered) meaning.push([term, weight]);
  }
  return {
    version: fingerprint.version,
    language: fingerprint.language,
    words: weighted(words),
    meaning: weighted(meaning),
    symptoms: sortedHashes(symptoms),
    objects: sortedHashes(objects),
    products: sortedHashes(products),
    frames: framesOf(happenings, objects),
    characters: characterRuns(words.map(([stem]) => stem)),
    codes: thingsOf(fingerprint, 'code'),
    numbers: thingsOf(fingerprint, 'number'),
    dense: fingerprint.dense,
  };
}

function weighted(terms: readonly (readonly [string, number])[]): WeightedTerms {
  const pairs = terms.map(([term, weight]) => [hashOf(term), weight] as const).sort((a, b) => a[0] - b[0]);
  const weights = Float32Array.from(pairs, ([, weight]) => weight);
  return {
    hashes: Int32Array.from(pairs, ([hash]) => hash),
    weights,
    squares: weights.reduce((sum, weight) => sum + weight * weight, 0),
    total: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

const frameLimit = 4;

function framesOf(happenings: readonly string[], objects: readonly string[]): Int32Array {
  const frames = new Set<string>();
  for (const happening of happenings.slice(0, frameLimit))
    for (const object of objects.slice(0, frameLimit)) frames.add(familyOf(happening) + familyOf(object));
  return sortedHashes([...frames]);
}

/** Shared: an empty array of its own takes 200 bytes, and most tickets have several. */
const none = new Int32Array(0);

const sortedHashes = (terms: readonly string[]): Int32Array =>
  terms.length === 0 ? none : Int32Array.from(terms, hashOf).sort();

function characterRuns(stems: readonly string[]): Uint16Array {
  const runs = new Set<number>();
  for (const stem of stems) {
    const padded = ` ${stem} `;
    for (let i = 0; i + 3 <= padded.length; i++) {
      const hash = hashOf(padded.slice(i, i + 3));
      runs.add((hash ^ (hash >>> 16)) & 0xffff);
    }
  }
  return Uint16Array.from(runs).sort();
}

function thingsOf({ things }: Fingerprint, wanted: NamedThing['kind']): Int32Array {
  const hashes = things.flatMap(({ kind, hash }) => (kind === wanted ? [hash] : []));
  return hashes.length === 0 ? none : Int32Array.from(hashes).sort();
}
