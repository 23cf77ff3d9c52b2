import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import type { ReadPassage, Unit } from './read-passages.ts';
import type { Term } from './terms.ts';
import { isTypeWord } from './type-words.ts';
import type { ValueKind } from './values.ts';
import { type Need, weighNeeds } from './weigh-needs.ts';

/** What speaks for and against a sentence as the answer to an ask; every number in [0,1] unless said. */
export interface Fit {
  readonly unit: Unit;
  /** Share of the ask's weight that sentence or heading meet, word by word. */
  readonly words: readonly number[];
  /** Share of the ask's weight that the sentence itself meets. */
  readonly own: number;
  /** The same with its heading and, weaker, the sentences before it. */
  readonly covered: number;
  /** Share of the ask's weight that the heading meets. */
  readonly heading: number;
  /** How well the ask's heaviest word is met by sentence, heading or what stands before. */
  readonly key: number;
  /** Names, codes and numbers of the ask that neither sentence nor heading has: 0 none missing, 1 all. */
  readonly missingNames: number;
  /** 1 when the sentence holds the kind of value that is asked for, 0 when not; 0.5 when none is asked for. */
  readonly type: number;
  /** 1 when the counted thing stands beside the number ("how many users": "50 users"). */
  readonly counted: number;
  /** Share of the story's and the subject's weight that the sentence or its heading meets. */
  readonly context: number;
  /** Share of the sentence's own words that the ask or its story speaks of. */
  readonly focus: number;
  /** Relevance of the passage as the search gave it. */
  readonly passage: number;
  /** 1 when the sentence names a brother of what the ask names (Team for Starter). */
  readonly contrast: number;
}

export const fitNames = [
  'own',
  'covered',
  'heading',
  'key',
  'missingNames',
  'type',
  'counted',
  'context',
  'focus',
  'passage',
  'contrast',
] as const satisfies readonly Exclude<keyof Fit, 'unit' | 'words'>[];

/** The most that a heading, the words above it and the sentences before can give for a word. */
const share = { heading: 0.8, above: 0.35, before: 0.45, pointedBefore: 0.8, farBefore: 0.3 } as const;

/** Measures every sentence of the passages against the ask. O(words of the ask · words of the passages). */
export function measureFits(ask: Ask, passages: readonly ReadPassage[], concepts: Concepts): Fit[] {
  const { asked, story } = weighNeeds(ask, passages, concepts);
  return passages.flatMap((read) => {
    const heading = strengths(asked, read.heading);
    const above = strengths(asked, read.above);
    const storyHeading = strengths(story, read.heading);
    const own = read.units.map((unit) => meetTypeWords(strengths(asked, unit.terms), asked, ask, unit));
    return read.units.map((unit, i) => {
      const full = asked.map((_, n) =>
        Math.max(
          own[i]![n]!,
          share.heading * heading[n]!,
          share.above * above[n]!,
          strengthBefore(read.units, own, i, n),
        ),
      );
      const storyMet = strengths(story, unit.terms).map((strength, n) => Math.max(strength, storyHeading[n]!));
      return {
        unit,
        words: shares(
          asked,
          own[i]!.map((met, n) => Math.max(met, share.heading * heading[n]!, share.above * above[n]!)),
        ),
        own: weighted(asked, own[i]!),
        covered: weighted(asked, full),
        heading: weighted(asked, heading),
        key: keyStrength(asked, full),
        missingNames: missingNames(asked, full),
        type: typeFit(ask.type.kinds, unit.values),
        counted: countedFit(ask, unit, asked),
        context: weighted(story, storyMet),
        focus: focusOf(unit, asked, story),
        passage: ask.relevance?.get(read.passage.chunkId) ?? read.passage.score,
        contrast: contrastOf(ask, unit, read),
      };
    });
  });
}

/** For each need how well the best of `terms` meets it. */
function strengths(needs: readonly Need[], terms: readonly Term[]): number[] {
  return needs.map(({ met }) => {
    let best = 0;
    for (const term of terms) {
      const like = met.get(term.key);
      if (like !== undefined && like > best) best = like;
    }
    return best;
  });
}

/**
 * A word for the kind of answer ("deadline", "Preis") is met by an answer of that kind ("3 days", "5 €"), and
 * the noun after "which" by a list: "which languages" by "English, German and French".
 */
