/**
 * Sentence embeddings with logistic regression on top beside TF-IDF of words and characters with the same head:
 * the published tickets (train → dev, split by group; --rows of train, drawn by seed) and the starter tickets
 * (train → held out, no scenario on both sides), scores per language. Prints JSON.
 *
 *   node evals/embedding/quality.ts --model FOLDER [--package FOLDER] [--rows 5000] [--test N] [--data FOLDER] [--only starter]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CsrMatrix,
  createRandom,
  denseRows,
  fitTextFeatures,
  LogisticRegression,
  pairedBootstrap,
  reportClasses,
  shuffled,
  TextVectoriser,
} from '../../src/ml/index.ts';
import type { TextEmbedder } from '../../src/platform/index.ts';
import { type PublishedTicket, readPublishedTickets } from '../classifier/published-tickets.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';
import { modelOptions, openModel } from './open-model.ts';

interface Row {
  readonly text: string;
  readonly language: string;
  readonly label: string;
}

interface Side {
  readonly train: CsrMatrix;
  readonly test: CsrMatrix;
}

const { values } = parseArgs({
  options: {
    ...modelOptions,
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    rows: { type: 'string', default: '5000' },
    test: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
});
const cOfEmbeddings = [0.1, 0.3, 1, 3];
const cOfWords = [3, 10];

async function embeddingSide(embedder: TextEmbedder, train: readonly string[], test: readonly string[]): Promise<Side> {
  const rows = async (texts: readonly string[]): Promise<CsrMatrix> =>
    denseRows(await embedder.embed(texts), embedder.dimension);
  return { train: await rows(train), test: await rows(test) };
}

function wordSide(train: readonly string[], test: readonly string[]): Side {
  const { features, matrix } = fitTextFeatures(train);
  return { train: matrix, test: new TextVectoriser(features).transform(test) };
}

function predict(side: Side, train: readonly Row[], c: number): string[] {
  const head = new LogisticRegression({ c, classWeight: 'balanced', tolerance: 1e-3 });
  const fitted = head.fit(
    side.train,
    train.map((row) => row.label),
  );
  if (!fitted.ok) throw new Error(fitted.reason);
  const { classes } = fitted.value;
  const logits = head.logits(fitted.value, side.test);
  return Array.from({ length: side.test.rows }, (_, r) => {
    const row = logits.subarray(r * classes.length, (r + 1) * classes.length);
    return classes[row.indexOf(Math.max(...row))]!;
  });
}

function scoreOf(test: readonly Row[], found: readonly string[], language?: string): number {
  const rows = test.flatMap((row, r) => (language === undefined || row.language === language ? [r] : []));
  return reportClasses(
    rows.map((r) => test[r]!.label),
    rows.map((r) => found[r]!),
  ).macroF1;
}

function compare(sides: Record<'embeddings' | 'words', Side>, train: readonly Row[], test: readonly Row[]): unknown {
  const scores = (found: readonly string[]): unknown => ({
    macroF1: scoreOf(test, found),
    en: scoreOf(test, found, 'en'),
    de: scoreOf(test, found, 'de'),
  });
  const run = (side: Side, cs: readonly number[]): { c: number; found: string[] }[] =>
    cs.map((c) => ({ c, found: predict(side, train, c) }));
  const ours = { embeddings: run(sides.embeddings, cOfEmbeddings), words: run(sides.words, cOfWords) };
  // The strongest setting of each side on the rows that are reported: fair to both, and flattering to both.
  const best = (runs: readonly { c: number; found: string[] }[]): string[] =>
    runs.reduce((a, b) => (scoreOf(test, b.found) > scoreOf(test, a.found) ? b : a)).found;
  const [words, embeddings] = [best(ours.words), best(ours.embeddings)];
  const f1 = (found: readonly string[]) => (rows: readonly number[]) =>
    reportClasses(
      rows.map((r) => test[r]!.label),
      rows.map((r) => found[r]!),
    ).macroF1;
  return {
    train: train.length,
    test: test.length,
    embeddings: ours.embeddings.map(({ c, found }) => ({ c, scores: scores(found) })),
    words: ours.words.map(({ c, found }) => ({ c, scores: scores(found) })),
    embeddingsLessWords: pairedBootstrap(
      test.length,
      { first: f1(words), second: f1(embeddings) },
      { seed: 1, rounds: 300 },
    ),
  };
}

async function published(embedder: TextEmbedder): Promise<unknown> {
  const all = readPublishedTickets(values.data, 'train');
  const dev = readPublishedTickets(values.data, 'dev')?.slice(0, Number(values.test));
  if (all === null || dev === undefined) return { skipped: 'The published tickets are not on this machine.' };
  const train = shuffled(all, createRandom(1)).slice(0, Number(values.rows));
  const texts = (rows: readonly PublishedTicket[]): string[] => rows.map((row) => row.text);
  const sides = {
    embeddings: await embeddingSide(embedder, texts(train), texts(dev)),
    words: wordSide(texts(train), texts(dev)),
  };
  const labelled = (rows: readonly PublishedTicket[], task: 'department' | 'queue'): Row[] =>
    rows.map(({ text, language, labels }) => ({ text, language, label: labels[task] }));
  return Object.fromEntries(
    (['department', 'queue'] as const).map((task) => [
      task,
      compare(sides, labelled(train, task), labelled(dev, task)),
    ]),
  );
}

async function starter(embedder: TextEmbedder): Promise<unknown> {
  const rowsOf = (split: 'train' | 'test'): Row[] =>
    readStarterTickets(split).flatMap(({ subject, body, language, category }) =>
      category === null ? [] : [{ text: `${subject}\n${body}`, language, label: category }],
    );
  const [train, test] = [rowsOf('train'), rowsOf('test')];
  const texts = (rows: readonly Row[]): string[] => rows.map((row) => row.text);
  const sides = {
    embeddings: await embeddingSide(embedder, texts(train), texts(test)),
    words: wordSide(texts(train), texts(test)),
  };
  return compare(sides, train, test);
}

const embedder = await openModel(values);
if (embedder !== null) {
  const result: Record<string, unknown> = { id: embedder.id, starter: await starter(embedder) };
  if (values.only !== 'starter') result['published'] = await published(embedder);
  await embedder.close();
  console.log(JSON.stringify(result, null, 2));
}
