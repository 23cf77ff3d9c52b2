import { appendToLedger, type Trx } from '../platform/index.ts';
import { type RoutingVerdict, SignalboxError } from '../ticket/index.ts';
import { heldVerdict, placeTickets, recordPlacements } from './assign-tickets.ts';
import { type SlotChange, serveAgent } from './free-slot.ts';
import { assignTo, lockAvailableAgent, lockTicketOrThrow, toAssign } from './hand-over.ts';
import { queueOf } from './skill-matching.ts';
import { closeAssignments, type RoutedTicket, writePlacements } from './stores/assignments.ts';
import { lockForFreeing } from './stores/lock.ts';

export interface Reassignment extends SlotChange {
  /** Null: whoever of the others serves it best. */
  readonly agent: string | null;
  readonly reason?: string | undefined;
}

/**
 * The ticket goes from who holds it to another in one step: there is no moment in which nobody has it or it could
 * be given to a third. To one named whatever the skills, as when assigning; to the best other by skill and load.
 * When nobody can take it all stays as it is. The slot that becomes free serves who waits.
 * @throws `not-found` (ticket, agent), `agent-unavailable`, `invalid-state` when it is resolved.
 */
export async function reassign(trx: Trx, asked: Reassignment): Promise<RoutingVerdict> {
  const { ticketId, agent, reason, by, now } = asked;
  const ticket = await lockTicketOrThrow(trx, ticketId);
  if (ticket.status === 'resolved' || ticket.status === 'closed')
    throw new SignalboxError('invalid-state', `A ticket that is ${ticket.status} is with nobody. Reopen it first.`);
  if (agent !== null && (ticket.agent === null || ticket.agent === agent))
    return assignTo(trx, { ticketId, agent, by, now });
  await lockForFreeing(trx);
  if (ticket.agent !== null) await closeAssignments(trx, [ticketId], { by, now });
  const verdict =
    agent === null ? await giveToBest(trx, ticket, asked) : await giveTo(trx, ticket, { ...asked, agent });
  const data = { from: ticket.agent, to: verdict.agent, ...(reason === undefined ? {} : { reason }) };
  const entry = { at: now, actor: by, action: 'ticket-reassigned', subjectType: 'ticket', subjectId: ticketId };
  await appendToLedger(trx, [{ ...entry, data }]);
  if (ticket.agent !== null) await serveAgent(trx, ticket.agent, now);
  return verdict;
}

async function giveTo(
  trx: Trx,
  ticket: RoutedTicket,
  { agent: name, by, now }: Reassignment & { agent: string },
): Promise<RoutingVerdict> {
  const { skills } = await lockAvailableAgent(trx, name);
  const asked = toAssign(ticket);
  const queue = queueOf(asked);
  const placement = { id: ticket.id, agent: name, queue, queuedAt: now, excluded: null };
  await writePlacements(trx, [placement], now);
  await recordPlacements(trx, [placement], { by, now });
  return heldVerdict(asked, { agent: name, queue, skills });
}

async function giveToBest(trx: Trx, ticket: RoutedTicket, { now }: Reassignment): Promise<RoutingVerdict> {
  const asked = { ...toAssign(ticket), excludeAgent: ticket.agent ?? undefined };
  const [verdict] = await placeTickets(trx, { tickets: [asked], earlier: new Map(), now });
  if (verdict?.agent != null) return verdict;
  // Thrown, so that nothing of this stands.
  throw new SignalboxError(
    'agent-unavailable',
    ticket.agent === null
      ? 'Nobody with the skill has a free slot; the ticket keeps its place in the queue.'
      : `Nobody else with the skill has a free slot; the ticket stays with ${ticket.agent}. Release it to put it into the queue.`,
  );
}
