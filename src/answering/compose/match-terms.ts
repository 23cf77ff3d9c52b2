import type { Term } from './terms.ts';

/**
 * How much `a` and `b` mean the same, in [0,1]: 1 the same stem, 0.85 one concept, 0.75 a part of a compound,
 * less for a shared beginning (erstatten, Erstattungsantrag) and for a slip of the pen. `related` are the
 * stems that share a concept with `a`.
 */
export function likeness(a: Term, b: Term, related: ReadonlySet<string> | undefined): number {
  if (a.stem === b.stem) return 1;
  const pieces = a.parts.length > 0 || b.parts.length > 0 ? Math.max(partMatch(a, b), partMatch(b, a)) : 0;
  if (isExact(a) || isExact(b)) return pieces;
  if (related?.has(b.stem)) return 0.85;
  return Math.max(pieces, letterMatch(a.stem, b.stem));
}

const isExact = (term: Term) => term.kind === 'number' || term.kind === 'code';

/** "Sync-App" holds "app"; the last piece is what the whole is. */
function partMatch(whole: Term, other: Term): number {
  const at = whole.parts.indexOf(other.stem);
  if (at === -1) return 0;
  return at === whole.parts.length - 1 ? 0.85 : 0.75;
}

const letterMatch = (a: string, b: string): number => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4) return 0;
  if (long.length - short.length >= 3) {
    if (long.endsWith(short)) return 0.75;
    if (long.startsWith(short)) return short.length >= 5 ? 0.7 : 0.55;
  }
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared++;
  const share = shared / long.length;
  if (shared >= 5 && share >= 0.8) return 0.9;
  if (isSlip(short, long)) return 0.8;
  return shared >= 5 && share >= 0.6 ? 0.6 : 0;
};

/** One letter wrong, missing, extra or two swapped, in words of six letters or more. */
function isSlip(short: string, long: string): boolean {
  if (short.length < 6 || long.length - short.length > 1 || short[0] !== long[0]) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length === long.length) {
    const swapped = short[i] === long[i + 1] && short[i + 1] === long[i];
    return short.slice(i + 1) === long.slice(i + 1) || (swapped && short.slice(i + 2) === long.slice(i + 2));
  }
  return short.slice(i) === long.slice(i + 1);
}
