/**
 * Does SMOTE help? Logistic regression on the queues of the published tickets, cross-validated by group, the made rows
 * on the training side only: as the rows come, with balanced class weights, and with SMOTE up to the largest class.
 * Prints JSON.
 *
 *   node evals/resampling/smote-score.ts [--data FOLDER] [--rows 6000] [--folds 3] [--c 3] [--characters]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createRandom,
  defaultTextFeatures,
  fitTextFeatures,
  LogisticRegression,
  pairedBootstrap,
  reportClasses,
  shuffled,
  smote,
  stratifiedGroupFolds,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { readPublishedTickets } from '../classifier/published-tickets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    rows: { type: 'string', default: '6000' },
    folds: { type: 'string', default: '3' },
    c: { type: 'string', default: '3' },
    characters: { type: 'boolean', default: false },
  },
});

const ways = ['as they come', 'balanced', 'smote'] as const;
type Way = (typeof ways)[number];
type Fitted = ReturnType<typeof fitTextFeatures>;

function predict(
  way: Way,
  { features, matrix }: Fitted,
  queues: readonly string[],
  texts: readonly string[],
): string[] {
  const model = new LogisticRegression({
    c: Number(options.c),
    classWeight: way === 'balanced' ? 'balanced' : 'none',
    tolerance: 1e-3,
  });
  const grown = way === 'smote' ? smote(matrix, queues, { seed: 1 }) : { matrix, labels: queues };
  const outcome = model.fit(grown.matrix, grown.labels);
  if (!outcome.ok) throw new Error(outcome.reason);
  const classes = model.classes(outcome.value);
  const logits = model.logits(outcome.value, new TextVectoriser(features).transform(texts));
  return texts.map((_, r) => {
    const row = logits.subarray(r * classes.length, (r + 1) * classes.length);
    return classes[row.indexOf(Math.max(...row))]!;
  });
}

function main(): void {
  const all = readPublishedTickets(options.data, 'train') ?? [];
  const rows = shuffled(all, createRandom(1)).slice(0, Number(options.rows));
  if (rows.length === 0) {
    console.log(JSON.stringify({ skipped: 'The published tickets are not on this machine.' }));
    return;
  }
  const queues = rows.map((row) => row.labels.queue);
  const groups = rows.map((row) => row.group);
  const folds = stratifiedGroupFolds(queues, groups, { folds: Number(options.folds), seed: 1 });
  const settings = options.characters ? defaultTextFeatures : { ...defaultTextFeatures, characters: [0, 0] as const };
  const guesses: Record<Way, string[]> = { 'as they come': [], balanced: [], smote: [] };
  const seconds: Record<Way, number> = { 'as they come': 0, balanced: 0, smote: 0 };
  for (const { train, test } of folds) {
    const fitted = fitTextFeatures(
      train.map((r) => rows[r]!.text),
      settings,
    );
    const known = train.map((r) => queues[r]!);
    const texts = test.map((r) => rows[r]!.text);
    for (const way of ways) {
      const start = process.cpuUsage();
      const found = predict(way, fitted, known, texts);
      const used = process.cpuUsage(start);
      seconds[way] += (used.user + used.system) / 1e6;
      found.forEach((guess, i) => {
        guesses[way][test[i]!] = guess;
      });
    }
  }
  const f1Of = (way: Way) => (at: readonly number[]) =>
    reportClasses(
      at.map((r) => queues[r]!),
      at.map((r) => guesses[way][r]!),
    ).macroF1;
  const everything = rows.map((_, r) => r);
  console.log(
    JSON.stringify(
      {
        rows: rows.length,
        folds: folds.length,
        macroF1: Object.fromEntries(ways.map((way) => [way, f1Of(way)(everything)])),
        cpuSeconds: seconds,
        smoteMinusBalanced: pairedBootstrap(
          rows.length,
          { first: f1Of('balanced'), second: f1Of('smote') },
          { seed: 1, rounds: 200 },
        ),
      },
      null,
      2,
    ),
  );
}

main();
