import type { Interaction } from '../../../src/api/contract/index.ts';
import type { Run } from '../../lib/verdicts.ts';

/** Answered by the system or left to a person; without a trace the review tells it. */
export function outcomeOf(interaction: Interaction, run: Run | undefined): 'resolve' | 'review' {
  return run?.verdicts.policy?.outcome ?? (interaction.review_id === null ? 'resolve' : 'review');
}

/** All milliseconds of a run: as the server sums them, or our sum where it does not. */
export function totalMilliseconds(timings: Interaction['timings_ms']): number {
  return timings['total'] ?? Object.values(timings).reduce((sum, ms) => sum + ms, 0);
}
