import { beforeAll, describe, expect, it } from 'vitest';
import { classifierChecks } from '../checks/check-classifier.ts';
import { cloudSubject, clouds } from '../checks/clouds.ts';
import { serialiseModel } from '../model-format.ts';
import type { Outcome } from '../outcome.ts';
import { createRandom } from '../random.ts';
import { fromDense, selectRows } from '../sparse.ts';
import { prepareNeural } from './backend.ts';
import { NeuralClassifier, type NeuralParameters } from './neural-classifier.ts';
import type { NeuralState } from './neural-state.ts';

const small: Partial<NeuralParameters> = { hidden: 16, epochs: 12, learningRate: 1e-2 };
const { input, labels } = clouds(90, 11);

function learned<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

function bytesOf(model: NeuralClassifier, state: NeuralState): Uint8Array {
  return serialiseModel(model.save(state), () => 'none');
}

it('refuses to learn before the backend is prepared, and says what to do', () => {
  expect(new NeuralClassifier(small).fit(input, labels)).toEqual({
    ok: false,
    reason: 'Neural networks are not prepared: await prepareNeural() before the fit.',
  });
});

describe('with the backend prepared', () => {
  beforeAll(async () => {
    expect(await prepareNeural()).toEqual({ ok: true, value: null });
  });

  it.each(classifierChecks)('on a projection: $name', (check) => {
    expect(check.run(cloudSubject(() => new NeuralClassifier({ ...small, features: 'svd', rank: 6 })))).toBeNull();
  });

  it('learns what no line can part: exclusive or', () => {
    const random = createRandom(7);
    const points = Array.from({ length: 200 }, () => [random.next() * 2 - 1, random.next() * 2 - 1]);
    const sides = points.map(([x, y]) => (x! * y! > 0 ? 'same' : 'different'));
    const model = new NeuralClassifier({ ...small, features: 'dense', epochs: 30 });
    const state = learned(model.fit(fromDense(points, 2), sides));
    const probabilities = model.predictProba(state, fromDense(points, 2));
    const right = sides.filter((side, r) => (probabilities[2 * r]! > 0.5 ? 'different' : 'same') === side).length;
    expect(right).toBeGreaterThan(180);
  });

  it('gives the same bytes for a seed, other bytes for another', () => {
    const model = new NeuralClassifier({ ...small, features: 'svd', rank: 6 });
    const [first, second, other] = [5, 5, 6].map((seed) => bytesOf(model, learned(model.fit(input, labels, { seed }))));
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('learns the very same bits from rows in another order and from classes of other names', () => {
    const model = new NeuralClassifier({ ...small, features: 'svd', rank: 6 });
    const order = labels.map((_, row) => labels.length - 1 - row);
    const names = ['blue', 'green', 'red'];
    const mirrored = labels.map((label) => `class ${9 - names.indexOf(label)}`);
    const state = learned(model.fit(input, labels));
    const moved = learned(
      model.fit(
        selectRows(input, order),
        order.map((row) => labels[row]!),
      ),
    );
    const renamed = learned(model.fit(input, mirrored));
    expect(bytesOf(model, moved)).toEqual(bytesOf(model, state));
    const expected = model.logits(state, input);
    expect(model.logits(renamed, input)).toEqual(expected.map((_, i) => expected[i - (i % 3) + 2 - (i % 3)]!));
  });

  it('reports each epoch of both walks, rising to one', () => {
    const seen: number[] = [];
    const model = new NeuralClassifier({ ...small, features: 'dense', epochs: 6, patience: 6 });
    learned(model.fit(input, labels, { onProgress: (fraction) => seen.push(fraction) }));
    expect(seen.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => epoch / 12));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(6);
    expect(seen.at(-1)).toBe(1);
  });

  it('trains exactly as many epochs as asked for when nothing is held out', () => {
    const seen: number[] = [];
    const model = new NeuralClassifier({ ...small, features: 'dense', stopping: 'none', epochs: 4 });
    learned(model.fit(input, labels, { onProgress: (fraction) => seen.push(fraction) }));
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('needs no second group to stop', () => {
    const model = new NeuralClassifier({ ...small, features: 'dense', epochs: 2 });
    expect(model.fit(input, labels, { groups: labels.map(() => 'one') }).ok).toBe(true);
  });

  it('weighs rare classes up when they are to be balanced', () => {
    const random = createRandom(3);
    const points = Array.from({ length: 300 }, () => [random.next()]);
    const rare = points.map((_, r) => (r % 10 === 0 ? 'rare' : 'usual'));
    const meanOfRare = (classWeight: 'none' | 'balanced'): number => {
      const model = new NeuralClassifier({ ...small, features: 'dense', stopping: 'none', classWeight });
      const probabilities = model.predictProba(learned(model.fit(fromDense(points, 1), rare)), fromDense(points, 1));
      return probabilities.reduce((sum, p, i) => sum + (i % 2 === 0 ? p : 0), 0) / points.length;
    };
    expect(meanOfRare('none')).toBeLessThan(0.2);
    expect(meanOfRare('balanced')).toBeGreaterThan(0.35);
  });

  it('refuses rows without any feature on a projection, and learns the shares of the classes from dense ones', () => {
    const empty = fromDense(
      labels.map(() => [0, 0]),
      2,
    );
    const refused = new NeuralClassifier({ ...small, features: 'svd' }).fit(empty, labels);
    expect(refused).toMatchObject({ ok: false, reason: expect.stringContaining('nothing to learn from') });
    expect(new NeuralClassifier({ ...small, features: 'dense' }).fit(empty, labels).ok).toBe(true);
  });

  it('says that it diverged instead of handing out numbers that are none', () => {
    const wild = new NeuralClassifier({ ...small, features: 'dense', learningRate: 1e38 });
    expect(wild.fit(input, labels)).toMatchObject({ ok: false, reason: expect.stringContaining('diverged') });
  });

  it('refuses saved states whose parts do not fit together', () => {
    const model = new NeuralClassifier({ ...small, features: 'svd', rank: 6, epochs: 1 });
    const saved = model.save(learned(model.fit(input, labels)));
    const broken = [
      { ...saved, header: { ...saved.header, hidden: 1e12 } },
      { ...saved, header: { ...saved.header, inputs: 5 } },
      { ...saved, header: { ...saved.header, projection: null } },
      { ...saved, header: { ...saved.header, classes: ['only', 'two'] } },
      { ...saved, header: { ...saved.header, columns: 13 } },
      { ...saved, sections: { ...saved.sections, components: new Float32Array(3) } },
      { ...saved, sections: { ...saved.sections, outputBiases: new Float64Array(3) } },
    ];
    expect(broken.map((state) => model.load(state).ok)).toEqual(broken.map(() => false));
    expect(model.load(saved).ok).toBe(true);
  });
});
