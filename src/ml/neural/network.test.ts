import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { fromDense } from '../sparse.ts';
import { initialNetwork, networkLogits } from './network.ts';
import { networkRows, scaleRows, withoutScale } from './network-rows.ts';
import { NeuralClassifier } from './neural-classifier.ts';

it('computes one hidden layer of rectified linear units', () => {
  const network = {
    inputs: 2,
    hidden: 2,
    outputs: 2,
    hiddenWeights: Float32Array.of(1, -1, 2, 1),
    hiddenBiases: Float32Array.of(0.5, 0),
    outputWeights: Float32Array.of(1, 2, 3, 4),
    outputBiases: Float32Array.of(0, -1),
  };
  const logits = new Float64Array(2);
  // Units: 1·3 + 2·1 + 0.5 = 5.5, and −3 + 1 = −2, which becomes 0.
  networkLogits(network, Float32Array.of(3, 1), new Float64Array(2), logits);
  expect([...logits]).toEqual([5.5, 10]);
});

it('is equally unsure of every class at the start', () => {
  const network = initialNetwork({ inputs: 3, hidden: 5, outputs: 4 }, createRandom(1));
  const logits = new Float64Array(4).fill(9);
  networkLogits(network, Float32Array.of(1, -2, 3), new Float64Array(5), logits);
  expect([...logits]).toEqual([0, 0, 0, 0]);
});

it('scales rows to columns around zero and a mean square of one, and takes the scale back into the weights', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      (seed, count, columns) => {
        const random = createRandom(seed);
        const raw = Float32Array.from({ length: count * columns }, (_, i) => 5 + (i % columns) + random.next());
        const scaled = raw.slice();
        const scale = scaleRows(scaled, columns);
        expect(scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length).toBeCloseTo(1, 4);
        for (let c = 0; c < columns; c++) {
          expect(scaled.reduce((sum, value, i) => sum + (i % columns === c ? value : 0), 0) / count).toBeCloseTo(0, 4);
        }
        const network = initialNetwork({ inputs: columns, hidden: 4, outputs: 3 }, random);
        network.outputWeights.set(network.outputWeights.map(() => random.next() - 0.5));
        const [expected, found] = [new Float64Array(3), new Float64Array(3)];
        networkLogits(network, scaled.subarray(0, columns), new Float64Array(4), expected);
        networkLogits(withoutScale(network, scale), raw.subarray(0, columns), new Float64Array(4), found);
        expected.forEach((logit, i) => {
          expect(found[i]).toBeCloseTo(logit, 3);
        });
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});

it('leaves equal rows at zero', () => {
  const rows = Float32Array.of(2, 3, 2, 3);
  expect(scaleRows(rows, 2).factor).toBe(1);
  expect([...rows]).toEqual([0, 0, 0, 0]);
});

it('puts sparse rows where they belong', () => {
  expect([
    ...networkRows(
      fromDense(
        [
          [0, 1],
          [2, 0],
        ],
        2,
      ),
      null,
    ),
  ]).toEqual([0, 1, 2, 0]);
});

it('loads and predicts without the backend', () => {
  const model = new NeuralClassifier({ features: 'dense' });
  const loaded = model.load({
    header: { kind: 'neural', classes: ['no', 'yes'], columns: 1, inputs: 1, hidden: 1, projection: null },
    sections: {
      hiddenWeights: Float32Array.of(2),
      hiddenBiases: Float32Array.of(0),
      outputWeights: Float32Array.of(0, 1),
      outputBiases: Float32Array.of(0, 0),
    },
  });
  if (!loaded.ok) throw new Error(loaded.reason);
  expect([...model.logits(loaded.value, fromDense([[3], [-3]], 1))]).toEqual([0, 6, 0, 0]);
  expect(model.predictProba(loaded.value, fromDense([[-3]], 1))).toEqual(Float64Array.of(0.5, 0.5));
});
