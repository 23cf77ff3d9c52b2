import { type ComparedText, compareReady } from './compared-text.ts';
import { denseLikeness } from './dense-reading.ts';
import type { Fingerprint } from './fingerprint.ts';
import { featureNames, pairFeatures, pairKindOf } from './pair-features.ts';
import { pairBias, pairWeights } from './pair-weights.ts';
import { vectorWeights } from './vector-weights.ts';

const weightsOf = {
  reports: Float64Array.from(featureNames, (name) => pairWeights.reports[name]),
  requests: Float64Array.from(featureNames, (name) => pairWeights.requests[name]),
};

const ready = new WeakMap<Fingerprint, ComparedText>();

/** The numbers of a fingerprint, made once while it is in use. */
export function comparedText(fingerprint: Fingerprint): ComparedText {
  let text = ready.get(fingerprint);
  if (text === undefined) {
    text = compareReady(fingerprint);
    ready.set(fingerprint, text);
  }
  return text;
}

/**
 * Probability in [0,1] that two tickets report the same problem; symmetric. 0 for fingerprints of two versions and for
 * those without terms. O(terms).
 */
export function sameProblem(a: Fingerprint, b: Fingerprint): number {
  return probabilityOf(comparedText(a), comparedText(b));
}

/** The same of two texts that are ready to be compared. */
export function probabilityOf(a: ComparedText, b: ComparedText): number {
  if (a.version !== b.version || a.meaning.hashes.length === 0 || b.meaning.hashes.length === 0) return 0;
  const words = logitOfWords(a, b);
  const likeness = denseLikeness(a, b);
  const logit = likeness === null ? words : withVector(words, likeness);
  const probability = 1 / (1 + Math.exp(-logit));
  return isSameText(a, b) ? Math.max(probability, ofSameText) : probability;
}

/** Log odds by words, concepts, codes and numbers alone. */
export function logitOfWords(a: ComparedText, b: ComparedText): number {
  const features = pairFeatures(a, b);
  const kind = pairKindOf(a, b);
  const weights = weightsOf[kind];
  let logit = pairBias[kind];
  for (let i = 0; i < features.length; i++) logit += features[i]! * weights[i]!;
  return logit;
}

const withVector = (words: number, likeness: number): number =>
  vectorWeights.bias + vectorWeights.words * words + vectorWeights.likeness * likeness;

/** Of two tickets that say the same in the same words, once they say what is wrong or say more than a word or two. */
const ofSameText = 0.99;
const sameTextTerms = 3;

function isSameText(a: ComparedText, b: ComparedText): boolean {
  return (
    (a.symptoms.length > 0 || a.meaning.hashes.length >= sameTextTerms) &&
    isSame(a.meaning.hashes, b.meaning.hashes) &&
    isSame(a.words.hashes, b.words.hashes) &&
    isSame(a.codes, b.codes)
  );
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
