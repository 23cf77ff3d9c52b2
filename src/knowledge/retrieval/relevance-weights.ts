/** Made by `node evals/retrieval/fit-relevance.ts` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  /** Without vectors. */
  words: {
    rank: {
      sentenceCoverage: 0.0747,
      headingCoverage: 1.7921,
      relativeScore: 11.3456,
      evidence: 4.3835,
      questionLength: 5.5039,
      asked: 3.1284,
      similarity: 0,
    },
    relevance: {
      intercept: -6.5542,
      features: {
        sentenceCoverage: 2.2931,
        headingCoverage: 0.1874,
        relativeScore: 4.0963,
        evidence: 2.274,
        questionLength: 8.2712,
        asked: 1.5555,
        standsOut: 4.2566,
        nearer: 0,
      },
    },
  },
  /** With the similarities of vectors. */
  meaning: {
    rank: {
      sentenceCoverage: 0.456,
      headingCoverage: 1.3009,
      relativeScore: 7.6762,
      evidence: 3.2238,
      questionLength: 4.1593,
      asked: 2.949,
      similarity: 5.3184,
    },
    relevance: {
      intercept: -6.7115,
      features: {
        sentenceCoverage: 2.4601,
        headingCoverage: 0.4226,
        relativeScore: 3.1718,
        evidence: 1.3705,
        questionLength: 8.6717,
        asked: 1.7233,
        standsOut: 3.5742,
        nearer: 6.4954,
      },
    },
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
