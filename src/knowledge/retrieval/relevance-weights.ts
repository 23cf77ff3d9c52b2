/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  intercept: -8.6422,
  features: {
    sentenceCoverage: 0.3133,
    headingCoverage: 1.8884,
    relativeScore: 12.0367,
    evidence: 3.4758,
    questionLength: 7.6263,
    asked: 6.828,
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
