import type { SearchOptions } from '../types.ts';
import type { IndexedChunk } from './indexed-chunk.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Question } from './read-question.ts';
import { type Features, featuresOf, matchPassage, rankOf, relevanceOf, type WordFeatures } from './relevance.ts';
import { relevanceWeights } from './relevance-weights.ts';
import { scorePassage } from './score.ts';

/** The best by BM25 and similarity are looked at closely. */
const looksClosely = 40;
/** What a similarity of 1 counts beside the best BM25 score in choosing them. */
const similarityShare = 1.5;
/** A passage stands out from so many others. */
const others = 3;

export interface Ranked {
  readonly id: string;
  readonly relevance: number;
  /** BM25 of the whole question. */
  readonly score: number;
  readonly features: Features;
}

export interface Candidates {
  readonly ids: readonly string[];
  /** Cosine of the question and the chunk, by id; a chunk without a vector is missing. Null without vectors at all. */
  readonly similarity: ReadonlyMap<string, number> | null;
}

interface Scored {
  readonly chunk: IndexedChunk;
  readonly score: number;
  readonly similarity: number;
}

interface Standing {
  readonly words: WordFeatures;
  readonly similarity: number;
}

/**
 * The candidates best first, in two steps: all of them by BM25 and similarity, then the best of these by everything
 * that is known of them. The order comes from one set of weights, the relevance from another: what puts the right passage
 * first is not what tells whether there is one. No passage is said to be more relevant than the one before it.
 */
export function rankChunks(
  question: Question,
  candidates: Candidates,
  index: LanguageIndex,
  options: SearchOptions,
): Ranked[] {
  const meaning = candidates.similarity !== null;
  const matched = chooseBest(question, candidates, index, Math.max(looksClosely, options.limit))
    .map((scored) => {
      const words = featuresOf(question.slots, matchPassage(question, scored.chunk, index));
      const preferred = options.category != null && scored.chunk.category === options.category;
      const bonus = preferred ? relevanceWeights.category : 0;
      return {
        ...scored,
        words,
        preferred,
        rank: bonus + rankOf({ ...words, similarity: scored.similarity }, meaning),
      };
    })
    .sort((a, b) => b.rank - a.rank || (a.chunk.id < b.chunk.id ? -1 : 1));
  let above = 1;
  return matched.map((one) => {
    const features = standingOf(one, matched);
    above = Math.min(above, relevanceOf(features, { meaning, preferred: one.preferred }));
    return { id: one.chunk.id, relevance: above, score: one.score, features };
  });
}

function chooseBest(
  question: Question,
  { ids, similarity }: Candidates,
  index: LanguageIndex,
  most: number,
): readonly Scored[] {
  const scored: Scored[] = [];
  let highest = 1e-9;
  // A chunk of a moment ago has no vector yet: it is taken for as near as the others are on average.
  const unread = similarity === null ? 0 : mean([...similarity.values()]);
  for (const id of ids) {
    const chunk = index.chunk(id);
    if (chunk === undefined) continue;
    const score = scorePassage(question.slots, chunk, index);
    highest = Math.max(highest, score);
    scored.push({ chunk, score, similarity: Math.min(1, Math.max(0, similarity?.get(id) ?? unread)) });
  }
  const first = ({ score, similarity: near }: Scored) => score / highest + similarityShare * near;
  return scored.sort((a, b) => first(b) - first(a) || (a.chunk.id < b.chunk.id ? -1 : 1)).slice(0, most);
}

/** A passage among all in their order: its own features, and how far it stands out from the best of the others. */
export function standingOf(one: Standing, all: readonly Standing[]): Features {
  let words = 0;
  let near = 0;
  let count = 0;
  for (const other of all) {
    if (other === one) continue;
    if (count++ === others) break;
    words += other.words.relativeScore / others;
    near += other.similarity / others;
  }
  return {
    ...one.words,
    similarity: one.similarity,
    standsOut: Math.max(0, one.words.relativeScore - words),
    nearer: Math.max(0, one.similarity - near),
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
