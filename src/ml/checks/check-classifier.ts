import type { Classifier } from '../estimator.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { createRandom, shuffled } from '../random.ts';

/** A problem to try a classifier on, and how its kind of input is handled. */
export interface CheckSubject<Input, State> {
  /** A fresh estimator with the same parameters each time. */
  make(): Classifier<Input, State>;
  /** At least 30 rows of at least three classes, not perfectly separable. */
  readonly input: Input;
  readonly labels: readonly string[];
  select(input: Input, rows: readonly number[]): Input;
  /** Everything that could be changed by accident, as text. */
  fingerprint(input: Input): string;
  /** A row that shares nothing with the training rows; null where there is no such thing. */
  readonly unseen: Input | null;
  /** Inputs that must be refused although their shape is right (values that are not numbers). */
  readonly broken: readonly Input[];
}

export interface Check {
  readonly name: string;
  /** null when the promise holds, else what was seen. */
  run<Input, State>(subject: CheckSubject<Input, State>): string | null;
}

interface Fitted<Input, State> {
  readonly model: Classifier<Input, State>;
  readonly state: State;
  readonly probabilities: Float64Array;
}

const slack = 1e-6;

function fitOn<Input, State>(
  subject: CheckSubject<Input, State>,
  rows: readonly number[],
  labels: readonly string[] = subject.labels,
): Fitted<Input, State> {
  const model = subject.make();
  const outcome = model.fit(
    subject.select(subject.input, rows),
    rows.map((row) => labels[row]!),
    { seed: 1 },
  );
  if (!outcome.ok) throw new Error(`The fit of a sound problem was refused: ${outcome.reason}`);
  return { model, state: outcome.value, probabilities: model.predictProba(outcome.value, subject.input) };
}

