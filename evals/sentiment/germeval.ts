/**
 * Sentiment on real German messages about trains (GermEval 2017), beside always saying the most frequent class.
 * Foreign ground: words were looked for in the first half (by hash), the second half was only measured. Prints JSON
 * with 95 % intervals (bootstrap).
 *
 *   node evals/sentiment/germeval.ts [--data FILE]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, reportClasses } from '../../src/ml/index.ts';
import { assessText } from '../../src/triage/index.ts';
import { isFirstHalf } from '../halves.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/germeval2017/dev.tsv') },
  },
});

const labels = ['negative', 'neutral', 'positive'];

interface Row {
  readonly text: string;
  readonly truth: string;
  readonly found: string;
}

function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((cells) => labels.includes(cells[3] ?? ''))
    .map(([, text = '', , truth = '']) => {
      return { text, truth, found: assessText({ subject: '', body: text }).sentiment.label };
    });
}

function score(rows: readonly Row[]): unknown {
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

if (existsSync(options.data)) {
  const rows = readRows(options.data);
  const looked = rows.filter(({ text }) => isFirstHalf(text));
  const measured = rows.filter(({ text }) => !isFirstHalf(text));
  console.log(JSON.stringify({ firstHalf: score(looked), secondHalf: score(measured), all: score(rows) }, null, 2));
} else {
  console.log(JSON.stringify({ skipped: 'GermEval 2017 is not on this machine.' }));
}
