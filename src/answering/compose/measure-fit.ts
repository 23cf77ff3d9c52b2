import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { likeness } from './match-terms.ts';
import type { ReadPassage, Unit } from './read-passages.ts';
import type { Term } from './terms.ts';
import { isTypeWord } from './type-words.ts';
import type { ValueKind } from './values.ts';

/** What speaks for and against a sentence as the answer to an ask; every number in [0,1] unless said. */
export interface Fit {
  readonly unit: Unit;
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
] as const satisfies readonly (keyof Fit)[];

/** One word of the ask with its weight and how well each distinct word of the passages meets it. */
interface Need {
  readonly term: Term;
  readonly weight: number;
  readonly met: ReadonlyMap<Term, number>;
}

/** The most that a heading, the words above it and the sentences before can give for a word. */
const share = { heading: 0.8, above: 0.35, before: 0.45, pointedBefore: 0.8, farBefore: 0.3 } as const;

/**
 * Measures every sentence of the passages against the ask. Weights are idf over the sentences at hand: a
 * word that all of them have tells nothing apart, one that none has shows that the answer may not be there.
 * O(words of the ask · distinct words of the passages).
 */
export function measureFits(ask: Ask, passages: readonly ReadPassage[], concepts: Concepts): Fit[] {
  const vocabulary = collectTerms(passages);
  const asked = weigh(ask.terms, vocabulary, concepts);
  const story = weigh(ask.context, vocabulary, concepts);
  const needs = leanOn(asked, story, ask.leaning);
  const brothers = findBrothers(passages);
  return passages.flatMap((read) => {
    const heading = strengths(needs, read.heading, vocabulary.of);
    const above = strengths(needs, read.above, vocabulary.of);
    const own = read.units.map((unit) => meetTypeWords(strengths(needs, unit.terms, vocabulary.of), needs, ask, unit));
    return read.units.map((unit, i) => {
      const full = needs.map((_, n) =>
        Math.max(
          own[i]![n]!,
          share.heading * heading[n]!,
          share.above * above[n]!,
          strengthBefore(read.units, own, i, n),
        ),
      );
      const storyMet = strengths(story, [...unit.terms, ...read.heading], vocabulary.of);
      return {
        unit,
        own: weighted(needs, own[i]!),
        covered: weighted(needs, full),
        heading: weighted(needs, heading),
        key: keyStrength(needs, full),
        missingNames: missingNames(needs, full),
        type: typeFit(ask.type.kinds, unit.values),
        counted: countedFit(ask, unit, needs, vocabulary.of),
        context: weighted(story, storyMet),
        focus: focusOf(unit, needs, story, vocabulary.of),
        passage: read.passage.score,
        contrast: contrastOf(ask, unit, read, brothers),
      };
    });
  });
}

interface Vocabulary {
  /** Distinct words by stem and kind; one Term stands for all. */
  readonly distinct: readonly Term[];
  readonly of: (term: Term) => Term;
  /** In how many sentences the word stands. */
  readonly frequency: ReadonlyMap<Term, number>;
  readonly sentences: number;
}

function collectTerms(passages: readonly ReadPassage[]): Vocabulary {
  const byKey = new Map<string, Term>();
  const frequency = new Map<Term, number>();
  let sentences = 0;
  const intern = (term: Term) => {
    const key = keyOf(term);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, term);
    return known ?? term;
  };
  for (const { heading, above, units } of passages) {
    for (const term of [...heading, ...above]) intern(term);
    for (const unit of units) {
      sentences++;
      for (const term of new Set(unit.terms.map(intern))) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    }
  }
  return { distinct: [...byKey.values()], of: (term) => byKey.get(keyOf(term)) ?? term, frequency, sentences };
}

const keyOf = (term: Term) => `${term.stem}|${term.parts.join('+')}`;

const lightWeight = 0.25;
const kindWeight = { word: 1, name: 1.4, number: 1, code: 2.5 } as const;

function weigh(terms: readonly Term[], vocabulary: Vocabulary, concepts: Concepts): Need[] {
  const needs = new Map<string, Need>();
  for (const term of terms) {
    if (needs.has(keyOf(term))) continue;
    const met = new Map<Term, number>();
    let sentences = 0;
    for (const other of vocabulary.distinct) {
      const like = likeness(term, other, concepts);
      if (like === 0) continue;
      met.set(other, like);
      sentences += like * (vocabulary.frequency.get(other) ?? 0);
    }
    // From 1 for a word in no sentence down to 0.35 for one in all of them.
    const rarity =
      0.35 + 0.65 * (1 - Math.log1p(Math.min(sentences, vocabulary.sentences)) / Math.log1p(vocabulary.sentences + 1));
    const weight = (term.light ? lightWeight : kindWeight[term.kind]) * rarity;
    needs.set(keyOf(term), { term, weight, met });
  }
  return [...needs.values()];
}

/** The words of the story join those of the ask, as far as the ask leans on them. */
function leanOn(asked: readonly Need[], story: readonly Need[], leaning: number): Need[] {
  if (leaning === 0) return [...asked];
  const own = new Set(asked.map((need) => keyOf(need.term)));
  const joining = story.filter((need) => !own.has(keyOf(need.term)) && !need.term.light);
  return [...asked, ...joining.map((need) => ({ ...need, weight: need.weight * leaning }))];
}

