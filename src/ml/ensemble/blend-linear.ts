import type { FittedClassifier } from '../fitted-classifier.ts';
import type { LinearState } from '../linear/linear-state.ts';
import type { Stacker } from './stacker.ts';

/**
 * The linear members as one: Σ weight / temperature · W. A pool of linear members is linear but for the normalising
 * constants, which are the same for all classes, so this explains their part of the decision exactly.
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
  return blend;
}

function add(sum: Float32Array, part: Float32Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + factor * part[i]!;
}
