import { fitTemperature } from '../calibration.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { minimise } from '../linear/minimise.ts';
import { liftRareClasses } from './prior-power.ts';

/** Logits of several members on the same rows, none of which the members have seen. */
export interface MemberLogits {
  /** One rows × classes matrix a member. */
  readonly members: readonly Float64Array[];
  /** Class of each row. */
  readonly targets: Int32Array;
  readonly classes: number;
}

/** How members become one: Σ weight · logits / temperature + bias. */
export interface Stacker {
  readonly temperatures: Float64Array;
  /** Positive. */
  readonly weights: Float64Array;
  /** One a class. */
  readonly biases: Float64Array;
}

/** Draws ln weights to those of equal shares and biases to zero; small beside the loss of a row. */
const penalty = 1e-3;

/**
 * Stacking (Wolpert, Stacked generalization, 1992) in its smallest form, a log-linear pool, in three steps:
 * each member is calibrated by a temperature; one weight a member and one bias a class are fitted so that the log
 * loss is least; then rare classes are lifted by prior^-power (`liftRareClasses`) and one temperature over all makes
 * the confidence fit again. With so few numbers any data worth a model is enough to learn from. Weights are searched
 * as exponents, so they stay positive: a member that is worse than nothing fades and never votes in reverse.
 * One member is pooled in the same way. O(rows · members · classes) a step of the search.
 */
export function fitStacker(data: MemberLogits): Stacker {
  const { members, targets, classes } = data;
  const temperatures = Float64Array.from(members, (logits) => fitTemperature({ logits, targets, classes }));
  const start = new Float64Array(members.length + classes);
  start.fill(-Math.log(members.length), 0, members.length);
  if (targets.length === 0) return stackerAt(start, temperatures);
  const scaled = members.map((logits, m) => logits.map((logit) => logit / temperatures[m]!));
  const objective = (x: Float64Array, gradient: Float64Array): number =>
    pooledLoss({ scaled, targets, classes }, x, gradient);
  const { x } = minimise(objective, start, { tolerance: 1e-6, maxIterations: 100 });
  const fitted = stackerAt(x, temperatures);
  const logits = stackedLogits(fitted, members);
  const lift = liftRareClasses(logits, targets, classes);
  for (let i = 0; i < logits.length; i++) logits[i] = logits[i]! + lift[i % classes]!;
  const over = fitTemperature({ logits, targets, classes });
  return {
    temperatures,
    weights: fitted.weights.map((weight) => weight / over),
    biases: fitted.biases.map((bias, c) => (bias + lift[c]!) / over),
  };
}

/** Rows × classes; the softmax of a row is the ensemble's probability. */
export function stackedLogits(stacker: Stacker, members: readonly Float64Array[]): Float64Array {
  const classes = stacker.biases.length;
  const out = new Float64Array(members[0]?.length ?? 0);
  for (let i = 0; i < out.length; i++) out[i] = stacker.biases[i % classes]!;
  for (const [m, logits] of members.entries()) {
    const factor = stacker.weights[m]! / stacker.temperatures[m]!;
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + factor * logits[i]!;
  }
  return out;
}

function stackerAt(x: Float64Array, temperatures: Float64Array): Stacker {
  const members = temperatures.length;
  return { temperatures, weights: x.slice(0, members).map(Math.exp), biases: x.slice(members) };
}

export interface Pool {
  /** Members' logits over their temperatures. */
  readonly scaled: readonly Float64Array[];
  readonly targets: Int32Array;
  readonly classes: number;
}

/** Mean log loss at x = [ln weights | biases] with the penalty, and its gradient, which is written over. */
export function pooledLoss({ scaled, targets, classes }: Pool, x: Float64Array, gradient: Float64Array): number {
  const members = scaled.length;
  const weights = x.subarray(0, members).map(Math.exp);
  gradient.fill(0);
  const row = new Float64Array(classes);
  let loss = 0;
  for (let r = 0; r < targets.length; r++) {
    const from = r * classes;
    for (let c = 0; c < classes; c++) {
      let sum = x[members + c]!;
      for (let m = 0; m < members; m++) sum += weights[m]! * scaled[m]![from + c]!;
      row[c] = sum;
    }
    const target = targets[r]!;
    const ofTarget = row[target]!;
    loss += (softmaxInPlace(row) - ofTarget) / targets.length;
    row[target] = row[target]! - 1;
    for (let c = 0; c < classes; c++) {
      const residual = row[c]! / targets.length;
      gradient[members + c] = gradient[members + c]! + residual;
      for (let m = 0; m < members; m++) gradient[m] = gradient[m]! + residual * weights[m]! * scaled[m]![from + c]!;
    }
  }
  for (let i = 0; i < x.length; i++) {
    const distance = i < members ? x[i]! + Math.log(members) : x[i]!;
    loss += 0.5 * penalty * distance * distance;
    gradient[i] = gradient[i]! + penalty * distance;
  }
  return loss;
}