function everyRow<Input, State>(subject: CheckSubject<Input, State>): number[] {
  return subject.labels.map((_, row) => row);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

function within(limit: number, difference: number): string | null {
  return difference <= limit ? null : `probabilities differ by ${difference}`;
}

/** Every promise of `Classifier`, each by itself. A new estimator is sound when all of them return null. */
export const classifierChecks: readonly Check[] = [
  {
    name: 'leaves its input as it was',
    run(subject) {
      const before = subject.fingerprint(subject.input);
      const labels = [...subject.labels];
      fitOn(subject, everyRow(subject));
      if (subject.labels.some((label, i) => label !== labels[i])) return 'labels were changed';
      return subject.fingerprint(subject.input) === before ? null : 'the input was changed';
    },
  },
  {
    name: 'gives the same result for the same seed, bit for bit',
    run(subject) {
      const rows = everyRow(subject);
      return within(0, largestDifference(fitOn(subject, rows).probabilities, fitOn(subject, rows).probabilities));
    },
  },
  {
    name: 'can be fitted again without memory of the first time',
    run(subject) {
      const rows = everyRow(subject);
      const half = rows.filter((row) => row % 2 === 0);
      const model = subject.make();
      model.fit(
        subject.select(subject.input, half),
        half.map((row) => subject.labels[row]!),
      );
      const again = model.fit(subject.input, subject.labels, { seed: 1 });
      if (!again.ok) return again.reason;
      return within(
        0,
        largestDifference(model.predictProba(again.value, subject.input), fitOn(subject, rows).probabilities),
      );
    },
  },
  {
    name: 'survives saving and loading bit for bit',
    run(subject) {
      const { model, state, probabilities } = fitOn(subject, everyRow(subject));
      const loaded = subject.make().load(model.save(state));
      if (!loaded.ok) return loaded.reason;
      const { classes } = { classes: model.classes(loaded.value) };
      if (classes.join() !== model.classes(state).join()) return 'the classes changed';
      return within(0, largestDifference(model.predictProba(loaded.value, subject.input), probabilities));
    },
  },
  {
    name: 'refuses a saved state without its parts',
    run(subject) {
      const { model, state } = fitOn(subject, everyRow(subject));
      const { header } = model.save(state);
      return subject.make().load({ header, sections: {} }).ok ? 'a state without sections was taken' : null;
    },
  },
  {
    name: 'gives probabilities in [0,1] that sum to one',
    run(subject) {
      const { model, state, probabilities } = fitOn(subject, everyRow(subject));
      return soundProbabilities(probabilities, subject.labels.length, model.classes(state).length);
    },
  },
  {
    name: 'has logits whose softmax are its probabilities',
    run(subject) {
      const { model, state, probabilities } = fitOn(subject, everyRow(subject));
      const logits = model.logits(state, subject.input);
      if (logits.some((logit) => !Number.isFinite(logit))) return 'a logit is not finite';
      const k = model.classes(state).length;
      for (let from = 0; from < logits.length; from += k) softmaxInPlace(logits.subarray(from, from + k));
      return within(slack, largestDifference(logits, probabilities));
    },
  },
  {
    name: 'names each class once, in ascending order',
    run(subject) {
      const { model, state } = fitOn(subject, everyRow(subject));
      const expected = [...new Set(subject.labels)].sort().join('|');
      const found = model.classes(state).join('|');
      return found === expected ? null : `classes are ${found}`;
    },
  },
  {
    name: 'predicts a row the same whatever rows stand around it',
    run(subject) {
      const { model, state, probabilities } = fitOn(subject, everyRow(subject));
      const k = model.classes(state).length;
      const order = shuffled(everyRow(subject), createRandom(3));
      const moved = model.predictProba(state, subject.select(subject.input, order));
      const expected = order.flatMap((row) => [...probabilities.subarray(row * k, (row + 1) * k)]);
      return within(0, largestDifference(moved, expected));
    },
  },
  {
    name: 'learns the same from rows in another order',
    run(subject) {
      const order = shuffled(everyRow(subject), createRandom(4));
      const first = fitOn(subject, everyRow(subject)).probabilities;
      return within(slack, largestDifference(fitOn(subject, order).probabilities, first));
    },
  },
  {
    name: 'learns the same when the labels sort the other way',
    run(subject) {
      const names = [...new Set(subject.labels)].sort();
      const renamed = subject.labels.map((label) => `class ${names.length - names.indexOf(label)}`);
      const first = fitOn(subject, everyRow(subject)).probabilities;
      const second = fitOn(subject, everyRow(subject), renamed).probabilities;
      const k = names.length;
      const mirrored = first.map((_, i) => first[i - (i % k) + (k - 1 - (i % k))]!);
      return within(slack, largestDifference(mirrored, second));
    },
  },
  {
    name: 'refuses a single class, and says so',
    run(subject) {
      const outcome = subject.make().fit(
        subject.input,
        subject.labels.map(() => 'only'),
      );
      if (outcome.ok) return 'one class was taken';
      return outcome.reason.includes('only') && outcome.reason.length > 20 ? null : `the reason is "${outcome.reason}"`;
    },
  },
  {
    name: 'refuses no rows, and labels that do not fit the rows',
    run(subject) {
      if (subject.make().fit(subject.select(subject.input, []), []).ok) return 'no rows were taken';
      return subject.make().fit(subject.input, subject.labels.slice(1)).ok ? 'too few labels were taken' : null;
    },
  },
  {
    name: 'refuses values that are not finite',
    run(subject) {
      const taken = subject.broken.findIndex((input) => subject.make().fit(input, subject.labels).ok);
      return taken < 0 ? null : `broken input ${taken} was taken`;
    },
  },
  {
    name: 'predicts for input it knows nothing of, and for no rows',
    run(subject) {
      const { model, state } = fitOn(subject, everyRow(subject));
      const none = model.predictProba(state, subject.select(subject.input, []));
      if (none.length !== 0) return `no rows gave ${none.length} numbers`;
      if (subject.unseen === null) return null;
      return soundProbabilities(model.predictProba(state, subject.unseen), 1, model.classes(state).length);
    },
  },
  {
    name: 'learns more than the most frequent class',
    run(subject) {
      const { model, state, probabilities } = fitOn(subject, everyRow(subject));
      const classes = model.classes(state);
      const k = classes.length;
      const right = subject.labels.filter((label, r) => {
        const row = [...probabilities.subarray(r * k, (r + 1) * k)];
        return classes[row.indexOf(Math.max(...row))] === label;
      }).length;
      const most = Math.max(...classes.map((name) => subject.labels.filter((label) => label === name).length));
      return right > most ? null : `${right} of ${subject.labels.length} rows right, the largest class has ${most}`;
    },
  },
];

function soundProbabilities(probabilities: Float64Array, rows: number, classes: number): string | null {
  if (probabilities.length !== rows * classes) return `${probabilities.length} numbers for ${rows} × ${classes}`;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[r * classes + c]!;
      if (!(p >= 0 && p <= 1)) return `row ${r} has a probability of ${p}`;
      sum += p;
    }
    if (Math.abs(sum - 1) > 1e-9) return `row ${r} sums to ${sum}`;
  }
  return null;
}
