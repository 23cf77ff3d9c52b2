import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { prepareNeural } from './backend.ts';
import { type TrainingPlan, type TrainingRows, trainNetwork } from './train-network.ts';

const random = createRandom(9);
const rows: TrainingRows = {
  columns: 4,
  inputs: Float32Array.from({ length: 40 * 4 }, () => random.next() - 0.5),
  targets: Int32Array.from({ length: 40 }, () => random.integer(3)),
  classes: 3,
  classWeights: Float64Array.of(1, 1, 1),
};

function planOf(change: Partial<TrainingPlan>): TrainingPlan {
  const shared = { hidden: 8, batch: 16, learningRate: 1e-2, weightDecay: 0, epochs: 4, rate: 'constant' } as const;
  return { ...shared, random: createRandom(1), afterEpoch: () => 'on', ...change };
}

const every = Int32Array.from({ length: 40 }, (_, row) => row);

/** How far the hidden weights moved in each epoch. */
function movesOf(rate: TrainingPlan['rate']): number[] {
  let before: Float32Array | null = null;
  const moves: number[] = [];
  trainNetwork(
    rows,
    every,
    planOf({
      rate,
      afterEpoch: ({ hiddenWeights }) => {
        if (before !== null) moves.push(Math.hypot(...hiddenWeights.map((weight, i) => weight - before![i]!)));
        before = hiddenWeights.slice();
        return 'on';
      },
    }),
  );
  return moves;
}

describe('training', () => {
  beforeAll(async () => {
    await prepareNeural();
  });

  it('ends when it is told to', () => {
    const seen: number[] = [];
    trainNetwork(
      rows,
      every,
      planOf({
        afterEpoch: (_, epoch) => {
          seen.push(epoch);
          return epoch === 2 ? 'stop' : 'on';
        },
      }),
    );
    expect(seen).toEqual([1, 2]);
  });

  it('comes to rest when the rate falls', () => {
    expect(movesOf('falling').at(-1)).toBeLessThan(movesOf('constant').at(-1)! / 3);
  });

  it('looks at the chosen rows only, and leaves their list as it was', () => {
    const part = Int32Array.of(3, 1, 2, 8);
    const spoilt = {
      ...rows,
      inputs: rows.inputs.map((value, i) => ([1, 2, 3, 8].includes(i >> 2) ? value : Number.NaN)),
    };
    expect(trainNetwork(spoilt, part, planOf({}))).toEqual(trainNetwork(rows, part, planOf({})));
    expect([...part]).toEqual([3, 1, 2, 8]);
  });
});
