import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standingOf } from '../../src/knowledge/retrieval/rank-chunks.ts';
import { featureNames } from '../../src/knowledge/retrieval/relevance.ts';
import { learnEmbedder, openInMemory } from './in-memory.ts';
import { examplesOf, fitLine, type Line, logitOf } from './logistic.ts';
import { mean, ndcgAt, rounded } from './measure.ts';
import type { Embed } from './open-chunks.ts';
import { root } from './open-knowledge.ts';
import { type FieldQuestion, fittingSets, isRight } from './read-questions.ts';

/**
 * Fits what orders passages and what tells their relevance, by logistic regression on the questions of several writers,
 * each against the notes of the others only (whoever measures with his own notes learns to trust them too much) and
 * against none, and writes src/knowledge/retrieval/relevance-weights.ts (`--dry` only prints). Once without vectors, once
 * with those of the builtin embedder.
 *
 * - rank: a row is a question and one of its first passages, right or wrong
 * - relevance: a row is a question with the passage that this puts first; was there an answer?
 *
 * Signs are held to sense (finding more never speaks against a passage), so that few questions cannot teach nonsense.
 * All figures and the threshold come from five-fold cross-validation by question, both steps within.
 */
type Features = Readonly<Record<(typeof featureNames)[number], number>>;
interface Passage {
  readonly features: Features;
  readonly right: number;
}
interface Asked {
  readonly question: FieldQuestion;
  readonly number: number;
  readonly passages: readonly Passage[];
}
interface Model {
  readonly rank: Line;
  readonly relevance: Line;
}

/** `--writers 1` learns from the first field cases only, so that the second can measure. */
const at = process.argv.indexOf('--writers');
const writers = at > 0 ? process.argv[at + 1]!.split(',') : ['1', '2'];
const folds = 5;
/** So many answerable questions may be told that nothing was found; as many as before there were vectors. */
const falseEmptyShare = 0.12;
const rankNames = featureNames.filter((name) => name !== 'standsOut' && name !== 'nearer');
const relevanceNames = featureNames;
const pick = (names: readonly (keyof Features)[], features: Features) => names.map((name) => features[name]);
const free = (names: readonly string[]) => new Set([names.indexOf('questionLength')]);

function readAsked(embed: Embed | null): Asked[] {
  let number = 0;
  return fittingSets(writers).flatMap(({ questions, others }) => {
    // With notes and without: a knowledge whose authors note nothing must be searched as well.
    const searches = [openInMemory(others, embed), openInMemory([], embed)];
    return questions.flatMap((question) => {
      number++;
      return searches.map(({ explain }) => {
        const passages = explain(question.question, question.language, 15).map((p) => ({
          features: p.features as Features,
          right: isRight(question, p.heading) ? 1 : 0,
        }));
        return { question, number, passages };
      });
    });
  });
}

function fitModel(asked: readonly Asked[]): Model {
  const rank = fitLine(
    examplesOf(
      asked.flatMap(({ question, passages }) =>
        passages.map(({ features, right }) => ({
          features: pick(rankNames, features),
          label: right,
          weight: question.kind === 'unanswerable' ? 0.5 : right === 1 ? 1 : 0.15,
        })),
      ),
    ),
    free(rankNames),
  );
  const tops = asked.flatMap((one) => {
    const first = orderBy(rank, one)[0];
    return first ? [{ features: pick(relevanceNames, first.features), label: isAnswerable(one), weight: 1 }] : [];
  });
  return { rank, relevance: fitLine(examplesOf(tops), free(relevanceNames)) };
}

const isAnswerable = ({ question }: Asked) => (question.kind === 'answerable' ? 1 : 0);

/** The passages as these weights put them, with how far each stands out there. */
function orderBy(rank: Line, { passages }: Asked): Passage[] {
  const ordered = passages
    .map((passage) => ({ ...passage, logit: logitOf(rank, pick(rankNames, passage.features)) }))
    .sort((a, b) => b.logit - a.logit);
  const standing = ordered.map(({ features }) => ({ words: features, similarity: features.similarity }));
  return ordered.map((passage, i) => ({ ...passage, features: standingOf(standing[i]!, standing) }));
}

