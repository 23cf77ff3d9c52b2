/**
 * Which score tells texts of the taxonomy from others: clinc150, 150 intents and requests that are none of them.
 * Models learn from `train` alone; `val` is halved by hash into rows for means and thresholds and rows for figures.
 * Area under the ROC curve with 95 % intervals (bootstrap of rows), and the difference to scikit-learn's largest
 * probability (words and characters) on the same rows. Rows out of scope are never trained on, but for the second part, which tells what a
 * hundred of them add. Prints JSON.
 *
 *   node evals/scope/clinc.ts [--data FILE] [--python PYTHON] [--c 10]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  blendScope,
  bootstrap,
  chooseAbstentionThreshold,
  defaultTextFeatures,
  energy,
  fitScopeBlend,
  fitTextFeatures,
  LinearSvm,
  LogisticRegression,
  largestLogit,
  logOfLargestProbability,
  margin,
  Neighbours,
  type Outcome,
  pairedBootstrap,
  rocAuc,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { type Clinc, readClinc, type Utterance } from './read-clinc.ts';
import { scikitProbabilities } from './scikit-peer.ts';
import { scopeLogits } from './scope-logits.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/clinc150/train.json.gz') },
    python: { type: 'string', default: process.env['SCIKIT_PYTHON'] ?? 'python3' },
    c: { type: 'string', default: '10' },
  },
});

/** One number a row, higher for in scope, of the parts in the order of `partsOf`. */
type Scores = Readonly<Record<string, Float64Array>>;

const partsOf = (data: Clinc): Utterance[] => [
  ...data.calibration,
  ...data.test,
  ...data.outOfScopeTrain,
  ...data.outOfScopeTest,
];

const accept = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.reason);
};

function rowScores(logits: Float64Array, rows: number, score: (row: Float64Array) => number): Float64Array {
  const k = logits.length / rows;
  return Float64Array.from({ length: rows }, (_, r) => score(logits.subarray(r * k, (r + 1) * k)));
}

/** Every single sign. */
function signsOf(data: Clinc, c: number): Scores {
  const { features, matrix } = fitTextFeatures(
    data.train.map(({ text }) => text),
    {
      ...defaultTextFeatures,
      shortestWord: 1,
      characters: [2, 5],
    },
  );
  const labels = data.train.map(({ intent }) => intent);
  const parts = partsOf(data);
  const vectoriser = new TextVectoriser(features);
  const unseen = vectoriser.transformWithFamiliarity(parts.map(({ text }) => text));
  const known = vectoriser.transform([...data.train, ...data.outOfScopeTrain].map(({ text }) => text));
  const rows = parts.length;
  const regression = new LogisticRegression({ c, classWeight: 'balanced', tolerance: 1e-3 });
  const logits = regression.logits(accept(regression.fit(matrix, labels)), unseen.matrix);
  const svm = new LinearSvm();
  const decisions = svm.logits(accept(svm.fit(matrix, labels)), unseen.matrix);
  const neighbours = new Neighbours();
  const searched = accept(neighbours.fit(matrix, labels));
  const near = parts.map((_, r) =>
    neighbours.nearest(searched, unseen.matrix, r, 5).map(({ similarity }) => similarity),
  );
  return {
    'log probability': rowScores(logits, rows, logOfLargestProbability),
    margin: rowScores(logits, rows, margin),
    energy: rowScores(logits, rows, energy),
    'largest logit': rowScores(logits, rows, largestLogit),
    'svm decision': rowScores(decisions, rows, largestLogit),
    'svm probability': rowScores(decisions, rows, logOfLargestProbability),
    'nearest row': Float64Array.from(near, ([similarity = 0]) => similarity),
    'five nearest rows': Float64Array.from(near, (found) => found.reduce((sum, value) => sum + value, 0) / 5),
    familiarity: unseen.familiarity,
    'scope logit': scopeLogits(known, data.train.length, unseen.matrix, data.calibration.length + data.test.length),
  };
}

