import { canonicalOrder } from '../canonical-order.ts';
import { truncatedSvd } from '../decomposition/truncated-svd.ts';
import type { Classifier, FitOptions, SavedState } from '../estimator.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { findProblem } from '../linear/linear-state.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { createRandom } from '../random.ts';
import type { CsrMatrix } from '../sparse.ts';
import { isNeuralPrepared } from './backend.ts';
import { chooseEpochs } from './choose-epochs.ts';
import { type Network, networkLogits, networkParts } from './network.ts';
import { inOrder, networkRows, scaleRows, withoutScale } from './network-rows.ts';
import { loadNeuralState, type NeuralState, saveNeuralState } from './neural-state.ts';
import { type TrainingPlan, type TrainingRows, trainNetwork } from './train-network.ts';

export interface NeuralParameters {
  /** `svd`: rows are projected on their strongest components; `dense`: they are vectors already (embeddings). */
  readonly features: 'svd' | 'dense';
  /** Components of `svd`. */
  readonly rank: number;
  readonly hidden: number;
  /** At the start; falls evenly to zero. */
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly batch: number;
  /** Most epochs; exactly as many when `stopping` is `none`. */
  readonly epochs: number;
  /** `held-out`: the number of epochs is found on a tenth of the rows, by group; then all rows are learned from. */
  readonly stopping: 'held-out' | 'none';
  /** Epochs without a better one after which the search for their number ends. */
  readonly patience: number;
  /** `balanced` weighs a row by n / (classes · rows of its class). */
  readonly classWeight: 'none' | 'balanced';
}

export const defaultNeuralParameters: NeuralParameters = {
  features: 'svd',
  rank: 128,
  hidden: 128,
  learningRate: 1e-3,
  weightDecay: 1e-4,
  batch: 64,
  epochs: 30,
  stopping: 'held-out',
  patience: 5,
  classWeight: 'balanced',
};

/**
 * A multilayer perceptron: one hidden layer of rectified linear units, softmax cross-entropy, AdamW. `fit` needs
 * `prepareNeural` awaited before, blocks its thread (run it in a worker) and reports each epoch; prediction needs
 * neither and takes 0.02 ms a row beyond the projection.
 *
 * Rows are learned from in canonical order and classes numbered by their first row there, so that neither the order
 * of the file nor the names of the classes change a bit of the result.
 */
export class NeuralClassifier implements Classifier<CsrMatrix, NeuralState> {
  readonly kind = 'neural';
  readonly parameters: NeuralParameters;

  constructor(parameters: Partial<NeuralParameters> = {}) {
    this.parameters = { ...defaultNeuralParameters, ...parameters };
  }

  fit(matrix: CsrMatrix, labels: readonly string[], options: FitOptions = {}): Outcome<NeuralState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    if (!isNeuralPrepared()) return failure('Neural networks are not prepared: await prepareNeural() before the fit.');
    const seed = options.seed ?? 1;
    const svd = this.parameters.features === 'svd' ? truncatedSvd(matrix, { rank: this.parameters.rank, seed }) : null;
    const columns = svd?.rank ?? matrix.columns;
    if (columns === 0) return failure('No row has a feature: there is nothing to learn from.');
    const order = [...canonicalOrder(matrix)];
    const names = order.map((row) => labels[row]!);
    const inputs = inOrder(networkRows(matrix, svd), columns, order);
    const scale = scaleRows(inputs, columns);
    const seen = [...new Set(names)];
    const rows = trainingRows({ inputs, columns }, names, seen, this.parameters.classWeight);
    const groups = order.map((row) => options.groups?.[row] ?? null);
    const trained = this.#train(rows, { ...options, seed, groups });
    if (!networkParts.every((part) => trained[part].every(Number.isFinite))) {
      return failure('The network diverged: its weights are no finite numbers. Take a smaller learning rate.');
    }
    const classes = [...seen].sort();
    const places = classes.map((name) => seen.indexOf(name));
    return success({
      classes,
      columns: matrix.columns,
      svd,
      network: withOutputsAt(places, withoutScale(trained, scale)),
    });
  }

  classes(state: NeuralState): readonly string[] {
    return state.classes;
  }

  logits(state: NeuralState, matrix: CsrMatrix): Float64Array {
    const { network, svd } = state;
    const k = network.outputs;
    const inputs = networkRows(matrix, svd);
    const units = new Float64Array(network.hidden);
    const out = new Float64Array(matrix.rows * k);
    for (let r = 0; r < matrix.rows; r++) {
      const row = inputs.subarray(r * network.inputs, (r + 1) * network.inputs);
      networkLogits(network, row, units, out.subarray(r * k, (r + 1) * k));
    }
    return out;
  }

  predictProba(state: NeuralState, matrix: CsrMatrix): Float64Array {
    const k = state.classes.length;
    const out = this.logits(state, matrix);
    for (let r = 0; r < matrix.rows; r++) softmaxInPlace(out.subarray(r * k, (r + 1) * k));
    return out;
  }

  save(state: NeuralState): SavedState {
    return saveNeuralState(this.kind, state);
  }

  load(saved: SavedState): Outcome<NeuralState> {
    return loadNeuralState(saved);
  }

  #train(rows: TrainingRows, options: Required<Pick<FitOptions, 'seed' | 'groups'>> & FitOptions): Network {
    const { seed, groups, onProgress } = options;
    const { epochs, stopping, patience } = this.parameters;
    // Searching for the number of epochs and training with it are half of the way each.
    const half = stopping === 'held-out' ? 0.5 : 0;
    const plan = (most: number, from: number): TrainingPlan => ({
      ...this.parameters,
      epochs: most,
      rate: 'falling',
      random: createRandom(seed),
      afterEpoch: (_, epoch) => {
        onProgress?.(from + ((from === 0 && half > 0 ? half : 1 - from) * epoch) / most);
        return 'on';
      },
    });
    const chosen = half > 0 ? chooseEpochs(rows, plan(epochs, 0), { groups, seed, patience }) : epochs;
    const all = Int32Array.from({ length: rows.targets.length }, (_, row) => row);
    return trainNetwork(rows, all, plan(chosen, half));
  }
}

function trainingRows(
  dense: { readonly inputs: Float32Array; readonly columns: number },
  names: readonly string[],
  seen: readonly string[],
  classWeight: 'none' | 'balanced',
): TrainingRows {
  const numbers = new Map(seen.map((name, number) => [name, number]));
  const targets = Int32Array.from(names, (name) => numbers.get(name)!);
  const counts = new Float64Array(seen.length);
  for (const target of targets) counts[target]!++;
  const classWeights = counts.map((count) => (classWeight === 'none' ? 1 : names.length / (seen.length * count)));
  return { ...dense, targets, classes: seen.length, classWeights };
}

/** The same network with output `places[c]` as class c. */
function withOutputsAt(places: readonly number[], network: Network): Network {
  const { outputs } = network;
  const outputWeights = network.outputWeights.map((_, i) => {
    const to = i % outputs;
    return network.outputWeights[i - to + places[to]!]!;
  });
  const outputBiases = Float32Array.from(places, (from) => network.outputBiases[from]!);
  return { ...network, outputWeights, outputBiases };
}
