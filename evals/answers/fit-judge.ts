import { measureNames } from '../../src/answering/index.ts';
import { rocAuc } from '../../src/ml/index.ts';
import { type JudgeRow, readJudgeRows, readReplyRows } from './judge-rows.ts';

/**
 * Finds the weights of the judge (judge/chance-of-answer.ts) by logistic regression, ask by ask, on what the composer
 * tells for the questions of three writers, on two questions in one message, and on single sentences (right when the
 * facts stand in what is told), and on the labelled replies of the tuning half. Every figure is of a writer that was not
 * learned from.
 *   node evals/answers/fit-judge.ts
 */
interface Model {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** Share of the questions without an answer that must go to a person. */
const escalated = 0.92;
/** What the rows of a kind count together, right and wrong half each; what the composer tells counts 1. */
const shares = { composed: 1, 'two-asks': 0.5, quote: 0.5, reply: 0.3 } as const;
const shareOf = ({ kind }: JudgeRow) =>
  kind === 'two-asks' || kind === 'quote' || kind === 'reply' ? kind : 'composed';
/** What is wrong and would go out by itself counts more than what is right and waits for a person. */
const caution = { composed: 2, 'two-asks': 2, quote: 1, reply: 1 } as const;

interface Example {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

function toExamples(rows: readonly JudgeRow[]): Example[] {
  const counts = new Map<string, number>();
  const groupOf = (row: JudgeRow) => `${shareOf(row)} ${row.right}`;
  for (const row of rows) counts.set(groupOf(row), (counts.get(groupOf(row)) ?? 0) + 1);
  return rows.flatMap((row) => {
    const share = shares[shareOf(row)] * (row.right ? 1 : caution[shareOf(row)]);
    const weight = share / counts.get(groupOf(row))! / row.asks.length;
    const learned = row.asks.filter(({ refused }) => !refused);
    return learned.map(({ measures, right }) => ({ features: measures, right, weight }));
  });
}

const logit = ({ intercept, weights }: Model, features: readonly number[]) =>
  features.reduce((sum, value, f) => sum + value * weights[f]!, intercept);

/** Gradient descent with momentum, L2 of 0.003. */
function fitModel(rows: readonly JudgeRow[]): Model {
  const examples = toExamples(rows);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let model: Model = { intercept: 0, weights: measureNames.map(() => 0) };
  const speed = [0, ...model.weights];
  for (let step = 0; step < 1_000; step++) {
    const gradient = [0, ...model.weights.map((weight) => 0.003 * weight)];
    for (const { features, right, weight } of examples) {
      const error = (weight / total) * (1 / (1 + Math.exp(-logit(model, features))) - (right ? 1 : 0));
      gradient[0]! += error;
      for (let f = 0; f < features.length; f++) gradient[f + 1]! += error * features[f]!;
    }
    for (let i = 0; i < speed.length; i++) speed[i] = 0.9 * speed[i]! - gradient[i]!;
    model = {
      intercept: model.intercept + speed[0]!,
      weights: model.weights.map((weight, f) => weight + speed[f + 1]!),
    };
  }
  return model;
}

/** The weakest ask decides, as in the judge. */
const scoreOf = (model: Model, { asks }: JudgeRow) =>
  Math.min(...asks.map(({ measures, refused }) => (refused ? -100 : logit(model, measures))));

const writers = await readJudgeRows();
const replies = await readReplyRows();
const held = writers.flatMap((own) => {
  const model = fitModel([...writers.filter((other) => other !== own).flat(), ...replies]);
  return own.map((row) => ({ own, row, score: scoreOf(model, row) }));
});
const scores = (test: (row: JudgeRow) => boolean, from: readonly JudgeRow[] | null = null) =>
  held.filter(({ own, row }) => (from === null || own === from) && test(row)).map(({ score }) => score);
const isComposed = ({ kind }: JudgeRow) => kind === 'answerable';
const unanswerable = scores(({ kind }) => kind === 'unanswerable').sort((a, b) => a - b);
const threshold = unanswerable[Math.ceil(escalated * unanswerable.length) - 1]! + 1e-6;
const round = (value: number) => Number(value.toFixed(3));
const sent = (test: (row: JudgeRow) => boolean) => {
  const all = scores(test);
  return { n: all.length, sent: round(all.filter((score) => score >= threshold).length / all.length) };
};

/** How well right drafts are told from each kind of wrong one, over all rows or one writer's. */
function rankingFigures(from: readonly JudgeRow[] | null) {
  const good = scores((row) => isComposed(row) && row.right, from);
  const against = (test: (row: JudgeRow) => boolean) => round(rocAuc(good, scores(test, from)));
  return {
    auc_unanswerable: against(({ kind }) => kind === 'unanswerable'),
    auc_near_miss: against(({ kind }) => kind === 'near-miss'),
    auc_wrong_fact: against((row) => isComposed(row) && !row.right),
  };
}

const rows = [...writers.flat(), ...replies];
const model = fitModel(rows);
console.log(
  JSON.stringify(
    {
      rows: rows.length,
      asks_of_right_answers_refused_for_a_plain_reason: rows
        .filter((row) => row.right)
        .flatMap(({ asks }) => asks)
        .filter(({ refused }) => refused).length,
      all: rankingFigures(null),
      writers: writers.map(rankingFigures),
      threshold: round(threshold),
      right_drafts: sent((row) => isComposed(row) && row.right),
      unanswerable: sent(({ kind }) => kind === 'unanswerable'),
      near_misses: sent(({ kind }) => kind === 'near-miss'),
      two_asks_both_told: sent((row) => row.kind === 'two-asks' && row.right),
      two_asks_one_without_answer: sent((row) => row.kind === 'two-asks' && row.unanswerable),
      two_asks_one_not_told: sent((row) => row.kind === 'two-asks' && !row.right && !row.unanswerable),
      quotes_right: sent((row) => row.kind === 'quote' && row.right),
      quotes_wrong: sent((row) => row.kind === 'quote' && !row.right),
      // Shifted so that the threshold is at one half.
      intercept: Number((model.intercept - threshold).toFixed(2)),
      weights: Object.fromEntries(measureNames.map((name, f) => [name, Number(model.weights[f]!.toFixed(2))])),
    },
    null,
    2,
  ),
);
