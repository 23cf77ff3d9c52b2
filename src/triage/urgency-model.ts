import type { RidgeState, SparseRow } from '../ml/index.ts';

/** Urgency in [0,1] as learned from text alone; cues and rules are blended in by others. */
export function predictUrgency(state: RidgeState, row: SparseRow): number {
  let urgency = state.intercept;
  for (let i = 0; i < row.count; i++) urgency += row.values[i]! * state.weights[row.indices[i]!]!;
  return Math.min(1, Math.max(0, urgency));
}
