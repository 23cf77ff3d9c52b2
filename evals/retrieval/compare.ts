import { createRandom } from '../../src/ml/index.ts';
import { mean, rounded } from './measure.ts';

/** The mean gain of `ours` over `theirs`, question by question, with the middle 95 % of 10,000 paired resamplings. */
export function pairedGain(ours: readonly number[], theirs: readonly number[]) {
  const gains = ours.map((value, i) => value - theirs[i]!);
  const random = createRandom(11);
  const means = Float64Array.from({ length: 10_000 }, () => {
    let sum = 0;
    for (let i = 0; i < gains.length; i++) sum += gains[random.integer(gains.length)]!;
    return sum / gains.length;
  }).sort();
  return { gain: rounded(mean(gains)), from: rounded(means[250]!), to: rounded(means[9_749]!) };
}
