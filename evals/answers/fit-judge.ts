import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeDraft, measureNames } from '../../src/answering/index.ts';
import { rocAuc } from '../../src/ml/index.ts';
import { type NotedQuestion, openInMemory } from '../retrieval/in-memory.ts';
import { readDevQuestions } from '../retrieval/read-questions.ts';
import { type AnswerCase, holdsFacts, readCases } from './cases.ts';

/**
 * Finds the weights of the judge (judge/chance-of-answer.ts) by logistic regression on drafts for the questions of
 * several writers: right when the facts stand in what would be told; wrong when not, for questions without an
 * answer, and for near-misses. Each writer's questions are searched with the others' noted, and every figure is of a
 * writer that was not learned from.
 *   node evals/answers/fit-judge.ts [--writers 1]
 */
interface Row {
  readonly kind: AnswerCase['kind'];
  readonly features: readonly number[];
  readonly asks: readonly (readonly number[])[];
  readonly passedOver: boolean;
  readonly right: boolean;
}
interface Model {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const at = process.argv.indexOf('--writers');
const writers = at > 0 ? process.argv[at + 1]!.split(',') : ['1', '2'];
/** Share of the questions without an answer that must go to a person. */
const escalated = 0.93;

const sets: (readonly AnswerCase[])[] = [
  [...readCases(join(import.meta.dirname, 'dev-cases.jsonl')), ...retrievalNegatives()],
  ...writers.map((writer) => readCases(join(import.meta.dirname, `field-cases-${writer}.jsonl`))),
];
const rows = sets.map((cases, own) => {
  const noted = sets.flatMap((other, i): readonly NotedQuestion[] => (i === 0 || i === own ? [] : other));
  const { explain } = openInMemory(own === 0 ? noted : [...noted, ...readDevQuestions()]);
  return cases.flatMap((one) => readRow(one, explain));
});

/** The questions without an answer that were written for retrieval. */
function retrievalNegatives(): AnswerCase[] {
  const path = resolve(import.meta.dirname, '../retrieval/dev-questions.jsonl');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter((one) => one.kind === 'unanswerable')
    .map((one) => ({ ...one, id: `retrieval-${one.id}`, facts: [] }));
}

function readRow(one: AnswerCase, explain: ReturnType<typeof openInMemory>['explain']): Row[] {
  const all = explain(one.question, one.language, 100);
  const passages = all.slice(0, 5);
  const plain = (text: string) => text.replaceAll('**', '');
  const source = all.find(({ text }) => one.wrong_quote !== undefined && plain(text).includes(plain(one.wrong_quote)));
  if (source && !passages.includes(source)) passages.push(source);
  if (passages.length === 0 || (one.kind === 'near-miss' && !source)) return [];
  const { quotes, asks, passedOver } = describeDraft({ subject: '', ...one }, passages, one.wrong_quote);
  const right = one.kind === 'answerable' && holdsFacts(quotes.join(' '), one.facts);
  const features = measureNames.map((_, f) => asks.reduce((sum, ask) => sum + ask[f]!, 0) / Math.max(1, asks.length));
  return [{ kind: one.kind, features, asks, passedOver, right }];
}

const logit = ({ intercept, weights }: Model, features: readonly number[]) =>
  features.reduce((sum, value, f) => sum + value * weights[f]!, intercept);

/** Right and wrong count alike; gradient descent with momentum, L2 of 0.001. */
function fitModel(learned: readonly Row[]): Model {
  const right = learned.filter((row) => row.right).length;
  let intercept = 0;
  const weights = measureNames.map(() => 0);
  const speed = [0, ...weights];
  for (let step = 0; step < 1_500; step++) {
    const gradient = [0, ...weights.map((weight) => 0.001 * weight)];
    for (const row of learned) {
      const share = row.right ? 0.5 / right : 0.5 / (learned.length - right);
      const error = share * (1 / (1 + Math.exp(-logit({ intercept, weights }, row.features))) - (row.right ? 1 : 0));
      gradient[0]! += error;
      row.features.forEach((value, f) => {
        gradient[f + 1]! += error * value;
      });
    }
    speed.forEach((v, i) => {
      speed[i] = 0.9 * v - gradient[i]!;
    });
    intercept += speed[0]!;
    weights.forEach((weight, f) => {
      weights[f] = weight + speed[f + 1]!;
    });
  }
  return { intercept, weights };
}

/** The weakest ask decides, as in the judge, and one that is passed over most of all. */
const scoreOf = (model: Model, row: Row) =>
  row.passedOver ? -100 : Math.min(...row.asks.map((ask) => logit(model, ask)));

const held = rows.flatMap((own) => {
  const model = fitModel(rows.filter((other) => other !== own).flat());
  return own.map((row) => ({ own, row, score: scoreOf(model, row) }));
});
const scores = (test: (row: Row) => boolean, from: readonly Row[] | null = null) =>
  held.filter(({ own, row }) => (from === null || own === from) && test(row)).map(({ score }) => score);
const right = scores((row) => row.right);
const unanswerable = scores((row) => row.kind === 'unanswerable').sort((a, b) => a - b);
const answerable = scores((row) => row.kind === 'answerable');
const threshold = unanswerable[Math.ceil(escalated * unanswerable.length) - 1]! + 1e-6;
const model = fitModel(rows.flat());

/** How well right drafts are told from each kind of wrong one, over all rows or one writer's. */
function rankingFigures(from: readonly Row[] | null) {
  const good = scores((row) => row.right, from);
  const against = (test: (row: Row) => boolean) => Number(rocAuc(good, scores(test, from)).toFixed(3));
  return {
    auc_unanswerable: against((row) => row.kind === 'unanswerable'),
    auc_near_miss: against((row) => row.kind === 'near-miss'),
    auc_wrong_fact: against((row) => row.kind === 'answerable' && !row.right),
  };
}

const share = (list: readonly number[], of: number) => Number((list.length / of).toFixed(3));
console.log(
  JSON.stringify({
    drafts: held.length,
    right: right.length,
    all: rankingFigures(null),
    writers: rows.slice(1).map((own, i) => ({ writer: writers[i], ...rankingFigures(own) })),
    threshold: Number(threshold.toFixed(2)),
    right_and_sent: share(
      right.filter((score) => score >= threshold),
      answerable.length,
    ),
    // Shifted so that the threshold is at one half.
    intercept: Number((model.intercept - threshold).toFixed(2)),
    weights: Object.fromEntries(measureNames.map((name, f) => [name, Number(model.weights[f]!.toFixed(2))])),
  }),
);
