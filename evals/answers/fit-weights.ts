import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DescribedSentence, describeFit, fitNames, measureNames } from '../../src/answering/index.ts';
import { type CsrMatrix, LogisticRegression, rocAuc } from '../../src/ml/index.ts';
import type { Passage } from '../../src/ticket/index.ts';
import { type AnswerCase, holdsFacts, readCases } from './cases.ts';
import { openStarterKnowledge } from './starter-knowledge.ts';

/**
 * Finds the weights of the ranking (compose/rank-sentences.ts) and of the judge (judge/chance-of-answer.ts)
 * on our own development cases only, and prints them with their five-fold figures.
 *   node evals/answers/fit-weights.ts ranking|judge
 * The judge's measures build on the ranking: put the new ranking weights in first.
 */
interface Row {
  readonly features: readonly number[];
  readonly right: boolean;
}

interface Example {
  readonly id: string;
  readonly language: string;
  readonly kind: AnswerCase['kind'];
  readonly sentences: readonly DescribedSentence[];
  readonly holds: (quote: string) => boolean;
  readonly wrongQuote: string | undefined;
}

async function collect(): Promise<Example[]> {
  const { knowledge, end } = await openStarterKnowledge();
  const examples: Example[] = [];
  for (const one of [...readCases(join(import.meta.dirname, 'dev-cases.jsonl')), ...retrievalNegatives()]) {
    const { passages } = await knowledge.search(one.question, { language: one.language, limit: 5 });
    if (passages.length === 0) continue;
    const all = [...passages, ...(await sourceOf(one, passages))];
    const asks = describeFit({ subject: '', body: one.question, language: one.language }, all);
    for (const sentences of asks.slice(0, 1)) {
      const holds = (quote: string) => one.facts.some((fact) => holdsFacts(quote, [fact]));
      examples.push({
        id: one.id,
        language: one.language,
        kind: one.kind,
        sentences,
        holds,
        wrongQuote: one.wrong_quote,
      });
    }
  }
  await end();
  return examples;

  async function sourceOf(one: AnswerCase, passages: readonly Passage[]): Promise<Passage[]> {
    const quote = one.wrong_quote;
    if (quote === undefined || passages.some((passage) => passage.text.includes(quote))) return [];
    const around = await knowledge.search(quote, { language: one.language, limit: 20 });
    return around.passages.filter((passage) => passage.text.includes(quote)).slice(0, 1);
  }
}

/** The questions without an answer that were written for retrieval, for the judge only. */
function retrievalNegatives(): AnswerCase[] {
  const path = resolve(import.meta.dirname, '../retrieval/dev-questions.jsonl');
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .filter((one) => one.kind === 'unanswerable')
    .map(({ id, language, question }) => ({
      id: `retrieval-${id}`,
      language,
      question,
      kind: 'unanswerable',
      facts: [],
    }));
}

/** Softmax over the sentences of one question: the chance that a right one is ranked first. */
function fitRanking(examples: readonly Example[], penalty: number): number[] {
  const weights = new Array<number>(fitNames.length).fill(0);
  for (let round = 0; round < 200; round++) {
    const gradient = weights.map((weight) => penalty * weight);
    for (const { sentences, holds } of examples) {
      const scores = sentences.map((sentence) => dot(weights, sentence.fit));
      const top = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - top));
      const right = sentences.map((sentence) => holds(sentence.quote));
      const all = odds.reduce((sum, odd) => sum + odd, 0);
      const good = odds.reduce((sum, odd, i) => sum + (right[i] ? odd : 0), 0);
      sentences.forEach(({ fit }, i) => {
        const pull = odds[i]! / all - (right[i] ? odds[i]! / good : 0);
        fit.forEach((value, f) => {
          gradient[f]! += (pull * value) / examples.length;
        });
      });
    }
    for (let f = 0; f < weights.length; f++) weights[f]! -= 2 * gradient[f]!;
  }
  return weights;
}

function dot(weights: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (let f = 0; f < features.length; f++) sum += features[f]! * weights[f]!;
  return sum;
}

