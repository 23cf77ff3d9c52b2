/**
 * Do the numbers of a profile help a model that has TF-IDF already? Cross-validation by group on the published
 * tickets (department, type, priority; logistic regression), and by scenario on the starter tickets (urgency;
 * ridge): the same folds and features without and with the columns of `profileVector`, at several weights beside the
 * unit length of a TF-IDF row. Prints JSON: difference with a paired bootstrap by group.
 *
 *   node evals/profile/helps-models.ts [--rows N] [--folds K] [--characters] [--only urgency|published] [--tasks A,B] [--data FOLDER]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CsrMatrix,
  fitTextFeatures,
  LogisticRegression,
  pairedBootstrap,
  Ridge,
  reportClasses,
  spearman,
  stratifiedGroupFolds,
  TextVectoriser,
} from '../../src/ml/index.ts';
import type { Language } from '../../src/ticket/index.ts';
import {
  entityNames,
  findUrgencyCues,
  logit,
  profileColumns,
  profileText,
  profileVector,
  ticketText,
} from '../../src/triage/index.ts';
import { readPublishedTickets, tasks } from '../classifier/published-tickets.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '6000' },
    folds: { type: 'string', default: '3' },
    characters: { type: 'boolean', default: false },
    only: { type: 'string' },
    tasks: { type: 'string', default: 'department,type,priority' },
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
  },
});
const folds = Number(options.folds);
const weights = [0, 0.2, 0.6] as const;
const seed = 1;
const names = entityNames();
const features = {
  words: 2 as const,
  shortestWord: 2,
  characters: options.characters ? ([3, 5] as const) : ([0, 0] as const),
  sublinear: true,
  minDocuments: 2,
  maxWordFeatures: 15_000,
  maxCharacterFeatures: 60_000,
};

/** `matrix` with the profiles behind its columns, each value times `weight`. */
function withProfiles(matrix: CsrMatrix, profiles: readonly Float64Array[], weight: number): CsrMatrix {
  if (weight === 0) return matrix;
  const indptr = new Int32Array(matrix.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    for (let j = matrix.indptr[row]!; j < matrix.indptr[row + 1]!; j++) {
      indices.push(matrix.indices[j]!);
      values.push(matrix.values[j]!);
    }
    profiles[row]!.forEach((value, column) => {
      if (value === 0) return;
      indices.push(matrix.columns + column);
      values.push(value * weight);
    });
    indptr[row + 1] = indices.length;
  }
  const columns = matrix.columns + profileColumns.length;
  return { rows: matrix.rows, columns, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}

interface Texts {
  readonly texts: readonly string[];
  readonly profiles: readonly Float64Array[];
  readonly groups: readonly string[];
}

/** What `learn` says of every row from the rows of other groups, for each weight of the profiles. */
function crossValidate<T>(
  { texts, profiles, groups }: Texts,
  labels: readonly string[],
  learn: (train: CsrMatrix, rows: readonly number[], test: CsrMatrix) => readonly T[],
): T[][] {
  const said = weights.map(() => new Array<T>(texts.length));
  for (const { train, test } of stratifiedGroupFolds(labels, groups, { folds, seed })) {
    const at = <V>(items: readonly V[], rows: readonly number[]): V[] => rows.map((row) => items[row]!);
    const fitted = fitTextFeatures(at(texts, train), features);
    const unseen = new TextVectoriser(fitted.features).transform(at(texts, test));
    weights.forEach((weight, w) => {
      const answers = learn(
        withProfiles(fitted.matrix, at(profiles, train), weight),
        train,
        withProfiles(unseen, at(profiles, test), weight),
      );
      test.forEach((row, i) => {
        said[w]![row] = answers[i]!;
      });
    });
  }
  return said;
}

function compare(groups: readonly string[], statistic: (weight: number, rows: readonly number[]) => number): unknown {
  const all = groups.map((_, row) => row);
  return Object.fromEntries(
    weights.map((weight, w) => {
      const value = statistic(w, all);
      if (w === 0) return ['text alone', { value }];
      const difference = pairedBootstrap(
        all.length,
        { first: (rows) => statistic(0, rows), second: (rows) => statistic(w, rows) },
        { seed, groups, rounds: 500 },
      );
      return [`with profiles at ${weight}`, { value, difference }];
    }),
  );
}

function publishedTickets(): unknown {
  const rows = readPublishedTickets(options.data, 'train')?.slice(0, Number(options.rows));
  if (rows === undefined) return 'skipped: the published tickets are not on this machine';
  const given: Texts = {
    texts: rows.map((row) => row.text),
    profiles: rows.map(({ text, language }) => {
      const end = text.indexOf('\n');
      const spoken: Language = language === 'de' || language === 'en' ? language : 'other';
      return profileVector(
        profileText({ subject: text.slice(0, end), body: text.slice(end + 1), language: spoken }, names),
      );
    }),
    groups: rows.map((row) => row.group),
  };
  const scores = tasks
    .filter((task) => options.tasks.split(',').includes(task))
    .map((task) => {
      const labels = rows.map((row) => row.labels[task]);
      const said = crossValidate(given, labels, (train, at, test) => {
        const learner = new LogisticRegression({ c: 1, classWeight: 'balanced', tolerance: 1e-3 });
        const fitted = learner.fit(
          train,
          at.map((row) => labels[row]!),
        );
        if (!fitted.ok) throw new Error(fitted.reason);
        const logits = learner.logits(fitted.value, test);
        const k = fitted.value.classes.length;
        return Array.from({ length: test.rows }, (_, r) => {
          const row = logits.subarray(r * k, (r + 1) * k);
          return fitted.value.classes[row.indexOf(Math.max(...row))]!;
        });
      });
      const macroF1 = (weight: number, at: readonly number[]): number =>
        reportClasses(
          at.map((row) => labels[row]!),
          at.map((row) => said[weight]![row]!),
        ).macroF1;
      return [task, compare(given.groups, macroF1)] as const;
    });
  return { rows: rows.length, macroF1: Object.fromEntries(scores) };
}

function starterUrgency(): unknown {
  const tickets = readStarterTickets('train');
  const given: Texts = {
    texts: tickets.map(({ subject, body }) => ticketText(subject, body)),
    profiles: tickets.map((ticket) => profileVector(profileText(ticket, names))),
    groups: tickets.map(({ scenario }) => scenario),
  };
  const urgencies = tickets.map(({ urgency }) => urgency);
  const said = crossValidate(
    given,
    tickets.map(({ category }) => category ?? ''),
    (train, at, test) => {
      const ridge = new Ridge({ alpha: 1, tolerance: 1e-4 });
      const fitted = ridge.fit(
        train,
        Float64Array.from(at, (row) => urgencies[row]!),
      );
      if (!fitted.ok) throw new Error(fitted.reason);
      return [...ridge.predict(fitted.value, test)];
    },
  );
  const rankBy =
    (scores: readonly (readonly number[])[]) =>
    (weight: number, at: readonly number[]): number =>
      spearman(
        at.map((row) => urgencies[row]!),
        at.map((row) => scores[weight]![row]!),
      );
  // The score that is used blends the ridge with the cues, a part of which the profile holds: each side gets the mix
  // of the two that ranks best, so that neither suffers from weights that were fitted without profiles.
  const cues = tickets.map(({ subject, body }) => logit(findUrgencyCues(`${subject}\n${body}`).score));
  const blended = said.map((scores) => {
    const mixes = [0, 0.25, 0.5, 0.75, 1, 1.5, 2].map((weight) =>
      scores.map((score, row) => logit(Math.min(1, Math.max(0, score))) + weight * cues[row]!),
    );
    return mixes.reduce((best, mix) => (spearman(urgencies, mix) > spearman(urgencies, best) ? mix : best));
  });
  return {
    rows: tickets.length,
    spearman: compare(given.groups, rankBy(said)),
    spearmanOfBlend: compare(given.groups, rankBy(blended)),
  };
}

const parts = { urgency: starterUrgency, published: publishedTickets };
const wanted = Object.entries(parts).filter(([name]) => options.only === undefined || options.only === name);
console.log(
  JSON.stringify({ folds, ...Object.fromEntries(wanted.map(([name, measure]) => [name, measure()])) }, null, 2),
);