interface Held {
  readonly asked: Asked;
  readonly logit: number;
  readonly ndcg: number;
  readonly first: number;
}

function holdOut(asked: readonly Asked[]): Held[] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = fitModel(asked.filter((one) => one.number % folds !== fold));
    return asked
      .filter((one) => one.number % folds === fold)
      .map((one) => {
        const ordered = orderBy(model.rank, one);
        const hits = ordered.map((passage) => passage.right);
        const logit = ordered[0] ? logitOf(model.relevance, pick(relevanceNames, ordered[0].features)) : -20;
        return { asked: one, logit, ndcg: ndcgAt(10, hits, 1), first: hits[0] ?? 0 };
      });
  }).flat();
}

/**
 * The logit above which all but `share` of the answerable questions lie. The one that loses fewest, at a price for each
 * kind of mistake, was tried: it leapt from 10 to 19 % not found when the price went from 1.7 to 2.
 */
function chooseThreshold(held: readonly Held[], share: number): number {
  const logits = held.filter((one) => isAnswerable(one.asked)).map((one) => one.logit);
  return logits.sort((a, b) => a - b)[Math.floor(share * logits.length)]!;
}

function reportOf(held: readonly Held[], threshold: number) {
  const answerable = held.filter((one) => isAnswerable(one.asked));
  const others = held.filter((one) => !isAnswerable(one.asked));
  const wins = answerable.map((a) => mean(others.map((u) => (a.logit > u.logit ? 1 : a.logit === u.logit ? 0.5 : 0))));
  const edges = [0, 0.2, 0.4, 0.6, 0.8, 1.001];
  const relevance = (one: Held) => 1 / (1 + Math.exp(threshold - one.logit));
  return {
    n: held.length,
    ndcg10: rounded(mean(answerable.map((one) => one.ndcg))),
    first: rounded(mean(answerable.map((one) => one.first))),
    auc: rounded(mean(wins)),
    falseEmpty: rounded(mean(answerable.map((one) => (one.logit >= threshold ? 0 : 1)))),
    falseFound: rounded(mean(others.map((one) => (one.logit >= threshold ? 1 : 0)))),
    reliability: edges.slice(1).map((edge, i) => {
      const within = held.filter((one) => relevance(one) >= edges[i]! && relevance(one) < edge);
      return {
        said: rounded(mean(within.map(relevance)), 2),
        answerable: rounded(mean(within.map((one) => isAnswerable(one.asked))), 2),
        first: rounded(mean(within.map((one) => one.first)), 2),
        n: within.length,
      };
    }),
  };
}

function write(name: string, line: Line, names: readonly string[]): string {
  return `${name}: {\n${names.map((n, i) => `        ${n}: ${rounded(line.weights[i]!)},`).join('\n')}\n      }`;
}

function learn(embed: Embed | null): { readonly source: string; readonly report: object } {
  const asked = readAsked(embed);
  const held = holdOut(asked);
  const threshold = chooseThreshold(held, falseEmptyShare);
  const { rank, relevance } = fitModel(asked);
  // Shifted so that 0.5 is the threshold: from there on something was found.
  const intercept = rounded(relevance.intercept - threshold);
  const source = `{
    ${write('rank', rank, rankNames)},
    relevance: {
      intercept: ${intercept},
      ${write('features', relevance, relevanceNames)},
    },
  }`;
  return { source, report: reportOf(held, threshold) };
}

const words = learn(null);
console.log(JSON.stringify({ words: words.report }));
const meaning = learn(learnEmbedder());
console.log(JSON.stringify({ meaning: meaning.report }));
if (process.argv.includes('--dry')) {
  console.log(`${words.source}\n${meaning.source}`);
} else {
  writeFileSync(
    join(root, 'src/knowledge/retrieval/relevance-weights.ts'),
    `/** Made by \`node evals/retrieval/fit-relevance.ts\` from its development questions; not to be changed by hand. */
export const relevanceWeights = {
  /** Without vectors. */
  words: ${words.source},
  /** With the similarities of vectors. */
  meaning: ${meaning.source},
  /** Added to the logit of a passage of the ticket's category. */
  category: 0.3,
  /** From this relevance of the best passage on, something was found. */
  threshold: 0.5,
} as const;
`,
  );
}
