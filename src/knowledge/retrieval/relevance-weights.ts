/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  /** Without vectors. */
  words: {
    rank: {
      sentenceCoverage: 0,
      headingCoverage: 1.6829,
      relativeScore: 11.8053,
      evidence: 3.7273,
      questionLength: 5.7962,
      asked: 3.2098,
      similarity: 0,
    },
    relevance: {
      intercept: -7.0196,
      features: {
        sentenceCoverage: 1.5784,
        headingCoverage: 0.2271,
        relativeScore: 4.9122,
        evidence: 4.1031,
        questionLength: 7.2066,
        asked: 1.2291,
        similarity: 0,
        standsOut: 3.223,
        nearer: 0,
      },
    },
  },
  /** With the similarities of vectors. */
  meaning: {
    rank: {
      sentenceCoverage: 0.137,
      headingCoverage: 1.3162,
      relativeScore: 7.6061,
      evidence: 2.7072,
      questionLength: 3.6301,
      asked: 3.0263,
      similarity: 5.4328,
    },
    relevance: {
      intercept: -5.8548,
      features: {
        sentenceCoverage: 1.5674,
        headingCoverage: 0.368,
        relativeScore: 3.6672,
        evidence: 1.5556,
        questionLength: 7.4517,
        asked: 1.3816,
        similarity: 0,
        standsOut: 3.2059,
        nearer: 5.8773,
      },
    },
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
