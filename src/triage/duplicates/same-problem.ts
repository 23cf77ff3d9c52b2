import { type ComparedText, compareReady } from './compared-text.ts';
import type { Fingerprint } from './fingerprint.ts';
import { pairFeatures } from './pair-features.ts';

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

export function probabilityOf(a: ComparedText, b: ComparedText): number {
  if (a.version !== b.version || a.words.hashes.length === 0 || b.words.hashes.length === 0) return 0;
  const features = pairFeatures(a, b);
  return 1 / (1 + Math.exp(-(12 * features[1]! - 7)));
}
