import type { Priority } from '../ticket/index.ts';

/** low S < 0.35, medium ≤ 0.5, high above. `urgencyScore` in [0,1]. */
export function priorityOf(urgencyScore: number): Priority {
  if (urgencyScore < 0.35) return 'low';
  return urgencyScore <= 0.5 ? 'medium' : 'high';
}
