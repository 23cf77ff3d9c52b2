/**
 * Do topics help a classifier of categories? Logistic regression on TF-IDF of the starter tickets, with and without
 * topic shares as further columns, learned from some or all of the train split (whole scenarios, drawn by seed) and
 * scored on the test split. The topics know the words of the whole train split, never a label. Prints JSON.
 *
 * Seen with 40 topics (579 test tickets, gain in macro-F1, mean of three draws or four; of all 2,541 there is one): weight 0.3
 * gains 0.024 from 200 tickets, 0.017 from 500, 0.004 from all; 0.6 gains 0.044 and 0.023 and costs 0.010; 1 gains
 * 0.039 from 200 and costs 0.041 from all. Topics are worth it where few tickets have a label, and lightly.
 *
 *   node evals/topics/topics-as-features.ts [--topics 40] [--weight 0.3] [--rows 200,500,3000] [--seeds 5]
 */
import { parseArgs } from 'node:util';
import {
  type CsrMatrix,
  createRandom,
  defaultTextFeatures,
  fitTextFeatures,
  LogisticRegression,
  reportClasses,
  shuffled,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { TopicReader, ticketText, trainTopics } from '../../src/triage/index.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';

const { values: options } = parseArgs({
  options: {
    topics: { type: 'string', default: '40' },
    weight: { type: 'string', default: '0.3' },
    rows: { type: 'string', default: '200,500,3000' },
    seeds: { type: 'string', default: '5' },
  },
});

interface Row {
  readonly text: string;
  readonly category: string;
  readonly scenario: string;
}

const read = (split: 'train' | 'test'): Row[] =>
  readStarterTickets(split).flatMap(({ subject, body, category, scenario }) =>
    category === null ? [] : [{ text: ticketText(subject, body), category, scenario }],
  );
const train = read('train');
const test = read('test');
const trained = trainTopics(
  train.map(({ text }) => text),
  { topics: Number(options.topics), seed: 1 },
);
if (!trained.ok) throw new Error(trained.reason);
const reader = new TopicReader(trained.value);

/** The matrix with the topic shares of its texts, times a weight, as columns behind the others. */
function withTopics(matrix: CsrMatrix, texts: readonly string[], weight: number): CsrMatrix {
  const indptr = new Int32Array(matrix.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  texts.forEach((text, r) => {
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++) {
      indices.push(matrix.indices[j]!);
      values.push(matrix.values[j]!);
    }
    reader.shares(text).forEach((share, k) => {
      if (share === 0) return;
      indices.push(matrix.columns + k);
      values.push(weight * share);
    });
    indptr[r + 1] = indices.length;
  });
  const columns = matrix.columns + reader.topics;
  return { rows: matrix.rows, columns, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}

/** At least `count` tickets, or all. */
function draw(count: number, seed: number): Row[] {
  const scenarios = shuffled([...new Set(train.map(({ scenario }) => scenario))], createRandom(seed));
  const drawn = new Set<string>();
  let rows = 0;
  for (const scenario of scenarios) {
    if (rows >= count) break;
    drawn.add(scenario);
    rows += train.filter((row) => row.scenario === scenario).length;
  }
  return train.filter(({ scenario }) => drawn.has(scenario));
}

function score(known: CsrMatrix, unknown: CsrMatrix, rows: readonly Row[]): number {
  const model = new LogisticRegression({ c: 10, classWeight: 'balanced', tolerance: 1e-3 });
  const fitted = model.fit(
    known,
    rows.map(({ category }) => category),
  );
  if (!fitted.ok) throw new Error(fitted.reason);
  const classes = model.classes(fitted.value);
  const probabilities = model.predictProba(fitted.value, unknown);
  const predictions = test.map((_, r) => {
    const row = probabilities.subarray(r * classes.length, (r + 1) * classes.length);
    return classes[row.indexOf(Math.max(...row))]!;
  });
  return reportClasses(
    test.map(({ category }) => category),
    predictions,
  ).macroF1;
}

function compare(count: number, seed: number): { words: number; wordsAndTopics: number } {
  const rows = draw(count, seed);
  const texts = rows.map(({ text }) => text);
  const settings = { ...defaultTextFeatures, minDocuments: rows.length < 300 ? 1 : 2 };
  const { features, matrix } = fitTextFeatures(texts, settings);
  const unknownTexts = test.map(({ text }) => text);
  const unknown = new TextVectoriser(features).transform(unknownTexts);
  const weight = Number(options.weight);
  return {
    words: score(matrix, unknown, rows),
    wordsAndTopics: score(withTopics(matrix, texts, weight), withTopics(unknown, unknownTexts, weight), rows),
  };
}

const results = options.rows.split(',').map((count) => {
  const rows = Math.min(Number(count), train.length);
  // Of all rows there is one draw only.
  const seeds = rows === train.length ? 1 : Number(options.seeds);
  const macroF1 = Array.from({ length: seeds }, (_, seed) => compare(rows, seed + 1));
  const gains = macroF1.map(({ words, wordsAndTopics }) => wordsAndTopics - words);
  return { rows, macroF1, meanGain: gains.reduce((sum, gain) => sum + gain, 0) / seeds };
});
console.log(
  JSON.stringify({ test: test.length, topics: reader.topics, weight: Number(options.weight), results }, null, 1),
);
