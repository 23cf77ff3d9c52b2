/**
 * German sentences of high overlap, paraphrases or not (PAWS-X): hard for every measure that reads words. Nothing is
 * fitted here: our probability as it is, beside the cosines of TF-IDF.
 */
import { fileURLToPath } from 'node:url';
import { probabilityOf } from '../../src/triage/duplicates/same-problem.ts';
import { curveOf, qualityOf } from './curve.ts';
import { readTexts } from './pair-rows.ts';
import { readPawsx } from './read-texts.ts';
import { tfidfCosines } from './tfidf.ts';

export async function measurePawsx(): Promise<unknown> {
  const pairs = readPawsx();
  if (pairs === null) return { skipped: 'The folder of pawsx-de is not there.' };
  const texts = pairs.flatMap((pair) => pair.texts);
  const read = await readTexts(texts.map((text) => ({ text, language: 'de' })));
  const same = pairs.map((pair) => pair.same);
  const ours = pairs.map((_, i) => probabilityOf(read[2 * i]!, read[2 * i + 1]!));
  const tfidf = (unit: 'words' | 'characters') => {
    const cosine = tfidfCosines(texts, unit);
    return qualityOf(
      pairs.map((_, i) => cosine(2 * i, 2 * i + 1)),
      same,
    );
  };
  return {
    ours: qualityOf(ours, same),
    tfidfCharacters: tfidf('characters'),
    tfidfWords: tfidf('words'),
    thresholds: curveOf(ours, same),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await measurePawsx(), null, 1));
