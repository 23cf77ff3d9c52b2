import { loadSvd, saveSvd } from '../decomposition/project-rows.ts';
import type { SvdState } from '../decomposition/truncated-svd.ts';
import type { SavedState } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { type Network, networkParts } from './network.ts';

export interface NeuralState {
  /** Ascending; the outputs of the network in this order. */
  readonly classes: readonly string[];
  /** Of the rows before any projection. */
  readonly columns: number;
  /** null when rows are dense vectors already. */
  readonly svd: SvdState | null;
  readonly network: Network;
}

export function saveNeuralState(kind: string, { classes, columns, svd, network }: NeuralState): SavedState {
  const { inputs, hidden, hiddenWeights, hiddenBiases, outputWeights, outputBiases } = network;
  const projection = svd === null ? null : saveSvd(svd);
  return {
    header: { kind, classes, columns, inputs, hidden, projection: projection?.header ?? null },
    sections: { hiddenWeights, hiddenBiases, outputWeights, outputBiases, ...projection?.sections },
  };
}

export function loadNeuralState({ header, sections }: SavedState): Outcome<NeuralState> {
  const { classes, columns, inputs, hidden, projection } = header;
  if (!Array.isArray(classes) || !classes.every((name) => typeof name === 'string') || typeof columns !== 'number') {
    return failure('The header names no classes or columns of a neural network.');
  }
  if (!isSize(inputs) || !isSize(hidden)) return failure('The header names no layers of a neural network.');
  const outputs = classes.length;
  const lengths = {
    hiddenWeights: inputs * hidden,
    hiddenBiases: hidden,
    outputWeights: hidden * outputs,
    outputBiases: outputs,
  };
  for (const part of networkParts) {
    const section = sections[part];
    if (!(section instanceof Float32Array) || section.length !== lengths[part]) {
      return failure(`The section "${part}" of a neural network is missing or does not fit its layers.`);
    }
  }
  const weights = sections as unknown as Pick<Network, (typeof networkParts)[number]>;
  const state = { classes, columns, network: { inputs, hidden, outputs, ...pickParts(weights) } };
  if (projection === null && inputs === columns) return success({ ...state, svd: null });
  if (typeof projection !== 'object' || projection === null) {
    return failure('The neural network has neither a projection nor as many inputs as the rows have columns.');
  }
  const svd = loadSvd({ header: projection as Record<string, unknown>, sections });
  if (!svd.ok) return svd;
  if (svd.value.rank !== inputs || svd.value.columns !== columns) {
    return failure('The projection of the neural network does not fit its inputs.');
  }
  return success({ ...state, svd: svd.value });
}

function pickParts(all: Pick<Network, (typeof networkParts)[number]>): Pick<Network, (typeof networkParts)[number]> {
  const { hiddenWeights, hiddenBiases, outputWeights, outputBiases } = all;
  return { hiddenWeights, hiddenBiases, outputWeights, outputBiases };
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
