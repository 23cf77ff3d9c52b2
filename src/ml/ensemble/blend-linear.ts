import { bindClassifier, type FittedClassifier } from '../fitted-classifier.ts';
import type { LinearState } from '../linear/linear-state.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import type { Stacker } from './stacker.ts';

/**
 * The linear members as one: Σ weight / temperature · W, with the pool's biases. Where all members are linear it is the
 * pool itself; else it explains their part of the decision. null when none is linear.
 */
export function blendLinear(members: readonly FittedClassifier[], stacker: Stacker): LinearState | null {
  let blend: LinearState | null = null;
  for (const [m, { linear }] of members.entries()) {
    if (linear === null) continue;
    blend ??= {
      classes: linear.classes,
      columns: linear.columns,
      weights: new Float32Array(linear.weights.length),
      intercepts: new Float32Array(linear.intercepts.length),
    };
    const factor = stacker.weights[m]! / stacker.temperatures[m]!;
    add(blend.weights, linear.weights, factor);
    add(blend.intercepts, linear.intercepts, factor);
  }
  if (blend !== null)
    for (const [c, bias] of stacker.biases.entries()) blend.intercepts[c] = blend.intercepts[c]! + bias;
  return blend;
}

function add(sum: Float32Array, part: Float32Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + factor * part[i]!;
}

/** A pool of linear members only is itself linear: one member instead, a third of the time a ticket. */
export function mergeLinear(members: readonly FittedClassifier[], stacker: Stacker): Merged {
  const blend = members.every(({ linear }) => linear !== null) ? blendLinear(members, stacker) : null;
  if (blend === null) return { members, pool: stacker };
  const biases = new Float64Array(blend.classes.length);
  return {
    members: [bindClassifier(new LogisticRegression(), blend)],
    pool: { temperatures: Float64Array.of(1), weights: Float64Array.of(1), biases },
  };
}

export interface Merged {
  readonly members: readonly FittedClassifier[];
  readonly pool: Stacker;
}
