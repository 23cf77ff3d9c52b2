import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { bindClassifier, type FittedClassifier } from '../fitted-classifier.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import type { LinearState } from '../linear/linear-state.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { Neighbours } from '../neighbours/index.ts';
import { fromDense } from '../sparse.ts';
import { blendLinear, mergeLinear } from './blend-linear.ts';
import { type Stacker, stackedLogits } from './stacker.ts';

const [columns, classes] = [4, ['a', 'b', 'c']];
const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true }).map(Math.fround);
const numbers = (length: number, size: number) => fc.array(number(size), { minLength: length, maxLength: length });
const state: fc.Arbitrary<LinearState> = fc.record({
  classes: fc.constant(classes),
  columns: fc.constant(columns),
  weights: numbers(columns * 3, 3).map((w) => Float32Array.from(w)),
  intercepts: numbers(3, 3).map((w) => Float32Array.from(w)),
});
const positive = (length: number) =>
  fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: length, maxLength: length });
const pools = fc.integer({ min: 1, max: 3 }).chain((count) =>
  fc.record({
    states: fc.array(state, { minLength: count, maxLength: count }),
    weights: positive(count),
    temperatures: positive(count),
    biases: numbers(3, 2),
    rows: fc.array(numbers(columns, 1), { minLength: 1, maxLength: 5 }),
  }),
);

const linearMember = (of: LinearState): FittedClassifier => bindClassifier(new LogisticRegression(), of);
const poolOf = (given: { weights: number[]; temperatures: number[]; biases: number[] }): Stacker => ({
  weights: Float64Array.from(given.weights),
  temperatures: Float64Array.from(given.temperatures),
  biases: Float64Array.from(given.biases),
});

describe('mergeLinear', () => {
  it('says what the pool of its linear members says', () => {
    fc.assert(
      fc.property(pools, ({ states, rows, ...given }) => {
        const [members, pool, matrix] = [states.map(linearMember), poolOf(given), fromDense(rows, columns)];
        const merged = mergeLinear(members, pool);
        expect(merged.members).toHaveLength(1);
        const of = (some: readonly FittedClassifier[]) => some.map((member) => member.logits(matrix));
        const [before, after] = [stackedLogits(pool, of(members)), stackedLogits(merged.pool, of(merged.members))];
        // 32-bit weights: what is lost grows with the logits, which here reach some thousands.
        const slack = 1e-5 * Math.max(1, ...before.map(Math.abs));
        after.forEach((logit, i) => {
          expect(Math.abs(logit - before[i]!)).toBeLessThan(slack);
        });
      }),
    );
  });

  it('has the same probabilities to 1e-5 for weights as a pool finds them', () => {
    fc.assert(
      fc.property(pools, ({ states, rows, biases }) => {
        const even = states.map(() => 1 / states.length);
        const pool = poolOf({ weights: even, temperatures: states.map(() => 1), biases });
        const [members, matrix] = [states.map(linearMember), fromDense(rows, columns)];
        const merged = mergeLinear(members, pool);
        const softmaxOf = (logits: Float64Array) => {
          for (let from = 0; from < logits.length; from += 3) softmaxInPlace(logits.subarray(from, from + 3));
          return logits;
        };
        const before = softmaxOf(
          stackedLogits(
            pool,
            members.map((member) => member.logits(matrix)),
          ),
        );
        const after = softmaxOf(stackedLogits(merged.pool, [merged.members[0]!.logits(matrix)]));
        after.forEach((p, i) => {
          expect(Math.abs(p - before[i]!)).toBeLessThan(1e-5);
        });
      }),
    );
  });

  it('leaves a pool alone in which a member is not linear', () => {
    const { input, labels } = clouds(60, 5);
    const fitted = <S>(model: Parameters<typeof bindClassifier<S>>[0]): FittedClassifier => {
      const outcome = model.fit(input, labels);
      if (!outcome.ok) throw new Error(outcome.reason);
      return bindClassifier(model, outcome.value);
    };
    const [linear, votes] = [fitted(new LogisticRegression()), fitted(new Neighbours({ neighbours: 5 }))];
    const pool = poolOf({ weights: [0.5, 2], temperatures: [4, 1], biases: [0.25, 0, -1] });
    expect(mergeLinear([linear, votes], pool)).toEqual({ members: [linear, votes], pool });
    // The linear one's part, and the biases with it, is what can be explained.
    const part = blendLinear([linear, votes], pool)!;
    part.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(linear.linear!.weights[i]! / 8, 6);
    });
    part.intercepts.forEach((intercept, c) => {
      expect(intercept).toBeCloseTo(linear.linear!.intercepts[c]! / 8 + pool.biases[c]!, 6);
    });
    expect(blendLinear([votes], poolOf({ weights: [1], temperatures: [1], biases: [0, 0, 0] }))).toBeNull();
  });
});
