import type { Batch } from '../../src/ml/neural/backend.ts';
import { type Network, networkParts } from '../../src/ml/neural/network.ts';

/** Four rows are worked on at a time, so that each weight is loaded once for four. */
const block = 4;

/**
 * What `lossAndGradients` of the backend does, differentiated by hand in plain loops: the peer that says whether
 * jax-js earns its place. `batch.rows` must be a multiple of four.
 */
export function plainLossAndGradients(network: Network, batch: Batch, gradients: Network): number {
  for (const part of networkParts) gradients[part].fill(0);
  const { inputs, hidden, outputs } = network;
  const units = Array.from({ length: block }, () => new Float64Array(hidden));
  const logits = new Float64Array(outputs);
  let loss = 0;
  for (let from = 0; from < batch.rows; from += block) {
    const rows = units.map((_, i) => batch.inputs.subarray((from + i) * inputs, (from + i + 1) * inputs));
    multiplyBlock(network, rows, units);
    units.forEach((row, i) => {
      const targets = batch.targets.subarray((from + i) * outputs, (from + i + 1) * outputs);
      loss += outputLayer({ network, gradients, targets, logits }, row);
    });
    gatherBlock(gradients, rows, units);
  }
  return loss;
}

function multiplyBlock(network: Network, rows: readonly Float32Array[], units: readonly Float64Array[]): void {
  const { inputs, hidden, hiddenWeights: weights } = network;
  const [x0, x1, x2, x3] = rows as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [u0, u1, u2, u3] = units as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (const unit of units) unit.set(network.hiddenBiases);
  for (let i = 0; i < inputs; i++) {
    const [a, b, c, d] = [x0[i]!, x1[i]!, x2[i]!, x3[i]!];
    const at = i * hidden;
    for (let u = 0; u < hidden; u++) {
      const weight = weights[at + u]!;
      u0[u] = u0[u]! + a * weight;
      u1[u] = u1[u]! + b * weight;
      u2[u] = u2[u]! + c * weight;
      u3[u] = u3[u]! + d * weight;
    }
  }
}

/** Units in, the loss by them out; adds the gradients of the output layer. Returns the loss. */
function outputLayer(
  at: { network: Network; gradients: Network; targets: Float32Array; logits: Float64Array },
  units: Float64Array,
): number {
  const { network, gradients, targets, logits } = at;
  const { hidden, outputs, outputWeights } = network;
  logits.set(network.outputBiases);
  for (let u = 0; u < hidden; u++) {
    const value = units[u]!;
    if (value > 0) for (let c = 0; c < outputs; c++) logits[c] = logits[c]! + value * outputWeights[u * outputs + c]!;
  }
  const loss = lossAndSlopes(logits, targets);
  for (let c = 0; c < outputs; c++) gradients.outputBiases[c]! += logits[c]!;
  for (let u = 0; u < hidden; u++) {
    const value = units[u]!;
    let slope = 0;
    for (let c = 0; value > 0 && c < outputs; c++) {
      slope += logits[c]! * outputWeights[u * outputs + c]!;
      gradients.outputWeights[u * outputs + c]! += logits[c]! * value;
    }
    units[u] = slope;
    gradients.hiddenBiases[u]! += slope;
  }
  return loss;
}

/** Logits in, the slopes of the loss by them out. */
function lossAndSlopes(logits: Float64Array, targets: Float32Array): number {
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  const weight = targets.reduce((total, target) => total + target, 0);
  let loss = 0;
  for (let c = 0; c < logits.length; c++) {
    const logP = logits[c]! - highest - Math.log(sum);
    loss -= targets[c]! * logP;
    logits[c] = weight * Math.exp(logP) - targets[c]!;
  }
  return loss;
}

function gatherBlock(gradients: Network, rows: readonly Float32Array[], slopes: readonly Float64Array[]): void {
  const { inputs, hidden, hiddenWeights: sums } = gradients;
  const [x0, x1, x2, x3] = rows as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [s0, s1, s2, s3] = slopes as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < inputs; i++) {
    const [a, b, c, d] = [x0[i]!, x1[i]!, x2[i]!, x3[i]!];
    const at = i * hidden;
    for (let u = 0; u < hidden; u++) {
      sums[at + u] = sums[at + u]! + a * s0[u]! + b * s1[u]! + c * s2[u]! + d * s3[u]!;
    }
  }
}
