import type { TicketEvent } from './stores/ticket-events.ts';

/** Who acts when no person does. */
const machines = new Set(['signalbox', 'system']);

export interface TakingOver {
  /** The agent who got the ticket, or who replied. */
  readonly who: string;
  readonly at: Date;
  readonly how: 'assigned' | 'replied';
}

/**
 * Who made the ticket a matter of their own after the place `since` in the ledger: by a reply, or by having it assigned
 * and not given back. What the routing does by itself is no taking over, nor is an assignment by `decider` or to them; a
 * reply always is, also one's own: several people may work under one key. null: nobody.
 */
export function takenOver(
  events: readonly TicketEvent[],
  { since, decider }: { since: number; decider?: string },
): TakingOver | null {
  let assigned: TakingOver | null = null;
  for (const { id, at, actor, action, data } of events) {
    if (id <= since) continue;
    if (action === 'ticket-released' || action === 'ticket-unassigned') assigned = null;
    if (machines.has(actor)) continue;
    if (action === 'reply-sent') return { who: actor, at, how: 'replied' };
    if (actor === decider) continue;
    const agent = typeof data['agent'] === 'string' ? data['agent'] : actor;
    if (action === 'ticket-assigned' && agent !== decider) assigned = { who: agent, at, how: 'assigned' };
  }
  return assigned;
}

/** Place in the ledger at which the present run began. */
export function runBegan(events: readonly TicketEvent[]): number {
  return events.findLast(({ action }) => action === 'run-started' || action === 'ticket-received')?.id ?? 0;
}

const resolutions = new Set(['ticket-resolved', 'review-approved', 'review-edited']);

/** Whether the customer was told that a person takes over, and nobody has resolved the ticket since. */
export function toldOfHandover(events: readonly TicketEvent[]): boolean {
  const since = events.findLastIndex(({ action }) => resolutions.has(action));
  return events.slice(since + 1).some(({ action, data }) => action === 'reply-sent' && data['handover'] === true);
}

/** When the customer wrote after the place `since`; null: not again. */
export function wroteAgain(events: readonly TicketEvent[], since: number): Date | null {
  return events.find(({ id, action }) => id > since && action === 'message-received')?.at ?? null;
}
