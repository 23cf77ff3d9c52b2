import type { Term } from './terms.ts';

/** How far back a like-shaped sentence may stand. */
const reach = 4;

/**
 * Brothers are words in which two near sentences of one section differ and in nothing else but numbers:
 * "Starter includes 3 …", "Team includes 25 …". Who asks about one does not want another. By stem, both ways.
 */
export function findBrothers(
  units: readonly { readonly terms: readonly Term[] }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const brothers = new Map<string, Set<string>>();
  const join = (a: string, b: string) => brothers.set(a, (brothers.get(a) ?? new Set()).add(b));
  for (let i = 0; i < units.length; i++) {
    for (let j = Math.max(0, i - reach); j < i; j++) {
      const pair = onlyDifference(units[j]!.terms, units[i]!.terms);
      if (pair === null) continue;
      join(pair[0], pair[1]);
      join(pair[1], pair[0]);
    }
  }
  return brothers;
}

/** The one pair of words in which two sentences differ, numbers aside; null when they differ in more. */
function onlyDifference(a: readonly Term[], b: readonly Term[]): readonly [string, string] | null {
  if (Math.abs(a.length - b.length) > 2 || a.length < 3 || b.length < 3) return null;
  const left = wordsOf(a);
  const right = wordsOf(b);
  const onlyLeft = [...left].filter((word) => !right.has(word));
  const onlyRight = [...right].filter((word) => !left.has(word));
  const same = left.size - onlyLeft.length;
  if (onlyLeft.length !== 1 || onlyRight.length !== 1 || same < 2) return null;
  return [onlyLeft[0]!, onlyRight[0]!];
}

const wordsOf = (terms: readonly Term[]) =>
  new Set(terms.filter((term) => term.kind !== 'number').map((term) => term.stem));
