import type { IndexedChunk, LanguageIndex } from './language-index.ts';
import type { Slot } from './read-query.ts';
import { relevanceWeights } from './relevance-weights.ts';
import { foundInChunk, foundInTerms, highestScore, weigh } from './score.ts';

/** What the relevance of a passage is told from; each in [0,1] or near. */
export const featureNames = [
  'coverage',
  'sentenceCoverage',
  'headingCoverage',
  'relativeScore',
  'unknownNames',
  'evidence',
  'questionLength',
] as const;

export type Features = Readonly<Record<(typeof featureNames)[number], number>>;

/**
 * - coverage: words of the question found in text, heading or path, weighted by rarity
 * - sentenceCoverage: the same for the best single sentence; what only the heading says counts 0.7, the path 0.4
 * - headingCoverage: words of the question that the section's own heading holds
 * - relativeScore: BM25 over the highest score these words could reach
 * - unknownNames: worth of the names (in German: nouns) that no document knows
 * - evidence: worth that was found, saturating: one rare word is less than three
 * - questionLength: saturating number of words
 */
export function featuresOf(slots: readonly Slot[], chunk: IndexedChunk, index: LanguageIndex, score: number): Features {
  const inChunk = foundInChunk(slots, chunk, index);
  const inHeading = foundInTerms(slots, (term) => chunk.headingTerms.has(term));
  const inPath = foundInTerms(slots, (term) => chunk.pathTerms.has(term));
  const sentence = bestSentence(slots, chunk, inHeading, inPath);
  const found = slots.reduce((sum, slot, i) => sum + slot.worth * inChunk[i]!, 0);
  const highest = highestScore(slots);
  return {
    coverage: weigh(slots, (_, i) => inChunk[i]!),
    sentenceCoverage: weigh(slots, (_, i) => sentence[i]!),
    headingCoverage: weigh(slots, (_, i) => inHeading[i]!),
    relativeScore: highest === 0 ? 0 : score / highest,
    unknownNames: weigh(slots, (slot) => (!slot.known && slot.named ? 1 : 0)),
    evidence: found / (found + 4),
    questionLength: slots.length / (slots.length + 6),
  };
}

function bestSentence(slots: readonly Slot[], chunk: IndexedChunk, inHeading: number[], inPath: number[]): number[] {
  let best: number[] = slots.map(() => 0);
  let bestCoverage = -1;
  for (const terms of chunk.sentences) {
    const here = foundInTerms(slots, (term) => terms.includes(term)).map((found, i) =>
      Math.max(found, 0.7 * inHeading[i]!, 0.4 * inPath[i]!),
    );
    const coverage = weigh(slots, (_, i) => here[i]!);
    if (coverage > bestCoverage) {
      bestCoverage = coverage;
      best = here;
    }
  }
  return best;
}

/** Probability that the passage answers, in (0,1); `preferred` adds the bonus of the ticket's own category. */
export function relevanceOf(features: Features, preferred: boolean): number {
  let logit = relevanceWeights.intercept + (preferred ? relevanceWeights.category : 0);
  for (const name of featureNames) logit += relevanceWeights.features[name] * features[name];
  return 1 / (1 + Math.exp(-logit));
}
