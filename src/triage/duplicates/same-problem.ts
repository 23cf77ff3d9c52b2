import { type ComparedText, compareReady } from './compared-text.ts';
import { denseLikeness } from './dense-reading.ts';
import type { Fingerprint } from './fingerprint.ts';
import { hashOf } from './hash-of.ts';
import { characterFeatures, characterPlaces, featureNames, pairKindOf, termFeatures } from './pair-features.ts';
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

/**
 * The same of two texts that are ready to be compared. Where it is certain to be below `least`, 0 is told, which saves
 * most of the time: runs of characters are looked at only where they could still change it.
 */
export function probabilityOf(a: ComparedText, b: ComparedText, least = 0): number {
  if (a.version !== b.version || a.meaning.hashes.length === 0 || b.meaning.hashes.length === 0) return 0;
  const likeness = denseLikeness(a, b);
  const same = isSameText(a, b);
  const bound = likeness !== null || same || least <= 0 ? Number.NEGATIVE_INFINITY : Math.log(least / (1 - least));
  const words = logitAbove(bound, a, b);
  const logit = likeness === null ? words : withVector(words, likeness);
  const probability = 1 / (1 + Math.exp(-logit));
  if (areOwnMatters(a, b)) return Math.min(probability, ofOwnMatters);
  return same ? Math.max(probability, ofSameText) : probability;
}

/** From here on two requests ask for the same in nearly the same words. */
const ofOneRequest = 0.997;

/**
 * Whether a pair of this probability counts as one incident. Two texts that say what is wrong do; others ask for
 * something, and ten customers who ask about the same subject have no problem in common, unless they ask the same.
 */
export const isOneIncident = (a: ComparedText, b: ComparedText, probability: number): boolean =>
  pairKindOf(a, b) === 'reports' || probability >= ofOneRequest || isSameText(a, b);

/** One pair as the window tells it. */
export function comparePair(
  a: Fingerprint,
  b: Fingerprint,
): { readonly probability: number; readonly counts: boolean } {
  const [one, other] = [comparedText(a), comparedText(b)];
  const probability = probabilityOf(one, other);
  return { probability, counts: isOneIncident(one, other, probability) };
}

/** What is wrong with one order or one invoice, and need not be with what everybody uses. */
const ofOneOrder: ReadonlySet<number> = new Set(['!missing', '!late'].map(hashOf));
/** Ten customers who ask in the same words where ten parcels are, or for copies of ten invoices, have ten matters. */
const ofOwnMatters = 0.4;

/** Whether each names numbers that the other does not, and neither says that more is wrong than that something is missing. */
function areOwnMatters(a: ComparedText, b: ComparedText): boolean {
  return (
    a.numbers.length > 0 &&
    b.numbers.length > 0 &&
    !a.numbers.some((number) => b.numbers.includes(number)) &&
    a.symptoms.every((symptom) => ofOneOrder.has(symptom)) &&
    b.symptoms.every((symptom) => ofOneOrder.has(symptom))
  );
}

/** Log odds by words, concepts, codes and numbers alone. */
export const logitOfWords = (a: ComparedText, b: ComparedText): number => logitAbove(Number.NEGATIVE_INFINITY, a, b);

/** Of one pair after the other. */
const features = new Float64Array(featureNames.length);

/** Log odds by words; minus infinity where they are certain to be below `least`. */
function logitAbove(least: number, a: ComparedText, b: ComparedText): number {
  const kind = pairKindOf(a, b);
  const weights = weightsOf[kind];
  termFeatures(a, b, features);
  let logit = pairBias[kind];
  for (let i = 0; i < features.length; i++) logit += features[i]! * weights[i]!;
  if (logit + mostOfCharacters[kind] < least) return Number.NEGATIVE_INFINITY;
  characterFeatures(a, b, features);
  for (const place of characterPlaces) logit += features[place]! * weights[place]!;
  return logit;
}

const mostOf = (weights: Float64Array): number =>
  characterPlaces.reduce((sum, place) => sum + Math.max(0, weights[place]!), 0);
/** Runs of characters add no more than this. */
const mostOfCharacters = { reports: mostOf(weightsOf.reports), requests: mostOf(weightsOf.requests) };

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
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