/** For each need how well the best of `terms` meets it. */
function strengths(needs: readonly Need[], terms: readonly Term[], of: (term: Term) => Term): number[] {
  const interned = terms.map(of);
  return needs.map(({ met }) => {
    let best = 0;
    for (const term of interned) {
      const like = met.get(term);
      if (like !== undefined && like > best) best = like;
    }
    return best;
  });
}

/** A word for the kind of answer ("deadline", "Preis") is met by an answer of that kind ("3 days", "5 €"). */
function meetTypeWords(met: number[], needs: readonly Need[], ask: Ask, unit: Unit): number[] {
  const [kind] = ask.type.kinds;
  if (kind === undefined || !unit.values.has(kind)) return met;
  return met.map((strength, n) => (isTypeWord(needs[n]!.term, kind) ? Math.max(strength, 0.9) : strength));
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
    if (term.kind === 'word' || term.light) return;
    names++;
    if (met[n]! < 0.5) missing++;
  });
  return names === 0 ? 0 : missing / names;
}

function typeFit(kinds: readonly ValueKind[], values: ReadonlySet<ValueKind>): number {
  if (kinds.length === 0) return 0.5;
  const at = kinds.findIndex((kind) => values.has(kind));
  return at === -1 ? 0 : at === 0 ? 1 : 0.7;
}

/** Whether the word after "how many" stands right after a number in the sentence. */
function countedFit(ask: Ask, unit: Unit, needs: readonly Need[], of: (term: Term) => Term): number {
  if (ask.type.name !== 'count' && ask.type.name !== 'size') return 0.5;
  const counted = needs.find(({ term }) => term.kind === 'word' || term.kind === 'name');
  if (counted === undefined) return 0.5;
  const { terms } = unit;
  for (let i = 0; i < terms.length; i++) {
    if (!/\d/.test(terms[i]!.stem)) continue;
    for (const near of [terms[i + 1], terms[i + 2], terms[i - 1]]) {
      if (near && (counted.met.get(of(near)) ?? 0) >= 0.6) return 1;
    }
  }
  return 0;
}

function focusOf(unit: Unit, needs: readonly Need[], story: readonly Need[], of: (term: Term) => Term): number {
  let spoken = 0;
  let total = 0;
  for (const term of unit.terms) {
    if (term.kind === 'number' || term.light) continue;
    total++;
    const interned = of(term);
    let best = 0;
    for (const { met } of needs) best = Math.max(best, met.get(interned) ?? 0);
    if (best < 0.5) for (const { met } of story) best = Math.max(best, 0.6 * (met.get(interned) ?? 0));
    spoken += best;
  }
  return total === 0 ? 0 : spoken / total;
}

/**
 * Brothers are words that begin like-shaped sentences ("Starter includes …", "Team includes …") or stand
 * beside each other in a list ("Starter, Team and Business"): who asks about one does not want another.
 */
function findBrothers(passages: readonly ReadPassage[]): ReadonlyMap<string, ReadonlySet<string>> {
  const brothers = new Map<string, Set<string>>();
  const join = (a: string, b: string) => {
    if (a === b) return;
    brothers.set(a, (brothers.get(a) ?? new Set()).add(b));
    brothers.set(b, (brothers.get(b) ?? new Set()).add(a));
  };
  for (const { units } of passages) {
    for (let i = 0; i < units.length; i++) {
      for (let j = Math.max(0, i - 4); j < i; j++) {
        const [a, b] = onlyDifference(units[j]!.terms, units[i]!.terms);
        if (a !== undefined && b !== undefined) join(a, b);
      }
    }
  }
  return brothers;
}

/** The one pair of words in which two sentences differ, numbers aside; nothing when they differ in more. */
function onlyDifference(a: readonly Term[], b: readonly Term[]): [string, string] | [undefined?, undefined?] {
  if (Math.abs(a.length - b.length) > 1 || a.length < 3 || b.length < 3) return [];
  const words = (terms: readonly Term[]) => new Set(terms.filter((t) => !/^\d/.test(t.stem)).map((t) => t.stem));
  const left = words(a);
  const right = words(b);
  const onlyLeft = [...left].filter((word) => !right.has(word));
  const onlyRight = [...right].filter((word) => !left.has(word));
  const same = left.size - onlyLeft.length;
  return onlyLeft.length === 1 && onlyRight.length === 1 && same >= 2 ? [onlyLeft[0]!, onlyRight[0]!] : [];
}

function contrastOf(
  ask: Ask,
  unit: Unit,
  read: ReadPassage,
  brothers: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  if (brothers.size === 0) return 0;
  const stems = new Set(unit.terms.map((term) => term.stem));
  const heading = new Set(read.heading.map((term) => term.stem));
  const asked = new Set([...ask.terms, ...ask.context].map((term) => term.stem));
  for (const term of ask.terms) {
    if (stems.has(term.stem) || heading.has(term.stem)) continue;
    for (const brother of brothers.get(term.stem) ?? []) if (stems.has(brother) && !asked.has(brother)) return 1;
  }
  return 0;
}
