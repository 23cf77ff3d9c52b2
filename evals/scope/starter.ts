/**
 * The scores of abstention on the starter tickets (train side, five folds by scenario, English and German): tickets of
 * a category against those of none. A blend is fitted on the other folds' rows. Area under the ROC curve with 95 %
 * intervals (bootstrap by scenario). Prints JSON.
 *
 *   node evals/scope/starter.ts
 */
import {
  blendScope,
  bootstrap,
  defaultTextFeatures,
  energy,
  fitScopeBlend,
  fitTextFeatures,
  LogisticRegression,
  logOfLargestProbability,
  type Outcome,
  rocAuc,
  type Split,
  scopeSigns,
  selectRows,
  stratifiedGroupFolds,
  TextVectoriser,
} from '../../src/ml/index.ts';
import { ticketText } from '../../src/triage/index.ts';
import { readStarterTickets, type StarterTicket } from '../urgency/starter-tickets.ts';

interface Row {
  readonly ticket: StarterTicket;
  readonly fold: number;
  readonly logits: Float64Array;
  readonly familiarity: number;
  readonly scopeLogit: number;
}

const accept = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.reason);
};
const textOf = ({ subject, body }: StarterTicket): string => ticketText(subject, body);
const tickets = readStarterTickets('train');

/** What a model that has not seen the fold says of it; rows out of scope teach the scope logit alone. */
function readFold({ train, test }: Split, fold: number): Row[] {
  const learned = train.map((row) => tickets[row]!);
  const { features, matrix } = fitTextFeatures(learned.map(textOf), {
    ...defaultTextFeatures,
    shortestWord: 1,
    characters: [2, 5],
  });
  const regression = new LogisticRegression({ c: 10, classWeight: 'balanced', tolerance: 1e-3 });
  const inScope = learned.flatMap(({ category }, row) => (category === null ? [] : [row]));
  const categories = accept(
    regression.fit(
      selectRows(matrix, inScope),
      inScope.map((row) => learned[row]!.category!),
    ),
  );
  const scope = accept(
    regression.fit(
      matrix,
      learned.map(({ category }) => (category === null ? 'out' : 'in')),
    ),
  );
  const held = test.map((row) => tickets[row]!);
  const unseen = new TextVectoriser(features).transformWithFamiliarity(held.map(textOf));
  const logits = regression.logits(categories, unseen.matrix);
  const scopeLogits = regression.logits(scope, unseen.matrix);
  const k = categories.classes.length;
  return held.map((ticket, r) => ({
    ticket,
    fold,
    logits: logits.subarray(r * k, (r + 1) * k),
    familiarity: unseen.familiarity[r]!,
    scopeLogit: scopeLogits[2 * r]! - scopeLogits[2 * r + 1]!,
  }));
}

const isIn = ({ ticket }: Row): boolean => ticket.category !== null;

/** Scores by a blend of the rows of the other folds. */
function blended(rows: readonly Row[], signs: (row: Row) => number[], withOutOfScope: boolean): number[] {
  const folds = [...new Set(rows.map(({ fold }) => fold))];
  const blends = folds.map((fold) => {
    const others = rows.filter((row) => row.fold !== fold);
    const outOfScope = withOutOfScope ? others.filter((row) => !isIn(row)) : [];
    return fitScopeBlend(others.filter(isIn).map(signs), outOfScope.map(signs));
  });
  return rows.map((row) => blendScope(blends[folds.indexOf(row.fold)]!, signs(row)));
}

function measure(rows: readonly Row[]): unknown {
  const withoutScope = (row: Row): number[] => scopeSigns({ ...row, scopeLogit: null });
  const scores = {
    'log probability': rows.map(({ logits }) => logOfLargestProbability(logits)),
    energy: rows.map(({ logits }) => energy(logits)),
    familiarity: rows.map(({ familiarity }) => familiarity),
    'blend, none out of scope known': blended(rows, withoutScope, false),
    'scope logit': rows.map(({ scopeLogit }) => scopeLogit),
    'blend with the scope logit': blended(rows, (row) => scopeSigns(row), true),
  };
  const groups = rows.map(({ ticket }) => ticket.scenario);
  const aucOf = (score: readonly number[], drawn: readonly number[]): number =>
    rocAuc(
      drawn.filter((row) => isIn(rows[row]!)).map((row) => score[row]!),
      drawn.filter((row) => !isIn(rows[row]!)).map((row) => score[row]!),
    );
  return Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [
      name,
      bootstrap(rows.length, (drawn) => aucOf(score, drawn), { seed: 1, rounds: 300, groups }),
    ]),
  );
}

const folds = stratifiedGroupFolds(
  tickets.map(({ category }) => category ?? 'out of scope'),
  tickets.map(({ scenario }) => scenario),
  { folds: 5, seed: 1 },
);
const rows = folds.flatMap(readFold);
const result = { inScope: rows.filter(isIn).length, outOfScope: rows.filter((row) => !isIn(row)).length };
console.log(JSON.stringify({ ...result, auc: measure(rows) }, null, 2));
