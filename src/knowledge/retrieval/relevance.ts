import { bm25 } from './bm25.ts';
import type { IndexedChunk } from './indexed-chunk.ts';
import { type LanguageIndex, positionOf } from './language-index.ts';
import type { Question } from './read-question.ts';
import { relevanceWeights } from './relevance-weights.ts';
import { foundAmong, hitOf } from './score.ts';
import type { Slot } from './slot.ts';

/** What one passage says by itself; each in [0,1]. */
export const wordFeatures = [
  'sentenceCoverage',
  'headingCoverage',
  'relativeScore',
  'evidence',
  'questionLength',
  'asked',
] as const;

/**
 * All that ranks a passage and tells its relevance; each in [0,1].
 * - similarity: cosine of the question's vector and the passage's; 0 without vectors
 * - standsOut: relativeScore above the mean of the best three others, nearer: the same of the similarity
 */
export const featureNames = [...wordFeatures, 'similarity', 'standsOut', 'nearer'] as const;

export type WordFeatures = Readonly<Record<(typeof wordFeatures)[number], number>>;
export type Features = Readonly<Record<(typeof featureNames)[number], number>>;

/** A weight a feature; those that are left out count nothing. */
type Weights = Readonly<Partial<Record<keyof Features, number>>>;

/** What only the heading, or only the path above it, says counts so much for a sentence below. */
const fromHeading = 0.7;
const fromPath = 0.4;
/** Worth at which the evidence is half of what it can be: about one rare word. */
const halfEvidence = 4;

/** Where each word of the question stands in one passage; all values in [0,1] but the scores. */
export interface Match {
  readonly inChunk: readonly number[];
  readonly scores: readonly number[];
  readonly inHeading: readonly number[];
  /** One row a sentence of the passage, heading and path counted in. */
  readonly sentences: readonly (readonly number[])[];
  /** Likeness to the likest of the noted questions. */
  readonly asked: number;
}

/** Computed once a passage; the features of the whole question and of its sentences are read from it. */
export function matchPassage({ slots, comparers }: Question, chunk: IndexedChunk, index: LanguageIndex): Match {
  const hits = slots.map((slot) => hitOf(slot, chunk, index));
  // Most words of a long message are not in the passage at all: they need no closer look.
  const within = (has: (term: number) => boolean) =>
    slots.map((slot, i) => (hits[i]!.found === 0 ? 0 : foundAmong(slot, has)));
  const inHeading = within((term) => chunk.headingTerms.has(term));
  const inPath = within((term) => chunk.pathTerms.has(term));
  const above = slots.map((_, i) => Math.max(fromHeading * inHeading[i]!, fromPath * inPath[i]!));
  const sentences = chunk.sentences.map((terms) =>
    within((term) => positionOf(terms, term) >= 0).map((found, i) => Math.max(found, above[i]!)),
  );
  const asked = Math.max(0, ...chunk.asked.flatMap((noted) => comparers.map((compare) => compare(noted))));
  return { inChunk: hits.map((hit) => hit.found), scores: hits.map((hit) => hit.score), inHeading, sentences, asked };
}

/**
 * The features of a question's words. Those of its best sentence were blended in once; without them the right section
 * came first in 74 of 100 questions instead of 71: customers tell in the story what the question is about.
 * - sentenceCoverage: words found in the best single sentence of the passage, heading and path counted in
 * - headingCoverage: words that the section's own heading holds
 * - relativeScore: BM25 over the highest score these words could reach
 * - evidence: worth that was found, saturating: one rare word is less than three
 * - questionLength: number of words, saturating
 * - asked: likeness to a question that the author noted for the section
 */
export function featuresOf(slots: readonly Slot[], match: Match): WordFeatures {
  let total = 0;
  let found = 0;
  let heading = 0;
  let score = 0;
  for (const [i, slot] of slots.entries()) {
    total += slot.worth;
    found += slot.worth * match.inChunk[i]!;
    heading += slot.worth * match.inHeading[i]!;
    score += match.scores[i]!;
  }
  const share = (sum: number) => (total === 0 ? 0 : sum / total);
  return {
    sentenceCoverage: share(bestSentence(slots, match)),
    headingCoverage: share(heading),
    relativeScore: Math.min(1, share(score / (bm25.k1 + 1))),
    evidence: found / (found + halfEvidence),
    questionLength: slots.length / (slots.length + 6),
    asked: match.asked,
  };
}

function bestSentence(slots: readonly Slot[], match: Match): number {
  let best = 0;
  for (const sentence of match.sentences) {
    let sum = 0;
    for (const [i, slot] of slots.entries()) sum += slot.worth * sentence[i]!;
    if (sum > best) best = sum;
  }
  return best;
}

/** What passages are ordered by: the higher, the better; `meaning` says whether their similarities are known. */
export function rankOf(features: Pick<Features, keyof WordFeatures | 'similarity'>, meaning: boolean): number {
  const { rank } = meaning ? relevanceWeights.meaning : relevanceWeights.words;
  return weigh(rank, features);
}

/** Probability that the passage answers, in (0,1); `preferred` adds the bonus of the ticket's own category. */
export function relevanceOf(features: Features, { meaning, preferred }: { meaning: boolean; preferred: boolean }) {
  const { relevance } = meaning ? relevanceWeights.meaning : relevanceWeights.words;
  const logit = relevance.intercept + (preferred ? relevanceWeights.category : 0) + weigh(relevance.features, features);
  return 1 / (1 + Math.exp(-logit));
}

function weigh(weights: Weights, features: Readonly<Partial<Features>>): number {
  let sum = 0;
  for (const name of featureNames) sum += (weights[name] ?? 0) * (features[name] ?? 0);
  return sum;
}
