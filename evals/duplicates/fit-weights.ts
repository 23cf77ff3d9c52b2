/**
 * Fits the weights of src/triage/duplicates/pair-weights.ts: logistic regression over the features of pairs of
 * stackfaq (every two rephrasings), of our own cases for development (as they stand and within longer mails, pairs that
 * share words only counting twenty times) and of 150,000 pairs of starter tickets that have nothing to do with each
 * other. Prints the file; `node evals/duplicates/fit-weights.ts > src/triage/duplicates/pair-weights.ts`.
 */
import { featureNames } from '../../src/triage/duplicates/pair-features.ts';
import { fitKinds, joinRows, type Line } from './fit-logistic.ts';
import { ownRows, prior, strangerRows } from './mixture.ts';
import { allPairs, readTexts, rowsOf } from './pair-rows.ts';
import { readStackfaq } from './read-texts.ts';

const texts = readStackfaq();
if (texts === null) throw new Error('The weights are fitted on stackfaq, and its folder is not there.');
const stackfaq = rowsOf(await readTexts(texts), allPairs(texts.map(({ problem }) => problem)));
const [requests, reports] = fitKinds(joinRows([stackfaq, await ownRows(), await strangerRows(150_000)]), { prior });
const written = (line: Line): string =>
  featureNames.map((name, i) => `    ${name}: ${line[i]!.toFixed(2)},`).join('\n');
const biasOf = (line: Line): string => line[featureNames.length]!.toFixed(2);
console.log(`import type { FeatureName, PairKind } from './pair-features.ts';

/** Written by evals/duplicates/fit-weights.ts, which says how. */
export const pairWeights: Readonly<Record<PairKind, Readonly<Record<FeatureName, number>>>> = {
  reports: {
${written(reports)}
  },
  requests: {
${written(requests)}
  },
};

export const pairBias: Readonly<Record<PairKind, number>> = { reports: ${biasOf(reports)}, requests: ${biasOf(requests)} };`);
