import type { Priority } from '../../ticket/index.ts';
import type { Clock, ClockName, ClockRules } from './clocks.ts';

/** What the ledger tells of a ticket and what that does to its clocks. */

/** Without a message of its own: what a person did by hand. */
export const resolvingActions = ['ticket-resolved', 'ticket-closed', 'review-approved', 'review-edited'] as const;

/** Actions of the ledger that move a clock. */
export const followedActions: readonly string[] = [
  'ticket-received',
  'message-received',
  'reply-sent',
  'ticket-reopened',
  'ticket-waiting',
  'ticket-continued',
  'priority-raised',
  'review-requested',
  ...resolvingActions,
];

export interface TicketEvent {
  readonly action: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Followed {
  readonly ticketId: string;
  /** As it is now; null when triage has not seen it. */
  readonly priority: Priority | null;
}

/** Until triage has spoken. */
const untriaged: Priority = 'medium';

/** The clocks of a ticket after one event; those that did not change are the same objects. */
export function followEvent(
  clocks: readonly Clock[],
  event: TicketEvent,
  { rules, ticket }: { rules: ClockRules; ticket: Followed },
): Clock[] {
  const priority = ticket.priority ?? untriaged;
  const { at } = event;
  const begin = (clock: ClockName) =>
    rules.begin({ ticketId: ticket.ticketId, clock, round: 1 + lastRound(clocks, clock), priority }, at);
  const each = (change: (clock: Clock) => Clock, ...names: ClockName[]) =>
    clocks.map((c) => (names.length === 0 || names.includes(c.clock) ? change(c) : c));
  switch (event.action) {
    case 'ticket-received':
      // Rows of a file are history: nobody waits for an answer to them.
      if (event.data['channel'] === 'file') return [...clocks];
      return clocks.length > 0 ? [...clocks] : [begin('first_response'), begin('resolution')];
    case 'message-received': {
      const heard = each((c) => rules.resume(c, at), 'resolution');
      // A word of thanks in a resolved ticket wants no answer; a message that reopens it stands behind the reopening.
      const isOpen = clocks.some((c) => c.clock === 'resolution' && c.stoppedAt === null);
      const asked = clocks.some((c) => c.clock !== 'resolution' && c.stoppedAt === null);
      return isOpen && !asked ? [...heard, begin('next_response')] : heard;
    }
    case 'reply-sent':
      // To hear that a person will answer is no answer.
      if (event.data['handover'] === true) return [...clocks];
      return each((c) => rules.stop(c, at), 'first_response', 'next_response');
    case 'ticket-reopened':
      return clocks.some((c) => c.clock === 'resolution' && c.stoppedAt === null)
        ? [...clocks]
        : [...clocks, begin('resolution')];
    case 'ticket-waiting':
      return each((c) => rules.pause(c, at), 'resolution');
    case 'ticket-continued':
      return each((c) => rules.resume(c, at), 'resolution');
    default:
      if ((resolvingActions as readonly string[]).includes(event.action)) return each((c) => rules.stop(c, at));
      return each((c) => rules.retarget(c, priority));
  }
}

function lastRound(clocks: readonly Clock[], name: ClockName): number {
  return Math.max(0, ...clocks.filter((c) => c.clock === name).map((c) => c.round));
}
