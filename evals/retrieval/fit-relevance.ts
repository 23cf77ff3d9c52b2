import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openInMemory } from './in-memory.ts';
import { mean, ndcgAt, rounded } from './measure.ts';
import { root } from './open-knowledge.ts';
import { type FieldQuestion, isRight, questionSets } from './read-questions.ts';

/**
 * Fits the weights of the relevance by logistic regression on the questions of several writers, each against the
 * notes of the others only (whoever measures with his own notes learns to trust them too much), and writes
 * src/knowledge/retrieval/relevance-weights.ts (`--dry` only prints). A row is a question and one of its first
 * passages: right, or wrong. Signs are held to sense (finding more never speaks against a passage), so that few
 * questions cannot teach nonsense. The threshold comes from five-fold cross-validation by question.
 */
interface Row {
  readonly features: readonly number[];
  readonly right: number;
  readonly weight: number;
}
interface Asked {
  readonly question: FieldQuestion;
  readonly rows: readonly Row[];
}
interface Model {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** `--writers 1` learns from the first field cases only, so that the second can measure. */
const at = process.argv.indexOf('--writers');
const writers = at > 0 ? process.argv[at + 1]!.split(',') : ['1', '2'];
const free = new Set(['questionLength']);
const folds = 5;

let names: string[] = [];
const asked: Asked[] = questionSets(writers).flatMap(({ questions, others }) => {
  // With notes and without: a knowledge whose authors note nothing must be searched as well.
  return [openInMemory(others), openInMemory([])].flatMap(({ explain }) =>
    questions.map((question) => readRows(question, explain(question.question, question.language, 15))),
  );
});

function readRows(question: FieldQuestion, passages: ReturnType<ReturnType<typeof openInMemory>['explain']>): Asked {
  names = passages[0] ? Object.keys(passages[0].features) : names;
  return {
    question,
    rows: passages.map((p) => ({
      features: Object.values(p.features),
      right: isRight(question, p.heading) ? 1 : 0,
      weight: question.kind === 'unanswerable' ? 0.5 : isRight(question, p.heading) ? 1 : 0.15,
    })),
  };
}

const logit = (model: Model, row: Row) =>
  row.features.reduce((sum, f, i) => sum + f * model.weights[i]!, model.intercept);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Projected gradient descent with momentum; L2 of 0.5 over all weights. */
function fitModel(rows: readonly Row[]): Model {
  let intercept = 0;
  const weights = names.map(() => 0);
  const speed = [0, ...weights];
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  for (let step = 0; step < 1_500; step++) {
    const gradient = [0, ...weights.map((w) => (0.1 * w) / total)];
    for (const row of rows) {
      const error = ((sigmoid(logit({ intercept, weights }, row)) - row.right) * row.weight) / total;
      gradient[0]! += error;
      row.features.forEach((f, i) => {
        gradient[i + 1]! += error * f;
      });
    }
    speed.forEach((v, i) => {
      speed[i] = 0.9 * v - 0.5 * gradient[i]!;
    });
    intercept += speed[0]!;
    weights.forEach((w, i) => {
      const next = w + speed[i + 1]!;
      const name = names[i]!;
      weights[i] = free.has(name) ? next : Math.max(0, next);
    });
  }
  return { intercept, weights };
}

function best(model: Model, question: Asked): number {
  return Math.max(0, ...question.rows.map((row) => sigmoid(logit(model, row))));
}

const held: { question: FieldQuestion; top: number; ndcg: number; first: number }[] = [];
for (let fold = 0; fold < folds; fold++) {
  const model = fitModel(asked.filter((_, i) => i % folds !== fold).flatMap((q) => q.rows));
  for (const question of asked.filter((_, i) => i % folds === fold)) {
    const ranked = [...question.rows].sort((a, b) => logit(model, b) - logit(model, a));
    const hits = ranked.map((row) => row.right);
    held.push({
      question: question.question,
      top: best(model, question),
      ndcg: ndcgAt(10, hits, 1),
      first: hits[0] ?? 0,
    });
  }
}

/** The threshold that loses fewest: an answerable question not found counts 1, an unanswerable one found `price`. */
function chooseThreshold(price: number) {
  let chosen = { threshold: 0.5, loss: Number.POSITIVE_INFINITY };
  for (let threshold = 0.02; threshold < 0.9; threshold += 0.01) {
    const loss = held.reduce((sum, h) => {
      const found = h.top >= threshold;
      return sum + (h.question.kind === 'answerable' ? (found ? 0 : 1) : found ? price : 0);
    }, 0);
    if (loss < chosen.loss) chosen = { threshold, loss };
  }
  return chosen.threshold;
}

const answerable = held.filter((h) => h.question.kind === 'answerable');
const unanswerable = held.filter((h) => h.question.kind === 'unanswerable');
const auc = mean(answerable.flatMap((a) => unanswerable.map((u) => (a.top > u.top ? 1 : a.top === u.top ? 0.5 : 0))));
const threshold = chooseThreshold(1.5);
const fitted = fitModel(asked.flatMap((q) => q.rows));
// Shifted so that 0.5 is the threshold: from there on something was found.
const model = { ...fitted, intercept: fitted.intercept - Math.log(threshold / (1 - threshold)) };
const report = {
  folds,
  ndcg10: rounded(mean(answerable.map((h) => h.ndcg))),
  first: rounded(mean(answerable.map((h) => h.first))),
  auc: rounded(auc),
  threshold: rounded(threshold, 2),
  found: rounded(mean(answerable.map((h) => (h.top >= threshold ? 1 : 0)))),
  notFound: rounded(mean(unanswerable.map((h) => (h.top >= threshold ? 0 : 1)))),
  intercept: rounded(model.intercept),
  weights: Object.fromEntries(names.map((name, i) => [name, rounded(model.weights[i]!)])),
};
console.log(JSON.stringify(report, null, 2));

if (!process.argv.includes('--dry')) {
  const lines = names.map((name, i) => `    ${name}: ${rounded(model.weights[i]!)},`);
  writeFileSync(
    join(root, 'src/knowledge/retrieval/relevance-weights.ts'),
    `/** Made by \`node evals/retrieval/fit-relevance.ts\` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  intercept: ${rounded(model.intercept)},
  features: {
${lines.join('\n')}
  },
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
`,
  );
}
