/**
 * Where two tickets have vectors of one model: of the log odds by words, and of how much more alike they are than
 * strangers. As evals/duplicates/vectors.ts prints them for all-MiniLM-L6-v2.
 */
export const vectorWeights = { bias: -7.44, words: 0.13, likeness: 15.1 };
