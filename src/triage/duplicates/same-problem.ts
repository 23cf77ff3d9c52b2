import { type ComparedText, compareReady } from './compared-text.ts';
import type { Fingerprint } from './fingerprint.ts';
import { featureNames, pairFeatures, pairKindOf } from './pair-features.ts';
import { pairBias, pairWeights } from './pair-weights.ts';

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
  const features = pairFeatures(a, b);
  const kind = pairKindOf(a, b);
  const weights = weightsOf[kind];
  let logit = pairBias[kind];
  for (let i = 0; i < features.length; i++) logit += features[i]! * weights[i]!;
  return 1 / (1 + Math.exp(-logit));
}
