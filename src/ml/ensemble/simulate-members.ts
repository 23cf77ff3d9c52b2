import { softmaxInPlace } from '../linear/linear-logits.ts';
import { createRandom, type Random } from '../random.ts';

/** Standard normal (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export interface Simulated {
  /** Rows × classes: the logits by which the targets were drawn. */
  readonly truth: Float64Array;
  readonly targets: Int32Array;
  readonly classes: number;
}

/** Rows whose probabilities are known: softmax of normal logits with a spread, plus `bias` of each class. */
export function simulate(rows: number, seed: number, bias: readonly number[] = [0, 0, 0]): Simulated {
  const random = createRandom(seed);
  const classes = bias.length;
  const truth = Float64Array.from({ length: rows * classes }, (_, i) => 1.5 * normal(random) + bias[i % classes]!);
  const targets = Int32Array.from({ length: rows }, (_, r) => {
    const p = truth.slice(r * classes, (r + 1) * classes);
    softmaxInPlace(p);
    let left = random.next();
    let drawn = 0;
    while (drawn < classes - 1 && left >= p[drawn]!) left -= p[drawn++]!;
    return drawn;
  });
  return { truth, targets, classes };
}

/** What a member makes of the truth: stretched, with noise of its own. */
export function blurred({ truth }: Simulated, seed: number, of: { stretch: number; noise: number }): Float64Array {
  const random = createRandom(seed);
  return truth.map((logit) => of.stretch * (logit + of.noise * normal(random)));
}