function meetTypeWords(met: number[], needs: readonly Need[], ask: Ask, unit: Unit): number[] {
  const [kind] = ask.type.kinds;
  if (kind === undefined || !unit.values.has(kind)) return met;
  const listed = ask.type.name === 'list' ? ask.terms.find((term) => !term.light)?.key : undefined;
  return met.map((strength, n) => {
    const { term } = needs[n]!;
    if (isTypeWord(term, kind)) return Math.max(strength, 0.9);
    return term.key === listed ? Math.max(strength, 0.7) : strength;
  });
}

function strengthBefore(units: readonly Unit[], own: readonly (readonly number[])[], i: number, need: number): number {
  if (i === 0) return 0;
  const near = own[i - 1]![need]! * (units[i]!.pointsBack ? share.pointedBefore : share.before);
  let far = 0;
  for (let at = Math.max(0, i - 4); at < i - 1; at++) far = Math.max(far, own[at]![need]!);
  return Math.max(near, far * share.farBefore * (units[i]!.pointsBack ? 1.5 : 1));
}

function weighted(needs: readonly Need[], met: readonly number[]): number {
  let sum = 0;
  let total = 0;
  needs.forEach((need, n) => {
    sum += need.weight * met[n]!;
    total += need.weight;
  });
  return total === 0 ? 0 : sum / total;
}

function shares(needs: readonly Need[], met: readonly number[]): number[] {
  const total = needs.reduce((sum, { weight }) => sum + weight, 0);
  return needs.map(({ weight }, n) => (total === 0 ? 0 : (weight * met[n]!) / total));
}

function keyStrength(needs: readonly Need[], met: readonly number[]): number {
  let heaviest = -1;
  needs.forEach((need, n) => {
    if (heaviest === -1 || need.weight > needs[heaviest]!.weight) heaviest = n;
  });
  return heaviest === -1 ? 0 : met[heaviest]!;
}

function missingNames(needs: readonly Need[], met: readonly number[]): number {
  let missing = 0;
  let names = 0;
  needs.forEach(({ term }, n) => {
    if (term.kind === 'word' || term.kind === 'number' || term.light) return;
    names++;
    if (met[n]! < 0.4) missing++;
  });
  return names === 0 ? 0 : missing / names;
}

function typeFit(kinds: readonly ValueKind[], values: ReadonlySet<ValueKind>): number {
  if (kinds.length === 0) return 0.5;
  const at = kinds.findIndex((kind) => values.has(kind));
  return at === -1 ? 0 : at === 0 ? 1 : 0.7;
}

/** Whether the word after "how many" stands right after a number in the sentence. */
function countedFit(ask: Ask, unit: Unit, needs: readonly Need[]): number {
  if (ask.type.name !== 'count' && ask.type.name !== 'size') return 0.5;
  const counted = needs.find(({ term }) => term.kind === 'word' || term.kind === 'name');
  if (counted === undefined) return 0.5;
  const { terms } = unit;
  for (let i = 0; i < terms.length; i++) {
    if (!/\d/.test(terms[i]!.stem)) continue;
    for (const near of [terms[i + 1], terms[i + 2], terms[i - 1]]) {
      if (near && (counted.met.get(near.key) ?? 0) >= 0.6) return 1;
    }
  }
  return 0;
}

function focusOf(unit: Unit, needs: readonly Need[], story: readonly Need[]): number {
  let spoken = 0;
  let total = 0;
  for (const term of unit.terms) {
    if (term.kind === 'number' || term.light) continue;
    total++;
    let best = 0;
    for (const { met } of needs) best = Math.max(best, met.get(term.key) ?? 0);
    if (best < 0.5) for (const { met } of story) best = Math.max(best, 0.6 * (met.get(term.key) ?? 0));
    spoken += best;
  }
  return total === 0 ? 0 : spoken / total;
}

function contrastOf(ask: Ask, unit: Unit, read: ReadPassage): number {
  if (read.brothers.size === 0) return 0;
  const stems = new Set([...unit.terms, ...read.heading].map((term) => term.stem));
  const asked = new Set([...ask.terms, ...ask.context].map((term) => term.stem));
  for (const { stem } of ask.terms) {
    if (stems.has(stem)) continue;
    for (const brother of read.brothers.get(stem) ?? []) if (stems.has(brother) && !asked.has(brother)) return 1;
  }
  return 0;
}
