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
  intercept: -7.9698,
  features: {
    coverage: 0.6275,
    sentenceCoverage: 1.4515,
    headingCoverage: 3.8105,
    relativeScore: 9.8159,
    unknownNames: -1.3133,
    evidence: 5.2703,
    questionLength: 2.9623,
  },
  category: 0.3,
  threshold: 0.5,
};
