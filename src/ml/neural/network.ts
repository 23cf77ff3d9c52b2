import type { Random } from '../random.ts';

/** How many numbers go in, how many units stand between, how many classes come out. */
export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** One hidden layer of rectified linear units; all weights 32-bit. */
export interface Network extends NetworkShape {
  /** [input · hidden + unit] */
  readonly hiddenWeights: Float32Array;
  readonly hiddenBiases: Float32Array;
  /** [unit · outputs + class] */
  readonly outputWeights: Float32Array;
  readonly outputBiases: Float32Array;
}

export const networkParts = ['hiddenWeights', 'hiddenBiases', 'outputWeights', 'outputBiases'] as const;

export function emptyNetwork({ inputs, hidden, outputs }: NetworkShape): Network {
  return {
    inputs,
    hidden,
    outputs,
    hiddenWeights: new Float32Array(inputs * hidden),
    hiddenBiases: new Float32Array(hidden),
    outputWeights: new Float32Array(hidden * outputs),
    outputBiases: new Float32Array(outputs),
  };
}

/**
 * Hidden weights uniform in ±√(6 / inputs) (He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers); the output
 * layer starts at zero: at first every class is equally likely, and no class owes anything to its place.
 */
export function initialNetwork(shape: NetworkShape, random: Random): Network {
  const network = emptyNetwork(shape);
  const bound = Math.sqrt(6 / shape.inputs);
  for (let i = 0; i < network.hiddenWeights.length; i++) network.hiddenWeights[i] = bound * (2 * random.next() - 1);
  return network;
}

/**
 * The logits of one row of `inputs` numbers into `out`; `units` is room for `hidden` numbers. Plain loops: serving
 * needs no backend. O(hidden · (inputs + outputs)).
 */
export function networkLogits(network: Network, row: Float32Array, units: Float64Array, out: Float64Array): void {
  const { inputs, hidden, outputs, hiddenWeights, outputWeights } = network;
  units.set(network.hiddenBiases);
  for (let i = 0; i < inputs; i++) {
    const value = row[i]!;
    if (value === 0) continue;
    const from = i * hidden;
    for (let u = 0; u < hidden; u++) units[u] = units[u]! + value * hiddenWeights[from + u]!;
  }
  out.set(network.outputBiases);
  for (let u = 0; u < hidden; u++) {
    const value = units[u]!;
    if (value <= 0) continue;
    const from = u * outputs;
    for (let c = 0; c < outputs; c++) out[c] = out[c]! + value * outputWeights[from + c]!;
  }
}
