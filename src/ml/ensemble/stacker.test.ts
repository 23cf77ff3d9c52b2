import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError, logLossAt } from '../calibration.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { createRandom } from '../random.ts';
import { blurred, normal, type Simulated, simulate } from './simulate-members.ts';
import { fitStacker, pooledLoss, type Stacker, stackedLogits } from './stacker.ts';

/** Of equal frequency, so that the lift of rare classes moves nothing. */
function balanced(rows: number, seed: number): Simulated {
  const { truth, classes } = simulate(rows, seed);
  const random = createRandom(seed);
  const targets = Int32Array.from({ length: rows }, (_, r) => r % classes);
  return {
    truth: truth.map((logit, i) => 0.5 * logit + (targets[Math.floor(i / 3)] === i % 3 ? 1 : 0) + 0.2 * normal(random)),
    targets,
    classes,
  };
}

const sample = balanced(600, 1);
const members = [blurred(sample, 2, { stretch: 3, noise: 0.3 }), blurred(sample, 3, { stretch: 0.5, noise: 1 })];
const poolOf = (of: Simulated, logits: readonly Float64Array[]): Stacker => fitStacker({ ...of, members: logits });
const lossOf = (stacker: Stacker, of: Simulated, logits: readonly Float64Array[]): number =>
  logLossAt({ ...of, logits: stackedLogits(stacker, logits) }, 1);
/** How much a unit of a member's logits moves the pool. */
const influence = ({ weights, temperatures }: Stacker): number[] => [...weights].map((w, m) => w / temperatures[m]!);

function moved(values: Float64Array, at: number, to: (value: number) => number): Float64Array {
  return values.map((value, i) => (i === at ? to(value) : value));
}

describe('the pool', () => {
  it('has a gradient that finite differences agree with', () => {
    const random = createRandom(5);
    const pool = { scaled: members, targets: sample.targets, classes: 3 };
    const nothing = new Float64Array(5);
    for (let trial = 0; trial < 5; trial++) {
      const x = Float64Array.from({ length: 5 }, () => normal(random) / 2);
      const gradient = new Float64Array(5).fill(Number.NaN);
      pooledLoss(pool, x, gradient);
      for (let i = 0; i < x.length; i++) {
        const [above, below] = [1e-5, -1e-5].map((step) =>
          pooledLoss(
            pool,
            moved(x, i, (v) => v + step),
            nothing,
          ),
        );
        expect(gradient[i]).toBeCloseTo((above! - below!) / 2e-5, 6);
      }
    }
  });

  it('stands at the minimum of the log loss: any move of a weight or a bias makes it larger', () => {
    const stacker = poolOf(sample, members);
    const best = lossOf(stacker, sample, members);
    // The penalty stands a little beside the minimum of the loss alone, so the moves are no smaller.
    for (const factor of [0.6, 1.6]) {
      for (const m of [0, 1]) {
        const weights = moved(stacker.weights, m, (weight) => weight * factor);
        expect(lossOf({ ...stacker, weights }, sample, members)).toBeGreaterThan(best);
      }
    }
    for (const step of [-0.1, 0.1]) {
      for (const c of [0, 1, 2]) {
        const biases = moved(stacker.biases, c, (bias) => bias + step);
        expect(lossOf({ ...stacker, biases }, sample, members)).toBeGreaterThan(best);
      }
    }
  });

  it('is better than each member alone on rows it has not seen', () => {
    const fresh = balanced(3000, 7);
    const theirs = [blurred(fresh, 8, { stretch: 3, noise: 0.3 }), blurred(fresh, 9, { stretch: 0.5, noise: 1 })];
    const together = lossOf(poolOf(sample, members), fresh, theirs);
    for (const m of [0, 1]) expect(together).toBeLessThan(lossOf(poolOf(sample, [members[m]!]), fresh, [theirs[m]!]));
  });

  it('lets a useless member and one that says the contrary fade, and never turns a vote round', () => {
    const random = createRandom(6);
    const good = members[0]!;
    const [alone] = influence(poolOf(sample, [good]));
    for (const other of [good.map(() => 3 * normal(random)), good.map((logit) => -logit)]) {
      const stacker = poolOf(sample, [good, other]);
      const [first, second] = influence(stacker);
      expect(first! / alone!).toBeGreaterThan(0.9);
      expect(second!).toBeGreaterThan(0);
      expect(second! / first!).toBeLessThan(0.1);
      expect(lossOf(stacker, sample, [good, other])).toBeLessThan(
        lossOf(poolOf(sample, [good]), sample, [good]) + 0.01,
      );
    }
  });

  it('lets a member that is always right decide', () => {
    const perfect = members[0]!.map((_, i) => (sample.targets[Math.floor(i / 3)] === i % 3 ? 1 : 0));
    const logits = stackedLogits(poolOf(sample, [members[1]!, perfect]), [members[1]!, perfect]);
    for (const [r, target] of sample.targets.entries()) {
      const row = [...logits.subarray(3 * r, 3 * r + 3)];
      expect(row.indexOf(Math.max(...row))).toBe(target);
    }
  });

  it.each([
    ['equally frequent', [0, 0, 0]],
    ['of unequal frequency', [1.5, 0, -1]],
  ])('is as sure as it is right on rows it has not seen, classes %s', (_, bias) => {
    const blur = (of: Simulated, seed: number): Float64Array[] => [
      blurred(of, seed, { stretch: 4, noise: 0.5 }),
      blurred(of, seed + 1, { stretch: 0.3, noise: 0.5 }),
    ];
    const [seen, fresh] = [simulate(4000, 11, bias), simulate(20_000, 12, bias)];
    const theirs = blur(fresh, 30);
    const logits = stackedLogits(poolOf(seen, blur(seen, 20)), theirs);
    const right: boolean[] = [];
    const confidences = Array.from(fresh.targets, (target, r) => {
      const row = logits.subarray(3 * r, 3 * r + 3);
      softmaxInPlace(row);
      right.push(row.indexOf(Math.max(...row)) === target);
      return Math.max(...row);
    });
    expect(expectedCalibrationError(confidences, right)).toBeLessThan(0.02);
  });

  it('takes any finite logits: weights stay positive, all numbers finite', () => {
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 12 }))
      .chain(([count, classes, rows]) => {
        const logit = fc.oneof(fc.constant(0), fc.double({ min: -500, max: 500, noNaN: true }));
        const length = rows * classes;
        const member = fc.array(logit, { minLength: length, maxLength: length });
        return fc.record({
          classes: fc.constant(classes),
          members: fc.array(member, { minLength: count, maxLength: count }),
          targets: fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows }),
        });
      });
    fc.assert(
      fc.property(problem, ({ classes, members: logits, targets }) => {
        const stacker = fitStacker({
          classes,
          members: logits.map((member) => Float64Array.from(member)),
          targets: Int32Array.from(targets),
        });
        expect([...stacker.weights, ...stacker.temperatures].every((w) => w > 0 && Number.isFinite(w))).toBe(true);
        expect(stacker.biases).toHaveLength(classes);
        expect(stacker.biases.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('without rows gives every member the same share', () => {
    const stacker = fitStacker({
      members: [new Float64Array(0), new Float64Array(0)],
      targets: new Int32Array(0),
      classes: 3,
    });
    expect([...stacker.weights]).toEqual([0.5, 0.5]);
    expect([...stacker.temperatures]).toEqual([1, 1]);
    expect([...stacker.biases]).toEqual([0, 0, 0]);
  });
});
