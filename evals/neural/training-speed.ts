/**
 * The neural router's training in figures: steps a second beside plain loops of our own (same step, same run), a
 * whole fit of 20,000 rows × 128 features × 10 classes, memory over 100 fits, one prediction. Seconds are those of the
 * processor. Prints JSON.
 *
 *   node evals/neural/training-speed.ts [--rows 20000] [--steps 300]
 */
import { parseArgs } from 'node:util';
import { type CsrMatrix, createRandom, NeuralClassifier, prepareNeural, type Random } from '../../src/ml/index.ts';
import { startAdam, stepAdam } from '../../src/ml/neural/adamw.ts';
import { type Batch, lossAndGradients } from '../../src/ml/neural/backend.ts';
import { emptyNetwork, initialNetwork } from '../../src/ml/neural/network.ts';
import { plainLossAndGradients } from './plain-loops.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '20000' }, steps: { type: 'string', default: '300' } },
});

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Clouds that overlap by far: hard enough that training goes on for a while. */
function clouds(
  rows: number,
  columns: number,
  classes: number,
  random: Random,
): { input: CsrMatrix; labels: string[] } {
  const labels = Array.from({ length: rows }, () => `class ${random.integer(classes)}`);
  const indptr = Int32Array.from({ length: rows + 1 }, (_, r) => r * columns);
  const indices = Int32Array.from({ length: rows * columns }, (_, i) => i % columns);
  const values = Float32Array.from(indices, (column, i) => {
    const own = column % classes === Number(labels[Math.floor(i / columns)]!.slice(6));
    return random.next() - 0.5 + (own ? 0.1 : 0);
  });
  return { input: { rows, columns, indptr, indices, values }, labels };
}

/** The same steps from the same start with each; how far the weights are apart in the end shows that they agree. */
function compareSteps(inputs: number, steps: number): unknown {
  const shape = { inputs, hidden: 128, outputs: 10 };
  const random = createRandom(1);
  const batch: Batch = {
    rows: 64,
    inputs: Float32Array.from({ length: 64 * inputs }, () => random.next() - 0.5),
    targets: Float32Array.from({ length: 640 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 / 64 : 0)),
  };
  const runs = [lossAndGradients, plainLossAndGradients].map((step) => {
    const network = initialNetwork(shape, createRandom(2));
    const gradients = emptyNetwork(shape);
    const state = startAdam(network);
    const run = (count: number): number => {
      const start = cpuSeconds();
      for (let i = 0; i < count; i++) {
        step(network, batch, gradients);
        stepAdam(network, gradients, state, { learningRate: 1e-3, weightDecay: 1e-4 });
      }
      return count / (cpuSeconds() - start);
    };
    run(50);
    return { stepsPerSecond: Math.round(run(steps)), network };
  });
  const [jax, plain] = runs;
  const apart = jax!.network.outputWeights.map((weight, i) => Math.abs(weight - plain!.network.outputWeights[i]!));
  return {
    inputs,
    jax: jax!.stepsPerSecond,
    plainLoops: plain!.stepsPerSecond,
    largestDifferenceOfWeights: Math.max(...apart),
  };
}

function timeFit(rows: number): unknown {
  const { input, labels } = clouds(rows, 128, 10, createRandom(3));
  const model = new NeuralClassifier({ features: 'dense' });
  let epochs = 0;
  const wall = performance.now();
  const start = cpuSeconds();
  const fitted = model.fit(input, labels, { onProgress: () => epochs++ });
  const seconds = cpuSeconds() - start;
  const wallSeconds = (performance.now() - wall) / 1000;
  if (!fitted.ok) throw new Error(fitted.reason);
  const from = cpuSeconds();
  model.predictProba(fitted.value, input);
  return {
    rows,
    columns: 128,
    epochs,
    seconds,
    wallSeconds,
    predictMilliseconds: ((cpuSeconds() - from) * 1000) / rows,
  };
}

function memoryOverFits(fits: number): unknown {
  const { input, labels } = clouds(640, 128, 10, createRandom(4));
  const model = new NeuralClassifier({ features: 'dense', epochs: 2, stopping: 'none' });
  const megabytes: number[] = [];
  for (let i = 1; i <= fits; i++) {
    if (!model.fit(input, labels, { seed: i }).ok) throw new Error('a fit failed');
    if (i % 25 === 0) megabytes.push(Math.round(process.memoryUsage().rss / 1e6));
  }
  return { fits, residentMegabytesEach25: megabytes };
}

const prepared = await prepareNeural();
if (!prepared.ok) throw new Error(prepared.reason);
const steps = Number(options.steps);
const figures = {
  stepsPerSecond: [compareSteps(128, steps), compareSteps(384, steps)],
  fit: timeFit(Number(options.rows)),
  memory: memoryOverFits(100),
};
console.log(JSON.stringify(figures, null, 2));
