import { expect, it } from 'vitest';
import { startAdam, stepAdam } from './adamw.ts';
import { emptyNetwork, networkParts } from './network.ts';

const shape = { inputs: 2, hidden: 2, outputs: 2 };

it('moves each weight by the learning rate against its gradient in the first step, however steep it is', () => {
  const network = emptyNetwork(shape);
  const gradients = emptyNetwork(shape);
  gradients.hiddenWeights.set([1e-3, -1e-3, 1e3, -1e3]);
  stepAdam(network, gradients, startAdam(network), { learningRate: 0.01, weightDecay: 0 });
  [-0.01, 0.01, -0.01, 0.01].forEach((expected, i) => {
    expect(network.hiddenWeights[i]).toBeCloseTo(expected, 6);
  });
  expect([...network.outputWeights]).toEqual([0, 0, 0, 0]);
});

it('lets weights decay apart from their gradients, and biases stay', () => {
  const network = emptyNetwork(shape);
  for (const part of networkParts) network[part].fill(1);
  const state = startAdam(network);
  for (let i = 0; i < 10; i++) stepAdam(network, emptyNetwork(shape), state, { learningRate: 0.1, weightDecay: 0.5 });
  expect(network.hiddenWeights[0]).toBeCloseTo(0.95 ** 10, 5);
  expect(network.outputWeights[3]).toBeCloseTo(0.95 ** 10, 5);
  expect(network.hiddenBiases[1]).toBe(1);
  expect(network.outputBiases[1]).toBe(1);
});

it('finds the bottom of a bowl whose sides differ by a factor of a million', () => {
  const network = emptyNetwork(shape);
  network.hiddenBiases.set([3, -2]);
  const gradients = emptyNetwork(shape);
  const state = startAdam(network);
  for (let i = 0; i < 3000; i++) {
    gradients.hiddenBiases[0] = 1e3 * (network.hiddenBiases[0]! - 1);
    gradients.hiddenBiases[1] = 1e-3 * (network.hiddenBiases[1]! - 1);
    stepAdam(network, gradients, state, { learningRate: 0.01, weightDecay: 0 });
  }
  expect(network.hiddenBiases[0]).toBeCloseTo(1, 2);
  expect(network.hiddenBiases[1]).toBeCloseTo(1, 2);
});
