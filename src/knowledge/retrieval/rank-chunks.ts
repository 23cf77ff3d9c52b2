import type { SearchOptions } from '../types.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Question } from './read-question.ts';
import { type Features, featuresOf, matchPassage, relevanceOf } from './relevance.ts';
import { scorePassage } from './score.ts';

/** The best by BM25 are looked at closely. */
const looksClosely = 40;
export interface Ranked {
  readonly id: string;
  readonly relevance: number;
  /** BM25 of the whole question. */
  readonly score: number;
  readonly features: Features;
}

export function rankChunks(
  question: Question,
  ids: readonly string[],
  index: LanguageIndex,
  options: SearchOptions,
): Ranked[] {
  const chunks = ids.map((id) => index.chunk(id)).filter((chunk) => chunk !== undefined);
  return chunks
    .map((chunk) => ({ chunk, score: scorePassage(question.slots, chunk, index) }))
    .sort((a, b) => b.score - a.score || (a.chunk.id < b.chunk.id ? -1 : 1))
    .slice(0, Math.max(looksClosely, options.limit))
    .map(({ chunk, score }) => {
      const features = featuresOf(question.slots, matchPassage(question, chunk, index));
      const preferred = options.category != null && chunk.category === options.category;
      return { id: chunk.id, relevance: relevanceOf(features, preferred), score, features };
    })
    .sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
}