/** The first of each is what `scopeSigns` gives. */
const unlearned: readonly (readonly string[])[] = [
  ['log probability', 'energy', 'familiarity'],
  ['log probability', 'familiarity'],
  ['svm decision', 'familiarity'],
  ['svm decision', 'largest logit', 'familiarity'],
  ['svm decision', 'five nearest rows'],
  ['log probability', 'energy', 'familiarity', 'five nearest rows'],
];
const learned: readonly (readonly string[])[] = [
  ['log probability', 'energy', 'familiarity', 'scope logit'],
  ['log probability', 'energy', 'familiarity'],
];

function blended(data: Clinc, scores: Scores, names: readonly string[], withOutOfScope: boolean): Float64Array {
  const rowAt = (r: number): number[] => names.map((name) => scores[name]![r]!);
  const range = (from: number, length: number): number[][] => Array.from({ length }, (_, i) => rowAt(from + i));
  const inScope = range(0, data.calibration.length);
  const first = data.calibration.length + data.test.length;
  const blend = fitScopeBlend(inScope, withOutOfScope ? range(first, data.outOfScopeTrain.length) : []);
  return Float64Array.from(scores['energy']!, (_, r) => blendScope(blend, rowAt(r)));
}

/** Figures of one score on the test rows in scope against the rows out of scope from `from` on. */
function figuresOf(data: Clinc, score: Float64Array, from: number, peer: Float64Array | null): unknown {
  const calibration = data.calibration.length;
  const inScope = [...score.subarray(calibration, calibration + data.test.length)];
  const outOfScope = [...score.subarray(from)];
  const rows = [
    ...inScope.map((_, i) => ({ at: calibration + i, isIn: true })),
    ...outOfScope.map((_, i) => ({ at: from + i, isIn: false })),
  ];
  const aucOf = (by: Float64Array) => (drawn: readonly number[]) => {
    const sides = { in: [] as number[], out: [] as number[] };
    for (const row of drawn) sides[rows[row]!.isIn ? 'in' : 'out'].push(by[rows[row]!.at]!);
    return rocAuc(sides.in, sides.out);
  };
  const bootstrapped = { seed: 1, rounds: 300 };
  const { threshold } = chooseAbstentionThreshold([...score.subarray(0, calibration)], [], 0.05);
  const below = (values: readonly number[]): number => values.filter((v) => v < threshold).length / values.length;
  return {
    auc: bootstrap(rows.length, aucOf(score), bootstrapped),
    losingFivePercent: { lost: below(inScope), caught: below(outOfScope) },
    ...(peer === null
      ? {}
      : {
          aboveScikit: pairedBootstrap(rows.length, { first: aucOf(peer), second: aucOf(score) }, bootstrapped),
        }),
  };
}

function measure(data: Clinc): unknown {
  const c = Number(options.c);
  const peers = scikitProbabilities(options.python, { train: data.train, unseen: partsOf(data) });
  const peer = peers?.wordsAndCharacters ?? null;
  const scores = signsOf(data, c);
  const all = data.calibration.length + data.test.length;
  const late = all + data.outOfScopeTrain.length;
  const table = (entries: readonly (readonly [string, Float64Array])[], from: number): unknown =>
    Object.fromEntries(entries.map(([name, score]) => [name, figuresOf(data, score, from, peer)]));
  const single = Object.entries(scores).filter(([name]) => name !== 'scope logit');
  const join = (names: readonly string[]): string => names.join(' + ');
  const best = unlearned[0]!;
  return {
    rows: {
      train: data.train.length,
      calibration: data.calibration.length,
      inScope: data.test.length,
      outOfScope: data.outOfScopeTrain.length + data.outOfScopeTest.length,
    },
    scikit:
      peers === null
        ? 'skipped: no Python with scikit-learn'
        : Object.fromEntries(Object.entries(peers).map(([name, score]) => [name, figuresOf(data, score, all, null)])),
    withoutOutOfScope: table(
      [...single, ...unlearned.map((names) => [join(names), blended(data, scores, names, false)] as const)],
      all,
    ),
    withHundredOutOfScope: table(
      [
        [`${join(best)}, not learned`, blended(data, scores, best, false)],
        ['scope logit', scores['scope logit']!],
        ...learned.map((names) => [join(names), blended(data, scores, names, true)] as const),
      ],
      late,
    ),
  };
}

const data = readClinc(options.data);
const result = data === null ? { skipped: 'clinc150 is not on this machine.' } : measure(data);
console.log(JSON.stringify(result, null, 2));
