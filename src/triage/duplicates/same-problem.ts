import type { Fingerprint } from './fingerprint.ts';
import { weightOf } from './read-terms.ts';

/**
 * Probability in [0,1] that two tickets report the same problem; symmetric. 0 for fingerprints of two versions and for
 * those without terms. O(terms).
 */
export function sameProblem(a: Fingerprint, b: Fingerprint): number {
  if (a.version !== b.version || a.terms.length === 0 || b.terms.length === 0) return 0;
  const cosine = cosineOf(a, b);
  return 1 / (1 + Math.exp(-(12 * cosine - 7)));
}

function cosineOf(a: Fingerprint, b: Fingerprint): number {
  const ofA = new Map(a.terms.map((term, i) => [term, valueAt(a, i)]));
  let dot = 0;
  for (const [i, term] of b.terms.entries()) dot += (ofA.get(term) ?? 0) * valueAt(b, i);
  return dot / Math.sqrt(squares(a) * squares(b));
}

const valueAt = (f: Fingerprint, i: number): number => weightOf(f.terms[i]!) * (1 + Math.log(f.counts[i]!));
const squares = (f: Fingerprint): number => f.terms.reduce((sum, _, i) => sum + valueAt(f, i) ** 2, 0);
