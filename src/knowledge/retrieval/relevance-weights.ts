/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  intercept: -7.9716,
  features: {
    coverage: 0.6179,
    sentenceCoverage: 1.4588,
    headingCoverage: 3.8076,
    relativeScore: 9.8261,
    unknownNames: -1.3125,
    evidence: 5.2671,
    questionLength: 2.9705,
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
