import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc } from './metrics.ts';
import { createRandom } from './random.ts';
import { blendScope, fitScopeBlend, scopeSigns } from './scope-blend.ts';

/** Rows of three signs: a good one, one of another scale that is worth less, and one that says nothing. */
function drawRows(count: number, shift: number, seed: number): number[][] {
  const random = createRandom(seed);
  const noise = (): number => random.next() + random.next() + random.next() - 1.5;
  return Array.from({ length: count }, () => [noise() + 2 * shift, 100 * (noise() + shift), noise()]);
}

describe('a blend of signs', () => {
  it('without rows out of scope counts all signs the same, each by its own spread', () => {
    const blend = fitScopeBlend(
      [
        [0, 10],
        [2, 30],
      ],
      [],
    );
    expect(blend).toEqual({ means: [1, 20], deviations: [1, 10], weights: [1, 1], bias: 0 });
    expect(blendScope(blend, [2, 10])).toBe(0);
    expect(blendScope(blend, [3, 20])).toBe(2);
  });

  it('learns from rows out of scope which signs are worth more, and separates better than equal weights', () => {
    const inScope = drawRows(300, 0.5, 1);
    const blend = fitScopeBlend(inScope, drawRows(100, 0, 2));
    expect(blend.weights[0]!).toBeGreaterThan(blend.weights[1]!);
    expect(blend.weights[1]!).toBeGreaterThan(blend.weights[2]!);
    const auc = (by: typeof blend): number =>
      rocAuc(
        drawRows(400, 0.5, 3).map((row) => blendScope(by, row)),
        drawRows(400, 0, 4).map((row) => blendScope(by, row)),
      );
    expect(auc(blend)).toBeGreaterThan(auc(fitScopeBlend(inScope, [])) + 0.02);
  });

  it('is at the minimum: the slopes of what it minimises are zero there', () => {
    const inScope = drawRows(200, 0.5, 5);
    const outOfScope = drawRows(50, 0, 6);
    const blend = fitScopeBlend(inScope, outOfScope);
    const slopes = [0, 0, 0, 0];
    [...inScope, ...outOfScope].forEach((row, r) => {
      const isIn = r < inScope.length;
      const error = (1 / (1 + Math.exp(-blendScope(blend, row))) - (isIn ? 1 : 0)) * (isIn ? 50 / 200 : 1);
      slopes[3]! += error;
      row.forEach((sign, i) => {
        slopes[i]! += (error * (sign - blend.means[i]!)) / blend.deviations[i]!;
      });
    });
    blend.weights.forEach((weight, i) => {
      if (weight > 0) expect(slopes[i]! + 10 * (weight - 1)).toBeCloseTo(0, 2);
    });
    expect(slopes[3]).toBeCloseTo(0, 2);
  });

  it('one row out of scope moves the weights only a little', () => {
    const { weights } = fitScopeBlend(drawRows(200, 0.5, 7), drawRows(1, 0, 8));
    for (const weight of weights) expect(Math.abs(weight - 1)).toBeLessThan(0.2);
  });

  it('is the same for any order of rows, takes constant signs, and rises with every sign', () => {
    const row = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -5, max: 5 }), fc.constant(0.1));
    const rows = fc.array(row, { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(rows, rows, row, (inScope, outOfScope, [a, b, c]) => {
        const blend = fitScopeBlend(inScope, outOfScope);
        const turned = fitScopeBlend([...inScope].reverse(), [...outOfScope].reverse());
        blend.weights.forEach((weight, i) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(turned.weights[i]).toBeCloseTo(weight, 6);
        });
        const score = blendScope(blend, [a, b, c]);
        expect(Number.isFinite(score)).toBe(true);
        expect(blendScope(blend, [a + 1, b + 1, c])).toBeGreaterThanOrEqual(score - 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('joins the signs of a text in one order', () => {
    const logits = [Math.log(3), 0];
    const three = scopeSigns({ logits, familiarity: 0.5, scopeLogit: null });
    [Math.log(3 / 4), Math.log(4), 0.5].forEach((value, i) => {
      expect(three[i]).toBeCloseTo(value, 12);
    });
    expect(scopeSigns({ logits, familiarity: 0.5, scopeLogit: -2 })).toEqual([...three, -2]);
  });

  it('knows nothing without rows in scope', () => {
    expect(blendScope(fitScopeBlend([], [[1]]), [5])).toBe(0);
  });
});
