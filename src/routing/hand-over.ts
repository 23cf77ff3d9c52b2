import { appendToLedger, type Trx } from '../platform/index.ts';
import { type RoutingVerdict, SignalboxError } from '../ticket/index.ts';
import { heldVerdict, placeTickets, recordPlacements, type TicketToAssign } from './assign-tickets.ts';
import { giveTickets, type SlotChange, serveAgent } from './free-slot.ts';
import { queueOf } from './skill-matching.ts';
import { type LockedAgent, lockAgent, readAgent } from './stores/agents.ts';
import { closeAssignments, lockRoutedTicket, type RoutedTicket, writePlacements } from './stores/assignments.ts';
import { lockForFreeing, lockForTaking } from './stores/lock.ts';
import { lastPlace, type QueuedTicket, takeWaiting } from './stores/queue.ts';

/** What persons do with tickets: take one, give one back, take the next. */

/**
 * Gives a ticket to an agent by name, whatever its skills. The same agent again changes nothing.
 * @throws `not-found` (ticket, agent), `ticket-taken`, `agent-unavailable`, `invalid-state` when it is resolved.
 */
export async function assignTo(
  trx: Trx,
  { ticketId, agent: name, by, now }: SlotChange & { agent: string },
): Promise<RoutingVerdict> {
  const ticket = await lockTicketOrThrow(trx, ticketId);
  if (ticket.agent !== null && ticket.agent !== name) {
    throw new SignalboxError('ticket-taken', `${ticket.agent} has this ticket. Release it first, then assign it.`);
  }
  if (ticket.agent === name)
    return heldVerdict(toAssign(ticket), { ...ticket, skills: (await readAgent(trx, name))?.skills ?? null });
  if (ticket.status === 'resolved' || ticket.status === 'closed') {
    throw new SignalboxError(
      'invalid-state',
      `A ticket that is ${ticket.status} is assigned to nobody. Reopen it first.`,
    );
  }
  await lockForTaking(trx, []);
  const agent = await lockAvailableAgent(trx, name);
  const queue = queueOf(toAssign(ticket));
  const placement = { id: ticketId, agent: name, queue, queuedAt: now, excluded: null };
  await writePlacements(trx, [placement], now);
  await recordPlacements(trx, [placement], { by, now });
  return heldVerdict(toAssign(ticket), { agent: name, queue, skills: agent.skills });
}

/**
 * Gives a ticket back: to another agent who is free, else to the queue, behind the others of its priority.
 * Nothing but a person (assignTo) gives it to the same agent next. The slot goes to who waits for it.
 * A ticket that waits already stays where it is. @throws `not-found`, `invalid-state` when nobody has it.
 */
export async function release(trx: Trx, { ticketId, by, now }: SlotChange): Promise<RoutingVerdict> {
  const ticket = await lockTicketOrThrow(trx, ticketId);
  const asked = toAssign(ticket);
  if (ticket.assignment === 'waiting') {
    return { assignment: 'waiting', agent: null, affinity: null, queue: ticket.queue ?? queueOf(asked) };
  }
  if (ticket.agent === null) {
    throw new SignalboxError('invalid-state', 'Nobody has this ticket, so it cannot be released.');
  }
  await lockForFreeing(trx);
  await closeAssignments(trx, [ticketId], { by, now });
  await appendToLedger(trx, [
    {
      at: now,
      actor: by,
      action: 'ticket-released',
      subjectType: 'ticket',
      subjectId: ticketId,
      data: { agent: ticket.agent },
    },
  ]);
  const createdAt = await lastPlace(trx, ticket.priority, now);
  const returned = [{ ...asked, createdAt, excludeAgent: ticket.agent }];
  const [verdict] = await placeTickets(trx, { tickets: returned, earlier: new Map(), now });
  await serveAgent(trx, ticket.agent, now);
  return verdict!;
}

/**
 * The next waiting ticket that the agent can serve becomes its own; null when there is none. One that the
 * agent gave back itself is passed over. @throws `not-found` (agent), `agent-unavailable`
 */
export async function queueNext(
  trx: Trx,
  { agent: name, by, now }: { agent: string; by: string; now: Date },
): Promise<QueuedTicket | null> {
  await lockForTaking(trx, []);
  const agent = await lockAvailableAgent(trx, name);
  const tickets = await takeWaiting(trx, agent, { limit: 1, now });
  await giveTickets(trx, { agent, tickets, by, now });
  return tickets[0] ?? null;
}

export async function lockTicketOrThrow(trx: Trx, id: string): Promise<RoutedTicket> {
  const ticket = await lockRoutedTicket(trx, id);
  if (ticket === null) throw new SignalboxError('not-found', `There is no ticket ${id}.`);
  return ticket;
}

export async function lockAvailableAgent(trx: Trx, name: string): Promise<LockedAgent> {
  const agent = await lockAgent(trx, name);
  if (agent === null)
    throw new SignalboxError('not-found', `There is no agent ${JSON.stringify(name)}. GET /agents lists them.`);
  if (!agent.online) throw new SignalboxError('agent-unavailable', `${name} is offline.`);
  if (agent.load >= agent.capacity) {
    throw new SignalboxError(
      'agent-unavailable',
      `${name} has ${agent.load} of at most ${agent.capacity} tickets. Resolve or release one first, or raise the capacity.`,
    );
  }
  return agent;
}

/** A stored ticket as the matching wants it. One that triage never saw has no category: queue `triage`. */
export function toAssign(ticket: RoutedTicket): TicketToAssign {
  return {
    id: ticket.id,
    category: ticket.category,
    department: ticket.department,
    abstained: ticket.abstained ?? ticket.category === null,
    priority: ticket.priority ?? 'low',
    createdAt: ticket.created_at,
  };
}