/** Balanced logistic regression; the last weight is the intercept. */
function fitLogistic(rows: readonly Row[], c: number): number[] {
  const model = new LogisticRegression({ c, classWeight: 'balanced' });
  const matrix = toMatrix(rows);
  const fitted = model.fit(
    matrix,
    rows.map((row) => (row.right ? 'right' : 'wrong')),
  );
  if (!fitted.ok) throw new Error(fitted.reason);
  const { weights, intercepts } = fitted.value;
  const size = rows[0]!.features.length;
  const differences = Array.from({ length: size }, (_, f) => weights[2 * f]! - weights[2 * f + 1]!);
  return [...differences, intercepts[0]! - intercepts[1]!];
}

function toMatrix(rows: readonly Row[]): CsrMatrix {
  const columns = rows[0]!.features.length;
  return {
    rows: rows.length,
    columns,
    indptr: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * columns),
    indices: Int32Array.from({ length: rows.length * columns }, (_, at) => at % columns),
    values: Float32Array.from(rows.flatMap((row) => row.features)),
  };
}

const chance = (weights: readonly number[], features: readonly number[]) =>
  1 / (1 + Math.exp(-(dot(weights, features) + weights.at(-1)!)));

/**
 * Right: sentences that hold the fact and would be told. Wrong: what would be told for a question without an
 * answer, near-misses, and for answerable ones a first-ranked sentence that does not hold the fact.
 */
function judgeRows(example: Example): Row[] {
  const { kind, sentences, holds, wrongQuote } = example;
  if (kind === 'unanswerable') return [{ features: sentences[0]!.measures, right: false }];
  if (kind === 'near-miss') {
    const wrong = sentences.find(
      (sentence) => sentence.quote.includes(wrongQuote!) || wrongQuote!.includes(sentence.quote),
    );
    return wrong ? [{ features: wrong.measures, right: false }] : [];
  }
  const right = sentences.filter((sentence) => holds(sentence.quote)).slice(0, 1);
  const wrong = sentences.slice(0, 1).filter((sentence) => !holds(sentence.quote));
  return [
    ...right.map(({ measures }) => ({ features: measures, right: true })),
    ...wrong.map(({ measures }) => ({ features: measures, right: false })),
  ];
}

const folds = 5;

function reportRanking(examples: readonly Example[]): void {
  const usable = examples.filter(
    ({ kind, sentences, holds }) => kind === 'answerable' && sentences.some(({ quote }) => holds(quote)),
  );
  for (const penalty of [0.01]) {
    let first = 0;
    let third = 0;
    for (let fold = 0; fold < folds; fold++) {
      const weights = fitRanking(
        usable.filter((_, i) => i % folds !== fold),
        penalty,
      );
      for (const { sentences, holds } of usable.filter((_, i) => i % folds === fold)) {
        const ranked = [...sentences].sort((a, b) => dot(weights, b.fit) - dot(weights, a.fit));
        if (holds(ranked[0]!.quote)) first++;
        if (ranked.slice(0, 3).some(({ quote }) => holds(quote))) third++;
      }
    }
    const weights = fitRanking(usable, penalty);
    console.log(
      JSON.stringify({
        penalty,
        n: usable.length,
        first: first / usable.length,
        firstThree: third / usable.length,
        weights: named(fitNames, weights),
      }),
    );
  }
  const present = usable.filter(({ sentences, holds }) => holds(sentences[0]!.quote)).length;
  console.log(JSON.stringify({ present_first: present / usable.length }));
}

function reportJudge(examples: readonly Example[]): void {
  for (const penalty of [1]) {
    const right: number[] = [];
    const wrong: number[] = [];
    for (let fold = 0; fold < folds; fold++) {
      const weights = fitLogistic(examples.filter((_, i) => i % folds !== fold).flatMap(judgeRows), penalty);
      for (const row of examples.filter((_, i) => i % folds === fold).flatMap(judgeRows))
        (row.right ? right : wrong).push(chance(weights, row.features));
    }
    const weights = fitLogistic(examples.flatMap(judgeRows), penalty);
    console.log(
      JSON.stringify({
        penalty,
        auc: rocAuc(right, wrong),
        right_above_half: right.filter((score) => score >= 0.5).length / right.length,
        wrong_below_half: wrong.filter((score) => score < 0.5).length / wrong.length,
        weights: named(measureNames, weights),
        intercept: Number(weights.at(-1)!.toFixed(2)),
      }),
    );
  }
}

const named = (names: readonly string[], weights: readonly number[]) =>
  Object.fromEntries(names.map((name, f) => [name, Number(weights[f]!.toFixed(2))]));

const examples = await collect();
if (process.argv[2] === 'judge') reportJudge(examples);
else reportRanking(examples);
