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
  intercept: -7.2825,
  features: {
    coverage: 2.1732,
    sentenceCoverage: 1.9808,
    headingCoverage: 3.4731,
    relativeScore: 5.2963,
    rarestFound: 0,
    rarestInSentence: 0,
    unknownShare: -0.5248,
    evidence: 2.9383,
    questionLength: 1.6094,
  },
  category: 0.3,
  threshold: 0.14,
};
