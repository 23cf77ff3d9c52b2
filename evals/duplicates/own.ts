/**
 * Our own cases: 30 problems as customers write them, three or four times in English and in German, and 70 pairs that
 * share words and report two problems. Development half (fitted on) and locked half (only measured).
 */
import { fileURLToPath } from 'node:url';
import { probabilityOf } from '../../src/triage/duplicates/same-problem.ts';
import { curveOf, qualityOf } from './curve.ts';
import { allPairs, readTexts } from './pair-rows.ts';
import { type Half, readOwnCases } from './read-texts.ts';
import { tfidfCosines } from './tfidf.ts';

export async function measureOwn(half: Half): Promise<unknown> {
  const { texts, different } = readOwnCases(half);
  const read = await readTexts(texts);
  const pairs = allPairs(texts.map(({ problem }) => problem));
  const across = pairs.filter(({ a, b }) => texts[a]!.language !== texts[b]!.language);
  const quality = (some: typeof pairs) => {
    const scores = some.map(({ a, b }) => probabilityOf(read[a]!, read[b]!));
    const same = some.map((pair) => pair.same);
    return { ...qualityOf(scores, same), thresholds: curveOf(scores, same) };
  };
  const cosine = tfidfCosines(
    texts.map(({ text }) => text),
    'characters',
  );
  const singles = await readTexts(
    different.flatMap(({ texts: two, language }) => two.map((text) => ({ text, language }))),
  );
  const apart = different.map((pair, i) => ({ pair, p: probabilityOf(singles[2 * i]!, singles[2 * i + 1]!) }));
  return {
    half,
    problems: new Set(texts.map(({ problem }) => problem)).size,
    all: quality(pairs),
    englishWithGerman: quality(across),
    tfidfCharacters: qualityOf(
      pairs.map(({ a, b }) => cosine(a, b)),
      pairs.map((pair) => pair.same),
    ),
    differentPairs: different.length,
    differentAt90: apart.filter(({ p }) => p >= 0.9).length,
    differentAt50: apart.filter(({ p }) => p >= 0.5).length,
    ...(half === 'development' && {
      worst: apart
        .sort((a, b) => b.p - a.p)
        .slice(0, 12)
        .map(({ pair, p }) => `${p.toFixed(2)} ${pair.texts.join(' | ')}`),
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const half of ['development', 'locked'] as const) console.log(JSON.stringify(await measureOwn(half), null, 1));
