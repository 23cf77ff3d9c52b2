/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  intercept: -7.5723,
  features: {
    sentenceCoverage: 0.0592,
    headingCoverage: 1.8433,
    relativeScore: 11.4264,
    evidence: 4.2436,
    questionLength: 5.6457,
    asked: 3.0682,
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
