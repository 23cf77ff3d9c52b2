import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from './random.ts';
import { groupHoldOut, stratifiedGroupFolds } from './splits.ts';

const row = fc.record({
  label: fc.constantFrom('a', 'b', 'c'),
  group: fc.option(fc.integer({ min: 0, max: 15 }).map(String)),
});

describe('folds by group', () => {
  it('no group on both sides, every row in test exactly once', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), fc.integer({ min: 2, max: 6 }), (rows, folds) => {
        const groups = rows.map((r) => r.group);
        const splits = stratifiedGroupFolds(
          rows.map((r) => r.label),
          groups,
          { folds, seed: 1 },
        );
        expect(splits.flatMap((split) => split.test).sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
        for (const { train, test } of splits) {
          expect(train.length + test.length).toBe(rows.length);
          const inTrain = new Set(train.map((i) => groups[i]).filter((group) => group !== null));
          for (const i of test) expect(inTrain.has(groups[i] ?? '')).toBe(false);
        }
      }),
    );
  });

  it('spreads each label evenly when groups allow it', () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 'rare' : 'common'));
    const splits = stratifiedGroupFolds(
      labels,
      labels.map(() => null),
      { folds: 5, seed: 9 },
    );
    for (const { test } of splits) {
      expect(test).toHaveLength(20);
      expect(test.filter((i) => labels[i] === 'rare')).toHaveLength(2);
    }
  });

  it('the same seed gives the same folds, another one others', () => {
    const labels = Array.from({ length: 40 }, (_, i) => String(i % 3));
    const groups = labels.map(() => null);
    const folds = (seed: number): unknown => stratifiedGroupFolds(labels, groups, { folds: 4, seed });
    expect(folds(1)).toEqual(folds(1));
    expect(folds(1)).not.toEqual(folds(2));
  });

  it('fewer groups than folds give fewer folds', () => {
    expect(stratifiedGroupFolds(['a', 'b', 'a'], ['1', '2', '1'], { folds: 5, seed: 1 })).toHaveLength(2);
  });

  it('a hold-out has about the share asked for', () => {
    const labels = Array.from({ length: 200 }, (_, i) => String(i % 4));
    const split = groupHoldOut(
      labels,
      labels.map((_, i) => String(i >> 1)),
      { share: 0.2, seed: 1 },
    );
    expect(split.test.length).toBeGreaterThan(30);
    expect(split.test.length).toBeLessThan(50);
  });
});

describe('random numbers', () => {
  it('are the same for the same seed, in [0,1), and about even', () => {
    const random = createRandom(42);
    const again = createRandom(42);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const value = random.next();
      expect(value).toBe(again.next());
      counts[Math.floor(value * 10)]!++;
    }
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(createRandom(1).next()).not.toBe(createRandom(2).next());
  });

  it('shuffling keeps every item and leaves the list alone', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const copy = shuffled(items, createRandom(1));
    expect(copy).not.toEqual(items);
    expect([...copy].sort()).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
