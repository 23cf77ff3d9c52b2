import type { Features } from './relevance.ts';

/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights: {
  readonly intercept: number;
  readonly features: Readonly<Record<keyof Features, number>>;
  /** Added to the logit of a passage of the ticket's category. */
  readonly category: number;
  /** From this relevance of the best passage on, something was found. */
  readonly threshold: number;
} = {
  intercept: -4,
  features: {
    coverage: 3,
    sentenceCoverage: 3,
    headingCoverage: 1,
    relativeScore: 2,
    rarestFound: 0.5,
    rarestInSentence: 0.5,
    unknownShare: -1,
    evidence: 1,
    questionLength: 0,
  },
  category: 0.3,
  threshold: 0.5,
};
