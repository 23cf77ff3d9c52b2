import type * as Jax from '@jax-js/jax';
import { failure, type Outcome, success } from '../outcome.ts';
import { type Network, networkParts } from './network.ts';

/** A part of the rows, always of the same size (rows that are missing are zero), so that one program serves all. */
export interface Batch {
  readonly rows: number;
  /** [row · inputs + column] */
  readonly inputs: Float32Array;
  /** [row · outputs + class]: the weight of the row at its class, zero elsewhere. */
  readonly targets: Float32Array;
}

type Weights = { [part in (typeof networkParts)[number]]: Jax.Array };
type LossAndGradients = (weights: Weights, inputs: Jax.Array, targets: Jax.Array) => [Jax.Array, Weights];

interface Backend {
  readonly numpy: typeof Jax.numpy;
  readonly lossAndGradients: LossAndGradients;
}

let backend: Backend | null = null;
let opening: Promise<Outcome<null>> | null = null;

/**
 * Loads jax-js and its WebAssembly device once for this thread; to be awaited before the first `fit` of a network.
 * Prediction does not need it.
 */
export async function prepareNeural(): Promise<Outcome<null>> {
  opening ??= open();
  const outcome = await opening;
  if (!outcome.ok) opening = null;
  return outcome;
}

export function isNeuralPrepared(): boolean {
  return backend !== null;
}

/**
 * Σ target · −ln p over the batch, and its gradients into `gradients` (of the network's shape). Reverse-mode
 * differentiation by jax-js, which compiles the whole expression once for each shape (0.1 s) and keeps the program.
 * Every array of jax-js is born and consumed within this call (each use counts down a reference, the read at the end
 * the last one), so nothing is left between two steps. Throws when `prepareNeural` was not awaited.
 */
export function lossAndGradients(network: Network, batch: Batch, gradients: Network): number {
  if (backend === null) throw new Error('The neural backend is not prepared: await prepareNeural() before training.');
  const { numpy } = backend;
  const { inputs, hidden, outputs } = network;
  const array = (values: Float32Array, ...shape: number[]): Jax.Array =>
    numpy.array(values as Float32Array<ArrayBuffer>, { shape, device: 'wasm' });
  const weights = {
    hiddenWeights: array(network.hiddenWeights, inputs, hidden),
    hiddenBiases: array(network.hiddenBiases, hidden),
    outputWeights: array(network.outputWeights, hidden, outputs),
    outputBiases: array(network.outputBiases, outputs),
  };
  const [loss, found] = backend.lossAndGradients(
    weights,
    array(batch.inputs, batch.rows, inputs),
    array(batch.targets, batch.rows, outputs),
  );
  for (const part of networkParts) gradients[part].set(found[part].dataSync() as Float32Array);
  return loss.dataSync()[0]!;
}

async function open(): Promise<Outcome<null>> {
  try {
    const jax = await import('@jax-js/jax');
    const devices = await jax.init('wasm');
    if (!devices.includes('wasm')) return failure('jax-js has no WebAssembly device on this machine.');
    backend = { numpy: jax.numpy, lossAndGradients: compile(jax) };
    return success(null);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return failure(`jax-js, which trains neural networks, cannot be loaded: ${cause}`);
  }
}

function compile({ jit, nn, numpy, valueAndGrad }: typeof Jax): LossAndGradients {
  const loss = (weights: Weights, inputs: Jax.Array, targets: Jax.Array): Jax.Array => {
    const units = nn.relu(numpy.matmul(inputs, weights.hiddenWeights).add(weights.hiddenBiases));
    const logits = numpy.matmul(units, weights.outputWeights).add(weights.outputBiases);
    return nn.logSoftmax(logits).mul(targets).sum().neg();
  };
  return jit(valueAndGrad(loss)) as LossAndGradients;
}
