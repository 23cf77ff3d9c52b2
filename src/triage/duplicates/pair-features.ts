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

/** One number for each name of `featureNames`, the same for (a, b) and (b, a). O(terms). */
export function pairFeatures(a: ComparedText, b: ComparedText): Float64Array {
  const words = common(a.words, b.words);
  const meaning = common(a.meaning, b.meaning);
  const shorter = Math.min(a.meaning.total, b.meaning.total);
  const longer = Math.max(a.meaning.total, b.meaning.total);
  const runs = sharedOf(a.characters, b.characters);
  return Float64Array.of(
    words.cosine,
    meaning.cosine,
    dice(runs, a.characters.length, b.characters.length),
    shorter === 0 ? 0 : meaning.weight / shorter,
    Math.log1p(Math.min(sharedLimit, meaning.weight)),
    Math.log1p(Math.max(0, shorter - meaning.weight)),
    Math.log1p(Math.max(0, longer - meaning.weight)),
    runs / Math.max(1, Math.min(a.characters.length, b.characters.length)),
    ...agreement(a.symptoms, b.symptoms),
    ...agreement(a.objects, b.objects),
    ...agreement(a.frames, b.frames),
    ...agreement(a.products, b.products),
    ...agreement(a.codes, b.codes),
    ...agreement(a.numbers, b.numbers),
    Math.log1p(Math.min(sharedLimit, shorter)),
  );
}

/** Whether both name the same, and whether each names something and nothing is the same. */
function agreement(a: Int32Array, b: Int32Array): readonly [same: number, other: number] {
  if (a.length === 0 || b.length === 0) return [0, 0];
  return sharedOf(a, b) > 0 ? [1, 0] : [0, 1];
}

/** Two texts that both say what is wrong are weighed by that; any other two by their words. */
export type PairKind = 'reports' | 'requests';
export const pairKindOf = (a: ComparedText, b: ComparedText): PairKind =>
  a.symptoms.length > 0 && b.symptoms.length > 0 ? 'reports' : 'requests';

interface Common {
  readonly cosine: number;
  /** Sum of the smaller weights of the terms of both. */
  readonly weight: number;
}

function common(a: WeightedTerms, b: WeightedTerms): Common {
  let [dot, weight] = [0, 0];
  for (let i = 0, j = 0; i < a.hashes.length && j < b.hashes.length; ) {
    const [left, right] = [a.hashes[i]!, b.hashes[j]!];
    if (left === right) {
      dot += a.weights[i]! * b.weights[j]!;
      weight += Math.min(a.weights[i]!, b.weights[j]!);
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return { cosine: dot === 0 ? 0 : dot / Math.sqrt(a.squares * b.squares), weight };
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

const dice = (shared: number, a: number, b: number): number => (a + b === 0 ? 0 : (2 * shared) / (a + b));
