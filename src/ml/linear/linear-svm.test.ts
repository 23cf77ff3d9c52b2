import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { fromDense } from '../sparse.ts';
import type { LinearState } from './linear-state.ts';
import { LinearSvm, type SvmParameters } from './linear-svm.ts';

const { input, labels } = clouds(90, 11);

function fitted(parameters: Partial<SvmParameters>, matrix = input, names: readonly string[] = labels): LinearState {
  const outcome = new LinearSvm(parameters).fit(matrix, names);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** Weights of one class, column by column. */
function machineOf(state: LinearState, name: string): number[] {
  const k = state.classes.length;
  return Array.from({ length: state.columns }, (_, c) => state.weights[c * k + state.classes.indexOf(name)]!);
}

/**
 * What scikit-learn 1.2.1 finds on the same rows, printed with six digits by
 *   LinearSVC(C=1, class_weight="balanced", tol=1e-8, max_iter=10**6).fit(X, y).coef_ (and intercept_)
 */
describe("finds scikit-learn's LinearSVC", () => {
  const rows = fromDense(
    [
      [1, 0, 2],
      [2, 1, 0],
      [0, 3, 1],
      [1, 1, 1],
      [3, 0, 1],
      [0, 2, 2],
      [2, 2, 0],
      [0, 0, 3],
      [1, 3, 0],
      [1, 2, 2],
    ],
    3,
  );
  const three = [...'abcabcbacc'];

  it('of three classes', () => {
    const state = fitted({ tolerance: 1e-9 }, rows, three);
    const expected = {
      a: [-0.44476, -0.708809, 0.168981],
      b: [0.824942, -0.421391, -0.775643],
      c: [-0.782746, 0.811757, 0.01313],
    };
    for (const [name, weights] of Object.entries(expected)) {
      machineOf(state, name).forEach((weight, c) => {
        expect(weight).toBeCloseTo(weights[c]!, 5);
      });
    }
    [0.714432, -0.262466, -0.685664].forEach((intercept, c) => {
      expect(state.intercepts[c]).toBeCloseTo(intercept, 5);
    });
  });

  it('of two classes, where one machine serves both and both costs are weighed', () => {
    const two = three.map((name) => (name === 'a' ? 'a' : 'b'));
    const state = fitted({ tolerance: 1e-9 }, rows, two);
    [0.436366, 0.677956, -0.176736].forEach((weight, c) => {
      expect(machineOf(state, 'b')[c]).toBeCloseTo(weight, 5);
    });
    expect(state.intercepts[1]).toBeCloseTo(-0.870985, 5);
    const logits = new LinearSvm().logits(state, rows);
    for (let r = 0; r < rows.rows; r++) expect(logits[2 * r]).toBe(-logits[2 * r + 1]!);
  });
});

describe('linear SVM', () => {
  it('stands at the minimum: any small move of a weight or intercept makes the loss larger', () => {
    const c = 2;
    const state = fitted({ c, classWeight: 'none', tolerance: 1e-9 });
    /** The loss of all machines, written down once more without the dual. */
    const lossOf = (at: LinearState): number => {
      const decisions = new LinearSvm().logits(at, input);
      let errors = 0;
      labels.forEach((label, r) => {
        at.classes.forEach((name, k) => {
          errors += Math.max(0, 1 - (name === label ? 1 : -1) * decisions[r * 3 + k]!) ** 2;
        });
      });
      const squares = [...at.weights, ...at.intercepts].reduce((sum, w) => sum + w * w, 0);
      return c * errors + 0.5 * squares;
    };
    const best = lossOf(state);
    for (const part of ['weights', 'intercepts'] as const) {
      for (let i = 0; i < state[part].length; i++) {
        for (const move of [-0.01, 0.01]) {
          const moved = state[part].slice();
          moved[i] = moved[i]! + move;
          expect(lossOf({ ...state, [part]: moved })).toBeGreaterThan(best);
        }
      }
    }
  });

  it('at its usual tolerance decides as at a tight one, for another seed too', () => {
    const decide = (tolerance: number | undefined, seed: number): number[] => {
      const model = new LinearSvm(tolerance === undefined ? {} : { tolerance });
      const outcome = model.fit(input, labels, { seed });
      if (!outcome.ok) throw new Error(outcome.reason);
      return [...model.logits(outcome.value, input)];
    };
    const tight = decide(1e-9, 1);
    for (const seed of [1, 2]) {
      const furthest = Math.max(...decide(undefined, seed).map((logit, i) => Math.abs(logit - tight[i]!)));
      expect(furthest).toBeLessThan(0.02);
    }
  });

  it('a smaller C pulls the weights towards zero', () => {
    const size = (c: number): number => Math.hypot(...fitted({ c }).weights);
    expect(size(0.001)).toBeLessThan(size(1) / 5);
  });

  it('says how far it is after each class', () => {
    const seen: number[] = [];
    new LinearSvm().fit(input, labels, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([1 / 3, 2 / 3, 1]);
  });

  it('refuses a state whose weights do not fit its classes', () => {
    const sections = { weights: new Float32Array(5), intercepts: new Float32Array(2) };
    expect(new LinearSvm().load({ header: { classes: ['a', 'b'], columns: 3 }, sections })).toMatchObject({
      ok: false,
    });
  });
});
