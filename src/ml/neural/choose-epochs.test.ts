import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { prepareNeural } from './backend.ts';
import { chooseEpochs } from './choose-epochs.ts';
import type { TrainingPlan, TrainingRows } from './train-network.ts';

/** Each row stands there twice, in neighbouring places; its class is chance: only copies can be known again. */
function pairs(count: number): TrainingRows {
  const random = createRandom(4);
  const columns = 12;
  const rows = Array.from({ length: count }, () => Array.from({ length: columns }, () => 2 * random.next() - 1));
  const chance = rows.map(() => random.integer(2));
  return {
    columns,
    inputs: Float32Array.from(rows.flatMap((row) => [...row, ...row])),
    targets: Int32Array.from(chance.flatMap((target) => [target, target])),
    classes: 2,
    classWeights: Float64Array.of(1, 1),
  };
}

function planOf(epochs: number, seen: number[]): TrainingPlan {
  return {
    hidden: 32,
    batch: 16,
    learningRate: 1e-2,
    weightDecay: 1e-4,
    rate: 'falling',
    epochs,
    random: createRandom(1),
    afterEpoch: (_, epoch) => {
      seen.push(epoch);
      return 'on';
    },
  };
}

const inPairs = (count: number): string[] => Array.from({ length: 2 * count }, (_, row) => `pair ${row >> 1}`);

describe('the number of epochs', () => {
  beforeAll(async () => {
    await prepareNeural();
  });

  it('is where the held-out groups were met best, and the search ends soon after', () => {
    const seen: number[] = [];
    const chosen = chooseEpochs(pairs(100), planOf(40, seen), { groups: inPairs(100), seed: 1, patience: 4 });
    expect(seen.at(-1)).toBe(chosen + 4);
    expect(chosen).toBeLessThan(36);
  });

  it('is large where copies leak into the held-out rows, small where groups keep them out', () => {
    const rows = pairs(100);
    const holdOut = { seed: 1, patience: 12 };
    const leaking = chooseEpochs(rows, planOf(40, []), { ...holdOut, groups: inPairs(100).map(() => null) });
    const apart = chooseEpochs(rows, planOf(40, []), { ...holdOut, groups: inPairs(100) });
    expect(apart).toBeLessThan(leaking);
  });

  it('is all of them when there is one group only', () => {
    const seen: number[] = [];
    const groups = inPairs(20).map(() => 'one');
    expect(chooseEpochs(pairs(20), planOf(9, seen), { groups, seed: 1, patience: 2 })).toBe(9);
    expect(seen).toEqual([]);
  });
});
