import type { Priority, RequestedPriority } from '../ticket/index.ts';

const rank: Record<Priority, number> = { low: 0, medium: 1, high: 2 };
const asked: Record<RequestedPriority, Priority> = {
  critical: 'high',
  high: 'high',
  medium: 'medium',
  low: 'low',
  very_low: 'low',
};

/** What the client asks for may raise the priority that we found, never lower it. */
export function raisePriority(found: Priority, requested: RequestedPriority | null): Priority {
  if (requested === null) return found;
  return rank[asked[requested]] > rank[found] ? asked[requested] : found;
}

/** One step more urgent; the highest stays. */
export function stepUp(priority: Priority): Priority {
  return priority === 'low' ? 'medium' : 'high';
}
