import { fitTemperature } from '../calibration.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { minimise } from '../linear/minimise.ts';

/** Logits of several members on the same rows, none of which the members have seen. */
export interface MemberLogits {
  /** One rows × classes matrix a member. */
  readonly members: readonly Float64Array[];
  /** Class of each row. */
  readonly targets: Int32Array;
  readonly classes: number;
}

/** How members become one: Σ weight · ln softmax(logits / temperature) + bias. */
export interface Stacker {
  readonly temperatures: Float64Array;
  /** Positive. */
  readonly weights: Float64Array;
  /** One a class. */
  readonly biases: Float64Array;
}

export interface StackerSettings {
  /** `balanced` weighs a row by n / (classes · rows of its class). */
  readonly classWeight: 'none' | 'balanced';
  /** Strength with which weights are drawn to 1/members and biases to 0. */
  readonly penalty: number;
}

export const defaultStackerSettings: StackerSettings = { classWeight: 'balanced', penalty: 1e-3 };

/**
 * Stacking (Wolpert, Stacked generalization, 1992) in its smallest form, a log-linear pool: each member is calibrated
 * by a temperature, then one weight a member and one bias a class are fitted so that the log loss is least. With so
 * few numbers, rows × members are enough to learn from in any data worth a model. Weights are searched as exponents,
 * so they stay positive: a member that is worse than nothing fades and never votes in reverse.
 */
export function fitStacker(data: MemberLogits, settings: StackerSettings = defaultStackerSettings): Stacker {
  const { members, targets, classes } = data;
  const temperatures = Float64Array.from(members, (logits) => fitTemperature({ logits, targets, classes }));
  const start = new Float64Array(members.length + classes);
  start.fill(-Math.log(members.length), 0, members.length);
  if (members.length === 1 || targets.length === 0) return stackerAt(start, temperatures, members.length);
  const logs = members.map((logits, m) => logProbabilities(logits, temperatures[m]!, classes));
  const rowWeights = weighRows(targets, classes, settings.classWeight);
  const objective = (x: Float64Array, gradient: Float64Array): number =>
    pooledLoss({ logs, targets, classes, rowWeights, penalty: settings.penalty }, x, gradient);
  const { x } = minimise(objective, start, { tolerance: 1e-7, maxIterations: 200 });
  return stackerAt(x, temperatures, members.length);
}

/** Rows × classes; the softmax of a row is the ensemble's probability. */
export function stackedLogits(stacker: Stacker, members: readonly Float64Array[]): Float64Array {
  const classes = stacker.biases.length;
  const out = new Float64Array(members[0]?.length ?? 0);
  for (let i = 0; i < out.length; i++) out[i] = stacker.biases[i % classes]!;
  for (const [m, logits] of members.entries()) {
    const weight = stacker.weights[m]!;
    const logs = logProbabilities(logits, stacker.temperatures[m]!, classes);
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + weight * logs[i]!;
  }
  return out;
}

function stackerAt(x: Float64Array, temperatures: Float64Array, members: number): Stacker {
  return { temperatures, weights: x.slice(0, members).map(Math.exp), biases: x.slice(members) };
}

/** ln of a probability never below this, so that one sure member cannot silence the others. */
const lowest = Math.log(1e-9);

function logProbabilities(logits: Float64Array, temperature: number, classes: number): Float64Array {
  const out = new Float64Array(logits.length);
  const row = new Float64Array(classes);
  for (let from = 0; from < logits.length; from += classes) {
    for (let c = 0; c < classes; c++) row[c] = logits[from + c]! / temperature;
    softmaxInPlace(row);
    for (let c = 0; c < classes; c++) out[from + c] = Math.max(lowest, Math.log(row[c]!));
  }
  return out;
}

/** Weights of the rows, summing to one. */
function weighRows(targets: Int32Array, classes: number, how: StackerSettings['classWeight']): Float64Array {
  const counts = new Int32Array(classes);
  for (const target of targets) counts[target]!++;
  const present = counts.filter((count) => count > 0).length;
  return Float64Array.from(targets, (target) =>
    how === 'none' ? 1 / targets.length : 1 / (present * counts[target]!),
  );
}

interface Pool {
  readonly logs: readonly Float64Array[];
  readonly targets: Int32Array;
  readonly classes: number;
  readonly rowWeights: Float64Array;
  readonly penalty: number;
}

/** Weighted mean log loss at x = [ln weights | biases], with its gradient. */
function pooledLoss({ logs, targets, classes, rowWeights, penalty }: Pool, x: Float64Array, gradient: Float64Array) {
  const members = logs.length;
  const weights = x.subarray(0, members).map(Math.exp);
  gradient.fill(0);
  const row = new Float64Array(classes);
  let loss = 0;
  for (let r = 0; r < targets.length; r++) {
    const from = r * classes;
    for (let c = 0; c < classes; c++) {
      let sum = x[members + c]!;
      for (let m = 0; m < members; m++) sum += weights[m]! * logs[m]![from + c]!;
      row[c] = sum;
    }
    const target = targets[r]!;
    const ofTarget = row[target]!;
    loss += rowWeights[r]! * (softmaxInPlace(row) - ofTarget);
    row[target] = row[target]! - 1;
    for (let c = 0; c < classes; c++) {
      const residual = rowWeights[r]! * row[c]!;
      gradient[members + c] = gradient[members + c]! + residual;
      for (let m = 0; m < members; m++) gradient[m] = gradient[m]! + residual * weights[m]! * logs[m]![from + c]!;
    }
  }
  for (let i = 0; i < x.length; i++) {
    const distance = i < members ? x[i]! + Math.log(members) : x[i]!;
    loss += 0.5 * penalty * distance * distance;
    gradient[i] = gradient[i]! + penalty * distance;
  }
  return loss;
}
