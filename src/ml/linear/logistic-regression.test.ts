import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { selectRows } from '../sparse.ts';
import type { LinearState } from './linear-state.ts';
import { LogisticRegression } from './logistic-regression.ts';

const { input, labels } = clouds(90, 11);

describe('logistic regression', () => {
  /** Mean weighted loss with the penalty, written down once more without any trick. */
  function lossOf(state: LinearState, c: number): number {
    const model = new LogisticRegression();
    const probabilities = model.predictProba(state, input);
    let loss = 0;
    labels.forEach((label, r) => {
      loss -= Math.log(probabilities[r * 3 + state.classes.indexOf(label)]!);
    });
    const squares = state.weights.reduce((sum, w) => sum + w * w, 0);
    return c * loss + 0.5 * squares;
  }

  it('stands at the minimum: any small move of a weight or intercept makes the loss larger', () => {
    const c = 2;
    const fitted = new LogisticRegression({ c, classWeight: 'none', tolerance: 1e-9 }).fit(input, labels);
    if (!fitted.ok) throw new Error(fitted.reason);
    const best = lossOf(fitted.value, c);
    for (const part of ['weights', 'intercepts'] as const) {
      for (let i = 0; i < fitted.value[part].length; i++) {
        for (const move of [-0.01, 0.01]) {
          const moved = fitted.value[part].slice();
          moved[i] = moved[i]! + move;
          expect(lossOf({ ...fitted.value, [part]: moved }, c)).toBeGreaterThan(best);
        }
      }
    }
  });

  it('weighs classes so that repeating the rows of one changes nothing when balanced', () => {
    const rows = labels.map((_, r) => r);
    const more = [...rows, ...rows.filter((r) => labels[r] === 'red')];
    const learn = (order: number[], classWeight: 'none' | 'balanced'): Float64Array => {
      const model = new LogisticRegression({ c: 1e6 / order.length, classWeight, tolerance: 1e-8 });
      const fitted = model.fit(
        selectRows(input, order),
        order.map((r) => labels[r]!),
      );
      if (!fitted.ok) throw new Error(fitted.reason);
      return model.predictProba(fitted.value, input);
    };
    const difference = (classWeight: 'none' | 'balanced'): number => {
      const [a, b] = [learn(rows, classWeight), learn(more, classWeight)];
      return Math.max(...a.map((p, i) => Math.abs(p - b[i]!)));
    };
    expect(difference('balanced')).toBeLessThan(1e-4);
    expect(difference('none')).toBeGreaterThan(0.01);
  });

  it('a smaller C pulls the weights towards zero', () => {
    const size = (c: number): number => {
      const fitted = new LogisticRegression({ c }).fit(input, labels);
      return fitted.ok ? Math.hypot(...fitted.value.weights) : Number.NaN;
    };
    expect(size(0.01)).toBeLessThan(size(1) / 5);
  });

  it('refuses a state whose weights do not fit its classes', () => {
    const model = new LogisticRegression();
    const sections = { weights: new Float32Array(5), intercepts: new Float32Array(2) };
    const loaded = model.load({ header: { classes: ['a', 'b'], columns: 3 }, sections });
    expect(loaded).toMatchObject({ ok: false });
  });
});
