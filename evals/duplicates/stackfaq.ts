/**
 * Rephrasings of 63 questions: every two of one thread are duplicates (2,835 of 198,135 pairs). Our probability, out
 * of fold by thread, beside the cosines of TF-IDF over words and over characters; its curve and its calibration.
 */
import { fileURLToPath } from 'node:url';
import { calibrationErrorOf, equalMassBins } from '../../src/ml/index.ts';
import { curveOf, qualityOf, round } from './curve.ts';
import { joinRows, sigmoid } from './fit-logistic.ts';
import { ownRows, strangerRows } from './mixture.ts';
import { outOfFold } from './out-of-fold.ts';
import { allPairs, readTexts, rowsOf } from './pair-rows.ts';
import { readStackfaq } from './read-texts.ts';
import { tfidfCosines } from './tfidf.ts';

/** Null where the data is absent. */
export async function measureStackfaq(): Promise<unknown> {
  const texts = readStackfaq();
  if (texts === null) return { skipped: 'The folder of stackfaq is not there.' };
  const pairs = allPairs(texts.map(({ problem }) => problem));
  const same = pairs.map((pair) => pair.same);
  const rows = rowsOf(await readTexts(texts), pairs);
  const others = joinRows([await ownRows(), await strangerRows(150_000)]);
  const logits = outOfFold(
    rows,
    pairs,
    texts.map(({ problem }) => Number(problem)),
    others,
  );
  const probabilities = logits.map(sigmoid);
  const bins = equalMassBins(probabilities, same, 200).filter(({ to }) => to > 0.02);
  const tfidf = (unit: 'words' | 'characters') => {
    const cosine = tfidfCosines(
      texts.map(({ text }) => text),
      unit,
    );
    return qualityOf(
      pairs.map(({ a, b }) => cosine(a, b)),
      same,
    );
  };
  return {
    threads: new Set(texts.map(({ problem }) => problem)).size,
    ours: qualityOf(logits, same),
    tfidfCharacters: tfidf('characters'),
    tfidfWords: tfidf('words'),
    thresholds: curveOf(probabilities, same),
    calibrationError: round(calibrationErrorOf(equalMassBins(probabilities, same, 200))),
    calibration: reliability(probabilities, same),
    bins: bins.length,
  };
}

/** Told and true share by tenth of probability. */
function reliability(probabilities: Float64Array, same: readonly boolean[]): unknown {
  const edges = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01];
  return edges.slice(1).map((to, i) => {
    const from = edges[i]!;
    let [count, sum, hits] = [0, 0, 0];
    for (const [r, p] of probabilities.entries()) {
      if (p < from || p >= to) continue;
      count++;
      sum += p;
      if (same[r]) hits++;
    }
    return { from, told: round(sum / Math.max(1, count)), true: round(hits / Math.max(1, count)), count };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await measureStackfaq(), null, 1));
