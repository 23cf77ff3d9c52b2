import type { ComparedText, WeightedTerms } from './compared-text.ts';

/** What two texts have in common and what sets them apart; the order is that of `pairFeatures`. */
export const featureNames = [
  'words',
  'meaning',
  'characters',
  'withinShorter',
  'shared',
  'extraLess',
  'extraMore',
  'extraCharacters',
  'sameSymptom',
  'otherSymptom',
  'sameObject',
  'otherObject',
  'sameFrame',
  'otherFrame',
  'sameProduct',
  'otherProduct',
  'sameCode',
  'otherCode',
  'sameNumber',
  'otherNumber',
  'length',
] as const;
export type FeatureName = (typeof featureNames)[number];

/** Beyond, long texts share more by chance; that they are long is seen in what they do not share. */
const sharedLimit = 8;

/**
 * One number for each name of `featureNames`, the same for (a, b) and (b, a), written to `into`. O(terms). Nothing is
 * allocated: a search compares some fifty pairs.
 */
export function pairFeatures(
  a: ComparedText,
  b: ComparedText,
  into = new Float64Array(featureNames.length),
): Float64Array {
  termFeatures(a, b, into);
  characterFeatures(a, b, into);
  return into;
}

/** All but what runs of characters say, which stand for more time than all the rest. */
export function termFeatures(a: ComparedText, b: ComparedText, into: Float64Array): void {
  weighInto(a.words, b.words, into, 0);
  const meaning = weighInto(a.meaning, b.meaning, into, 1);
  const shorter = Math.min(a.meaning.total, b.meaning.total);
  const longer = Math.max(a.meaning.total, b.meaning.total);
  into[2] = 0;
  into[3] = shorter === 0 ? 0 : meaning / shorter;
  into[4] = Math.log1p(Math.min(sharedLimit, meaning));
  into[5] = Math.log1p(Math.max(0, shorter - meaning));
  into[6] = Math.log1p(Math.max(0, longer - meaning));
  into[7] = 0;
  agreement(a.symptoms, b.symptoms, into, 8);
  agreement(a.objects, b.objects, into, 10);
  agreement(a.frames, b.frames, into, 12);
  agreement(a.products, b.products, into, 14);
  agreement(a.codes, b.codes, into, 16);
  agreement(a.numbers, b.numbers, into, 18);
  into[20] = Math.log1p(Math.min(sharedLimit, shorter));
}

/** Places of what runs of characters say, in [0,1] each. */
export const characterPlaces = [2, 7] as const;

export function characterFeatures(a: ComparedText, b: ComparedText, into: Float64Array): void {
  const [left, right] = [a.characters, b.characters];
  const runs = sharedOf(left, right);
  into[2] = left.length + right.length === 0 ? 0 : (2 * runs) / (left.length + right.length);
  into[7] = runs / Math.max(1, Math.min(left.length, right.length));
}

/** Whether both name the same, and behind it whether each names something and nothing is the same. */
function agreement(a: Int32Array, b: Int32Array, into: Float64Array, at: number): void {
  const both = a.length > 0 && b.length > 0;
  const same = both && sharedOf(a, b) > 0;
  into[at] = same ? 1 : 0;
  into[at + 1] = both && !same ? 1 : 0;
}

/** Two texts that both say what is wrong are weighed by that; any other two by their words. */
export type PairKind = 'reports' | 'requests';
export const pairKindOf = (a: ComparedText, b: ComparedText): PairKind =>
  a.symptoms.length > 0 && b.symptoms.length > 0 ? 'reports' : 'requests';

/** Writes the cosine. @returns the sum of the smaller weights of the terms of both */
function weighInto(a: WeightedTerms, b: WeightedTerms, into: Float64Array, at: number): number {
  const [left, right] = [a.hashes, b.hashes];
  let [dot, weight] = [0, 0];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const difference = left[i]! - right[j]!;
    if (difference === 0) {
      const [x, y] = [a.weights[i]!, b.weights[j]!];
      dot += x * y;
      weight += Math.min(x, y);
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  into[at] = dot === 0 ? 0 : dot / Math.sqrt(a.squares * b.squares);
  return weight;
}

/** Elements of both, of two ascending lists. */
function sharedOf(a: Int32Array | Uint16Array, b: Int32Array | Uint16Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return shared;
}
