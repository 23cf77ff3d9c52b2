/**
 * The same pairs of stackfaq with vectors of an embedding model: by its cosines alone, by words alone and by both, out
 * of fold by thread; and the weights that join the two, fitted on all of them and on our own cases for development
 * (`vectorWeights` of src/triage/duplicates/vector-weights.ts).
 *
 *   node evals/duplicates/vectors.ts --model FOLDER [--package FOLDER]
 */
import { parseArgs } from 'node:util';
import { type ComparedText, compareReady } from '../../src/triage/duplicates/compared-text.ts';
import { denseLikeness, measureBackground, wholeNumbers } from '../../src/triage/duplicates/dense-reading.ts';
import { createDuplicateReader } from '../../src/triage/duplicates/index.ts';
import { logitOfWords } from '../../src/triage/duplicates/same-problem.ts';
import { modelOptions, openModel } from '../embedding/open-model.ts';
import { curveOf, qualityOf } from './curve.ts';
import { fitLogistic, joinRows, type Rows, sigmoid } from './fit-logistic.ts';
import { ownRows, strangerRows } from './mixture.ts';
import { outOfFold } from './out-of-fold.ts';
import { allPairs, type LabelledPair, rowsOf, type TextInLanguage } from './pair-rows.ts';
import { readOwnCases, readStackfaq } from './read-texts.ts';

const { values } = parseArgs({ options: modelOptions });
const embedder = await openModel(values);
const texts = readStackfaq();
if (embedder !== null && texts !== null) {
  const background = await measureBackground(embedder);
  const read = async (some: readonly TextInLanguage[]): Promise<ComparedText[]> => {
    const reader = createDuplicateReader({ embedder: null });
    const words = await reader.read(some.map(({ text, language }) => ({ subject: '', body: text, language })));
    const vectors = await embedder.embed(some.map(({ text }) => text));
    return words.map((fingerprint, i) =>
      compareReady({
        ...fingerprint,
        dense: {
          embedder: embedder.id,
          background,
          values: wholeNumbers(vectors.subarray(i * embedder.dimension, (i + 1) * embedder.dimension)),
        },
      }),
    );
  };
  const compared = await read(texts);
  const pairs = allPairs(texts.map(({ problem }) => problem));
  const same = pairs.map((pair) => pair.same);
  const likeness = likenessOf(compared, pairs);
  const threads = texts.map(({ problem }) => Number(problem));
  const others = joinRows([await ownRows(), await strangerRows(150_000)]);
  const words = outOfFold(rowsOf(compared, pairs), pairs, threads, others);
  const rows = twoColumns(words, likeness, pairs);
  const own = readOwnCases('development');
  const ownTexts = await read(own.texts);
  const ownPairs = allPairs(own.texts.map(({ problem }) => problem)).filter(
    ({ a, b }) => denseLikeness(ownTexts[a]!, ownTexts[b]!) !== null,
  );
  const ownTable = twoColumns(
    Float64Array.from(ownPairs, ({ a, b }) => logitOfWords(ownTexts[a]!, ownTexts[b]!)),
    likenessOf(ownTexts, ownPairs),
    ownPairs,
  );
  const both = outOfFold(rows, pairs, threads, ownTable);
  const line = fitLogistic(joinRows([rows, ownTable]), { ridge: 1 });
  const locked = readOwnCases('locked');
  const lockedTexts = await read(locked.texts);
  const lockedPairs = allPairs(locked.texts.map(({ problem }) => problem));
  const lockedScores = lockedPairs.map(({ a, b }) => {
    const [one, other] = [lockedTexts[a]!, lockedTexts[b]!];
    const alike = denseLikeness(one, other);
    const byWords = logitOfWords(one, other);
    return sigmoid(alike === null ? byWords : line[2]! + line[0]! * byWords + line[1]! * alike);
  });
  const lockedSame = lockedPairs.map((pair) => pair.same);
  console.log(
    JSON.stringify(
      {
        embedder: embedder.id,
        background,
        cosines: qualityOf(likeness, same),
        words: qualityOf(words, same),
        both: qualityOf(both, same),
        thresholds: curveOf(both.map(sigmoid), same),
        ownLocked: { ...qualityOf(lockedScores, lockedSame), thresholds: curveOf(lockedScores, lockedSame) },
        vectorWeights: { bias: line[2], words: line[0], likeness: line[1] },
      },
      null,
      1,
    ),
  );
}
await embedder?.close();

function likenessOf(compared: readonly ComparedText[], pairs: readonly LabelledPair[]): Float64Array {
  return Float64Array.from(pairs, ({ a, b }) => denseLikeness(compared[a]!, compared[b]!) ?? Number.NaN);
}

function twoColumns(words: Float64Array, likeness: Float64Array, pairs: readonly LabelledPair[]): Rows {
  const features = new Float64Array(pairs.length * 2);
  for (let r = 0; r < pairs.length; r++) features.set([words[r]!, likeness[r]!], r * 2);
  return {
    width: 2,
    features,
    kinds: new Uint8Array(pairs.length),
    labels: Uint8Array.from(pairs, ({ same: is }) => (is ? 1 : 0)),
    weights: new Float64Array(pairs.length).fill(1),
  };
}
