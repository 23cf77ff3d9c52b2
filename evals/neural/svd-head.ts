/**
 * The neural head beside logistic regression on the same features, a truncated SVD of TF-IDF, on the published
 * tickets (train → dev, split by group). Prints JSON.
 *
 *   node evals/neural/svd-head.ts [--data FOLDER] [--ranks 128,256] [--tasks department,queue] [--seeds 1,2,3]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Classifier,
  type CsrMatrix,
  fitTextFeatures,
  LogisticRegression,
  NeuralClassifier,
  prepareNeural,
  projectRows,
  reportClasses,
  type SvdState,
  TextVectoriser,
  truncatedSvd,
} from '../../src/ml/index.ts';
import { type PublishedTicket, readPublishedTickets, tasks } from '../classifier/published-tickets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    ranks: { type: 'string', default: '128,256' },
    tasks: { type: 'string', default: 'department,queue' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});

interface Part {
  readonly rows: readonly PublishedTicket[];
  readonly matrix: CsrMatrix;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The strongest `rank` of the components, rows to unit length: what the classifier's own `svd` features are. */
function project(svd: SvdState, matrix: CsrMatrix, rank: number): CsrMatrix {
  const { columns } = svd;
  const components = Float32Array.from(
    { length: columns * rank },
    (_, i) => svd.components[Math.floor(i / rank) * svd.rank + (i % rank)]!,
  );
  const values = projectRows({ ...svd, rank, components }, matrix, { normalise: true });
  return {
    rows: matrix.rows,
    columns: rank,
    indptr: Int32Array.from({ length: matrix.rows + 1 }, (_, r) => r * rank),
    indices: Int32Array.from(values, (_, i) => i % rank),
    values,
  };
}

function score<State>(model: Classifier<CsrMatrix, State>, train: Part, dev: Part, task: Task, seed: number): unknown {
  const start = cpuSeconds();
  const labels = train.rows.map((row) => row.labels[task]);
  const fitted = model.fit(train.matrix, labels, { seed, groups: train.rows.map(({ group }) => group || null) });
  if (!fitted.ok) throw new Error(fitted.reason);
  const fitSeconds = cpuSeconds() - start;
  const classes = model.classes(fitted.value);
  const k = classes.length;
  const probabilities = model.predictProba(fitted.value, dev.matrix);
  const truth = dev.rows.map((row) => row.labels[task]);
  const predicted = truth.map((_, r) => {
    const row = probabilities.subarray(r * k, (r + 1) * k);
    return classes[row.indexOf(Math.max(...row))]!;
  });
  const loss = truth.reduce((sum, label, r) => sum - Math.log(probabilities[r * k + classes.indexOf(label)]!), 0);
  const { macroF1, accuracy } = reportClasses(truth, predicted);
  return { macroF1, accuracy, logLoss: loss / truth.length, fitSeconds };
}

type Task = (typeof tasks)[number];

async function main(): Promise<void> {
  const train = readPublishedTickets(options.data, 'train');
  const dev = readPublishedTickets(options.data, 'dev');
  const prepared = await prepareNeural();
  if (train === null || dev === null || !prepared.ok) {
    console.log(JSON.stringify({ skipped: prepared.ok ? 'The published tickets are not here.' : prepared.reason }));
    return;
  }
  const ranks = options.ranks.split(',').map(Number);
  const { features, matrix } = fitTextFeatures(train.map((row) => row.text));
  const devMatrix = new TextVectoriser(features).transform(dev.map((row) => row.text));
  const start = cpuSeconds();
  const svd = truncatedSvd(matrix, { rank: Math.max(...ranks), seed: 1 });
  const svdSeconds = cpuSeconds() - start;
  const results: unknown[] = [];
  for (const rank of ranks) {
    const trainPart = { rows: train, matrix: project(svd, matrix, rank) };
    const devPart = { rows: dev, matrix: project(svd, devMatrix, rank) };
    for (const task of tasks.filter((name) => options.tasks.split(',').includes(name))) {
      for (const c of [1, 10]) {
        const logistic = new LogisticRegression({ c, tolerance: 1e-3 });
        results.push({ task, rank, logistic: c, ...(score(logistic, trainPart, devPart, task, 1) as object) });
      }
      for (const seed of options.seeds.split(',').map(Number)) {
        const neural = new NeuralClassifier({ features: 'dense' });
        results.push({ task, rank, neuralSeed: seed, ...(score(neural, trainPart, devPart, task, seed) as object) });
      }
    }
  }
  console.log(JSON.stringify({ rows: { train: train.length, dev: dev.length }, svdSeconds, results }, null, 1));
}

await main();
