/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  intercept: -7.2309,
  features: {
    coverage: 0,
    sentenceCoverage: 0.5876,
    headingCoverage: 1.0763,
    relativeScore: 9.5599,
    unknownNames: 0,
    evidence: 4.043,
    questionLength: 5.7697,
    asked: 7.8187,
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
