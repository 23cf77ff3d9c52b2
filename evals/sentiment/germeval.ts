/**
 * Sentiment on real German messages about trains (GermEval 2017), beside always saying the most frequent class.
 * Foreign ground on purpose: nothing was fitted here. Prints JSON with 95 % intervals (bootstrap).
 *
 *   node evals/sentiment/germeval.ts [--data FILE]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, reportClasses } from '../../src/ml/index.ts';
import { assessText } from '../../src/triage/index.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/germeval2017/dev.tsv') },
  },
});

function score(lines: readonly string[]): unknown {
  const labels = ['negative', 'neutral', 'positive'];
  const rows = lines
    .map((line) => line.split('\t'))
    .filter((cells) => labels.includes(cells[3] ?? ''))
    .map((cells) => ({ truth: cells[3]!, found: assessText({ subject: '', body: cells[1]! }).sentiment.label }));
  const truth = rows.map((row) => row.truth);
  const counts = labels.map((label) => truth.filter((value) => value === label).length);
  const majority = labels[counts.indexOf(Math.max(...counts))]!;
  const macroF1 = bootstrap(
    rows.length,
    (drawn) =>
      reportClasses(
        drawn.map((i) => truth[i]!),
        drawn.map((i) => rows[i]!.found),
      ).macroF1,
    { seed: 1 },
  );
  const { accuracy, classes } = reportClasses(
    truth,
    rows.map((row) => row.found),
  );
  const baseline = reportClasses(
    truth,
    truth.map(() => majority),
  );
  return {
    rows: rows.length,
    accuracy,
    macroF1,
    classes,
    majority: { label: majority, accuracy: baseline.accuracy, macroF1: baseline.macroF1 },
  };
}

const result = existsSync(options.data)
  ? score(readFileSync(options.data, 'utf8').split('\n'))
  : 'skipped: GermEval 2017 is not on this machine';
console.log(JSON.stringify(result, null, 2));
