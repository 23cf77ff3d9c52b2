import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { likeness } from './match-terms.ts';
import type { ReadPassage } from './read-passages.ts';
import type { Term } from './terms.ts';

/** One word of an ask: its weight, and how well each word of the passages meets it, by key. */
export interface Need {
  readonly term: Term;
  readonly weight: number;
  readonly met: ReadonlyMap<string, number>;
}

export interface Needs {
  /** The words of the ask, and of its story as far as the ask leans on it. */
  readonly asked: readonly Need[];
  /** The words of story and subject. */
  readonly story: readonly Need[];
}

const lightWeight = 0.25;
const kindWeight = { word: 1, name: 1.7, number: 0.6, code: 2.5 } as const;

/**
 * Weights are idf over the sentences at hand: a word that all of them have tells nothing apart, one that none
 * has shows that the answer may not be there. O(words of the message · distinct words of the passages).
 */
export function weighNeeds(ask: Ask, passages: readonly ReadPassage[], concepts: Concepts): Needs {
  const vocabulary = joinVocabularies(passages);
  const sentences = passages.reduce((sum, { units }) => sum + units.length, 0);
  const weigh = (terms: readonly Term[]) => {
    const needs = new Map<string, Need>();
    for (const term of terms)
      if (!needs.has(term.key)) needs.set(term.key, weighOne(term, vocabulary, sentences, concepts));
    return [...needs.values()];
  };
  const asked = weigh(ask.terms);
  const story = weigh(ask.context);
  return { asked: leanOn(asked, story, ask.leaning), story };
}

interface Counted {
  readonly term: Term;
  sentences: number;
}

function joinVocabularies(passages: readonly ReadPassage[]): Map<string, Counted> {
  const joined = new Map<string, Counted>();
  for (const { vocabulary } of passages) {
    for (const [key, { term, sentences }] of vocabulary) {
      const known = joined.get(key);
      if (known) known.sentences += sentences;
      else joined.set(key, { term, sentences });
    }
  }
  return joined;
}

function weighOne(term: Term, vocabulary: ReadonlyMap<string, Counted>, sentences: number, concepts: Concepts): Need {
  const met = new Map<string, number>();
  const related = concepts.related(term.stem);
  let standing = 0;
  for (const [key, other] of vocabulary) {
    const like = likeness(term, other.term, related);
    if (like === 0) continue;
    met.set(key, like);
    standing += like * other.sentences;
  }
  // From 1 for a word in no sentence down to 0.35 for one in all of them.
  const rarity = 0.35 + 0.65 * (1 - Math.log1p(Math.min(standing, sentences)) / Math.log1p(sentences + 1));
  return { term, weight: (term.light ? lightWeight : kindWeight[term.kind]) * rarity, met };
}

/** The words of the story join those of the ask, as far as the ask leans on them. */
function leanOn(asked: readonly Need[], story: readonly Need[], leaning: number): Need[] {
  if (leaning === 0) return [...asked];
  const own = new Set(asked.map((need) => need.term.key));
  const joining = story.filter(({ term }) => !own.has(term.key) && !term.light);
  return [...asked, ...joining.map((need) => asStory(need, leaning))];
}

/** A name in a story need not come back in the answer; a code must. */
function asStory(need: Need, leaning: number): Need {
  const term: Term = need.term.kind === 'name' ? { ...need.term, kind: 'word' } : need.term;
  return { ...need, term, weight: need.weight * leaning };
}
