import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { createRandom } from '../random.ts';
import { type Batch, lossAndGradients, prepareNeural } from './backend.ts';
import { emptyNetwork, initialNetwork, type Network, networkLogits, networkParts } from './network.ts';
import { NeuralClassifier } from './neural-classifier.ts';

/** The part of jax-js that holds memory: its device, which the front door does not show. */
interface Device {
  malloc(size: number, data?: Uint8Array): number;
  incRef(slot: number): void;
  decRef(slot: number): void;
}

/** Counts the arrays that live in the memory of jax-js, from now on. */
async function countLiveArrays(): Promise<() => number> {
  const folder = dirname(fileURLToPath(import.meta.resolve('@jax-js/jax')));
  const file = globSync('backend-*.js', { cwd: folder })[0]!;
  const internals: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
  const find = Object.values(internals).find((value) => typeof value === 'function' && value.name === 'getBackend');
  const device = (find as (name: 'wasm') => Device)('wasm');
  const references = new Map<number, number>();
  const { malloc, incRef, decRef } = device;
  const add = (slot: number, change: number): void => {
    const count = (references.get(slot) ?? 0) + change;
    if (count === 0) references.delete(slot);
    else references.set(slot, count);
  };
  device.malloc = (size, data) => {
    const slot = malloc.call(device, size, data);
    add(slot, 1);
    return slot;
  };
  device.incRef = (slot) => {
    incRef.call(device, slot);
    add(slot, 1);
  };
  device.decRef = (slot) => {
    decRef.call(device, slot);
    add(slot, -1);
  };
  return () => references.size;
}

const shape = { inputs: 5, hidden: 4, outputs: 3 };

function problem(): { network: Network; batch: Batch } {
  const random = createRandom(2);
  const network = initialNetwork(shape, random);
  for (const part of networkParts) network[part].set(network[part].map(() => random.next() - 0.5));
  const inputs = Float32Array.from({ length: 4 * 5 }, (_, i) => (i < 15 ? random.next() - 0.5 : 0));
  // The fourth row is missing: its targets are zero.
  const targets = Float32Array.of(0, 0.5, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0);
  return { network, batch: { rows: 4, inputs, targets } };
}

/** The loss by our own forward pass, in 64 bits. */
function lossOf(network: Network, { rows, inputs, targets }: Batch): number {
  const logits = new Float64Array(3);
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    networkLogits(network, inputs.subarray(r * 5, (r + 1) * 5), new Float64Array(4), logits);
    const whole = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    for (let c = 0; c < 3; c++) loss += targets[r * 3 + c]! * (whole - logits[c]!);
  }
  return loss;
}

describe('the backend', () => {
  beforeAll(async () => {
    expect(await prepareNeural()).toEqual({ ok: true, value: null });
  });

  it('gives the loss of our own forward pass and gradients that agree with differences', () => {
    const { network, batch } = problem();
    const gradients = emptyNetwork(shape);
    expect(lossAndGradients(network, batch, gradients)).toBeCloseTo(lossOf(network, batch), 5);
    const step = 1e-3;
    for (const part of networkParts) {
      const weights = network[part];
      for (let i = 0; i < weights.length; i++) {
        const before = weights[i]!;
        weights[i] = before + step;
        const above = { loss: lossOf(network, batch), at: weights[i]! };
        weights[i] = before - step;
        const slope = (above.loss - lossOf(network, batch)) / (above.at - weights[i]!);
        weights[i] = before;
        expect(gradients[part][i], `${part}[${i}]`).toBeCloseTo(slope, 3);
      }
    }
  });

  it('leaves no array behind after 100 trainings', async () => {
    const live = await countLiveArrays();
    const { input, labels } = clouds(60, 5);
    const model = new NeuralClassifier({ features: 'dense', hidden: 8, epochs: 1, stopping: 'none', batch: 16 });
    // The program for a shape, kept for the next time, holds one number.
    expect(model.fit(input, labels).ok).toBe(true);
    const before = live();
    for (let seed = 1; seed <= 100; seed++) expect(model.fit(input, labels, { seed }).ok).toBe(true);
    expect(live()).toBe(before);
  });

  it('would see an array that is left behind', async () => {
    const live = await countLiveArrays();
    const { numpy } = await import('@jax-js/jax');
    const before = live();
    const left = numpy.array(Float32Array.of(1, 2, 3), { device: 'wasm' });
    expect(live()).toBe(before + 1);
    left.dispose();
    expect(live()).toBe(before);
  });
});
