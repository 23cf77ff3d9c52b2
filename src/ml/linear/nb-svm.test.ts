import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { type CsrMatrix, fromDense } from '../sparse.ts';
import type { LinearState } from './linear-state.ts';
import { LinearSvm } from './linear-svm.ts';
import { NbSvm, type NbSvmParameters } from './nb-svm.ts';

function fitted(parameters: Partial<NbSvmParameters>, matrix: CsrMatrix, names: readonly string[]): LinearState {
  const outcome = new NbSvm(parameters).fit(matrix, names);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** Weights of one class, column by column. */
function machineOf({ classes, columns, weights }: LinearState, name: string): number[] {
  return Array.from({ length: columns }, (_, c) => weights[c * classes.length + classes.indexOf(name)]!);
}

const table = [
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
];
const rows = fromDense(table, 3);
const three = [...'abcabcbacc'];
const two = three.map((name) => (name === 'a' ? 'a' : 'b'));

/**
 * What scikit-learn 1.2.1 finds on the same rows, printed with six digits by, for each class against the rest,
 *   p = 0.1 + X[s > 0].sum(0); q = 0.1 + X[s < 0].sum(0); r = abs(log((p / p.sum()) / (q / q.sum())))
 *   m = LinearSVC(C=0.5, class_weight="balanced", tol=1e-9, max_iter=10**7).fit(X * r, s); m.coef_[0] * r, m.intercept_
 */
describe("finds scikit-learn's LinearSVC on scaled columns", () => {
  const tight = { c: 0.5, smoothing: 0.1, tolerance: 1e-9, maxIterations: 100_000 };

  it('of three classes', () => {
    const state = fitted(tight, rows, three);
    const expected = {
      a: { weights: [-0.142996, -0.560827, 0.266352], intercept: 0.308788 },
      b: { weights: [0.689151, -0.186982, -0.733287], intercept: -0.29177 },
      c: { weights: [-0.718048, 0.702758, -0.000678], intercept: -0.422088 },
    };
    for (const [at, [name, { weights, intercept }]] of Object.entries(expected).entries()) {
      expect(state.intercepts[at]).toBeCloseTo(intercept, 4);
      machineOf(state, name).forEach((weight, c) => {
        expect(weight).toBeCloseTo(weights[c]!, 4);
      });
    }
  });

  it('of two classes, whose machines are mirrors', () => {
    const state = fitted(tight, rows, two);
    const [weights, intercept] = [[0.142996, 0.560827, -0.266352], -0.308788] as const;
    machineOf(state, 'b').forEach((weight, c) => {
      expect(weight).toBeCloseTo(weights[c]!, 4);
      expect(machineOf(state, 'a')[c]).toBe(-weight);
    });
    expect(state.intercepts[1]).toBeCloseTo(intercept, 4);
    expect(state.intercepts[0]).toBe(-state.intercepts[1]!);
  });
});

describe('columns scaled by naive Bayes', () => {
  it('decides as a machine that learned and predicts on scaled columns', () => {
    const sums = (name: string) =>
      [0, 1, 2].map((c) => 0.1 + table.reduce((sum, row, r) => sum + (two[r] === name ? row[c]! : 0), 0));
    const [inside, outside] = [sums('a'), sums('b')];
    const total = (side: number[]) => side.reduce((sum, value) => sum + value, 0);
    const ratios = inside.map((p, c) => Math.abs(Math.log(p / total(inside) / (outside[c]! / total(outside)))));
    const scaled = fromDense(
      table.map((row) => row.map((value, c) => value * ratios[c]!)),
      3,
    );
    const machine = new LinearSvm({ c: 0.5, tolerance: 1e-9, maxIterations: 100_000 });
    const outcome = machine.fit(scaled, two);
    if (!outcome.ok) throw new Error(outcome.reason);
    const model = new NbSvm();
    const state = fitted({ c: 0.5, tolerance: 1e-9, maxIterations: 100_000 }, rows, two);
    const expected = machine.logits(outcome.value, scaled);
    model.logits(state, rows).forEach((logit, i) => {
      expect(logit).toBeCloseTo(expected[i]!, 4);
    });
  });

  it('gives no weight to a column that is as frequent in a class as outside, and most to the one that tells', () => {
    // The first column has half of the weight on both sides, the others tell a from b; both sides weigh the same.
    const even = fromDense(
      [
        [2, 2, 0],
        [2, 2, 0],
        [2, 0, 2],
        [2, 0, 2],
      ],
      3,
    );
    const state = fitted({ c: 1 }, even, ['a', 'a', 'b', 'b']);
    const [first, second, third] = machineOf(state, 'a');
    expect(Math.abs(first!)).toBeLessThan(1e-6);
    expect(second).toBeGreaterThan(0.1);
    expect(third).toBeCloseTo(-second!, 4);
  });

  it('leaves out a column that no row has', () => {
    const wide = fromDense(table, 5);
    const state = fitted({}, wide, three);
    for (const name of 'abc') expect(machineOf(state, name).slice(3)).toEqual([0, 0]);
  });

  it('bears values below zero, as embeddings have them, and learns from them', () => {
    const { input, labels } = clouds(90, 11);
    const negative = {
      ...input,
      values: input.values.map((value, j) => (input.indices[j]! % 2 === 0 ? -value : value)),
    };
    const model = new NbSvm({ c: 1 });
    const state = fitted({ c: 1 }, negative, labels);
    const logits = model.logits(state, negative);
    expect(logits.every(Number.isFinite)).toBe(true);
    const right = labels.filter((label, r) => {
      const row = [...logits.subarray(3 * r, 3 * r + 3)];
      return state.classes[row.indexOf(Math.max(...row))] === label;
    });
    expect(right.length / labels.length).toBeGreaterThan(0.5);
  });

  it('weighs both sides of a class the same: twice the rows of it move nothing', () => {
    const of = (some: readonly number[]) => ({
      matrix: fromDense(
        some.map((r) => table[r]!),
        3,
      ),
      names: some.map((r) => two[r]!),
    });
    const plain = of([0, 3, 7, 1, 2, 4]);
    const doubled = of([0, 3, 7, 0, 3, 7, 1, 2, 4, 1, 2, 4]);
    const tight = { c: 0.5, tolerance: 1e-9, maxIterations: 100_000, smoothing: 1e-9 };
    const [once, twice] = [plain, doubled].map(({ matrix, names }) =>
      fitted({ ...tight, c: matrix.rows === 6 ? 1 : 0.5 }, matrix, names),
    );
    once!.weights.forEach((weight, i) => {
      expect(twice!.weights[i]).toBeCloseTo(weight, 4);
    });
  });
});
