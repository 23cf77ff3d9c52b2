import { appendToLedger, type Trx } from '../platform/index.ts';
import { priorities, type RoutingVerdict } from '../ticket/index.ts';
import { heldVerdict, recordPlacements, system } from './assign-tickets.ts';
import { chooseAgents } from './optimal-batch.ts';
import { triageQueue } from './skill-matching.ts';
import { type Agent, listAgents, lockAgent, lockFreeAgents } from './stores/agents.ts';
import { clearPlace, closeAssignments, lockRoutedTicket, writePlacements } from './stores/assignments.ts';
import { lockForFreeing } from './stores/lock.ts';
import { type QueuedTicket, somebodyWaitsFor, takeWaiting } from './stores/queue.ts';
import { listStaffedTeams } from './stores/teams.ts';
import { membersFor, type Team } from './teams.ts';

/** A ticket that left the queue because a slot became free. */
export interface ServedTicket extends RoutingVerdict {
  readonly ticketId: string;
}

/** Whose work on a ticket, or on an agent, it is. */
export interface SlotChange {
  readonly ticketId: string;
  /** Who frees the slot: name of a key or of an agent. */
  readonly by: string;
  readonly now: Date;
}

/**
 * The ticket is done with (resolved, closed): nobody holds it and it waits for nobody. The slot that this
 * frees goes to the first waiting ticket that its agent can serve. A ticket without a place changes nothing.
 * @returns the ticket that got the slot, or null.
 */
export async function freeSlot(trx: Trx, { ticketId, by, now }: SlotChange): Promise<ServedTicket | null> {
  const ticket = await lockRoutedTicket(trx, ticketId);
  if (ticket === null || ticket.assignment === 'none') return null;
  if (ticket.agent === null) {
    await clearPlace(trx, ticketId, now);
    return null;
  }
  await lockForFreeing(trx);
  await closeAssignments(trx, [ticketId], { by, now });
  await clearPlace(trx, ticketId, now);
  await appendToLedger(trx, [
    {
      at: now,
      actor: by,
      action: 'ticket-unassigned',
      subjectType: 'ticket',
      subjectId: ticketId,
      data: { agent: ticket.agent },
    },
  ]);
  return (await serveAgent(trx, ticket.agent, now))[0] ?? null;
}

/** Fills the free slots of one agent from the queue. The caller holds the lock of routing alone. */
export async function serveAgent(trx: Trx, name: string, now: Date): Promise<ServedTicket[]> {
  const agent = await lockAgent(trx, name);
  if (agent === null || !agent.online || agent.load >= agent.capacity) return [];
  const tickets = await takeWaiting(trx, agent, { limit: agent.capacity - agent.load, now });
  await giveTickets(trx, { agent, tickets, by: system, now });
  return tickets.map((t) => servedVerdict(t, agent));
}

/**
 * Gives every free slot to who waits for it. Each operation here does that for the slots that it frees; this
 * is for what they cannot see: a waiting ticket whose row another transaction (a message being added) held
 * at that moment. Run it at the start and every few seconds; it looks first and locks only when there is
 * something to do. @returns what it gave.
 */
export async function serveWaiting(trx: Trx, now: Date): Promise<ServedTicket[]> {
  const teams = await listStaffedTeams(trx);
  for (const agent of await listAgents(trx)) {
    const hasRoom = agent.online && agent.load < agent.capacity;
    if (!hasRoom || !(await somebodyWaitsFor(trx, { ...agent, teams }, now))) continue;
    await lockForFreeing(trx);
    return serveAll(trx, now);
  }
  return [];
}

/** Most tickets that are looked at together for the slots of all. */
const mostTogether = 200;

/**
 * Fills the free slots of all agents from the queue, as one batch: who may have something else leaves what only
 * another can have. Each agent brings as many candidates as there are slots in all, so that none is passed over
 * for want of being looked at. The caller holds the lock of routing alone.
 */
async function serveAll(trx: Trx, now: Date): Promise<ServedTicket[]> {
  const served: ServedTicket[] = [];
  for (;;) {
    const { agents, teams } = await lockFreeAgents(trx, []);
    const slots = agents.reduce((sum, a) => sum + a.capacity - a.load, 0);
    const found = new Map<string, QueuedTicket>();
    for (const agent of agents) {
      const limit = Math.min(slots, mostTogether);
      for (const t of await takeWaiting(trx, { ...agent, teams }, { limit, now })) found.set(t.id, t);
    }
    const given = await giveBatch(trx, { tickets: [...found.values()].sort(byPlace), agents, teams, now });
    if (given.length === 0) return served;
    served.push(...given);
  }
}

interface Batch {
  readonly tickets: readonly QueuedTicket[];
  readonly agents: readonly Agent[];
  readonly teams: readonly Team[];
  readonly now: Date;
}

async function giveBatch(trx: Trx, { tickets, agents, teams, now }: Batch): Promise<ServedTicket[]> {
  const asked = tickets.map((t) => {
    const ticket = { ...t, abstained: t.queue === triageQueue, excludeAgent: t.releasedBy ?? undefined };
    return { ...ticket, only: membersFor({ ...ticket, since: t.queuedAt }, teams, now) };
  });
  const choices = chooseAgents(asked, agents);
  const served: ServedTicket[] = [];
  for (const agent of agents) {
    const its = tickets.filter((_, i) => choices[i]?.agent === agent.name);
    if (its.length === 0) continue;
    await giveTickets(trx, { agent, tickets: its, by: system, now });
    served.push(...its.map((t) => servedVerdict(t, agent)));
  }
  return served;
}

/** As the queue has it. */
function byPlace(a: QueuedTicket, b: QueuedTicket): number {
  const byUrgency = priorities.indexOf(b.priority) - priorities.indexOf(a.priority);
  return byUrgency || a.queuedAt.getTime() - b.queuedAt.getTime() || (a.id < b.id ? -1 : 1);
}

interface Giving {
  readonly agent: Agent;
  readonly tickets: readonly QueuedTicket[];
  readonly by: string;
  readonly now: Date;
}

/** Waiting tickets, locked by the caller, become the agent's, whose row is locked too. */
export async function giveTickets(trx: Trx, { agent, tickets, by, now }: Giving): Promise<void> {
  const placements = tickets.map((t) => ({
    id: t.id,
    agent: agent.name,
    queue: t.queue,
    queuedAt: t.queuedAt,
    excluded: null,
  }));
  await writePlacements(trx, placements, now);
  await recordPlacements(trx, placements, { by, now });
}

function servedVerdict(ticket: QueuedTicket, agent: Agent): ServedTicket {
  const { category, department, queue } = ticket;
  const held = { agent: agent.name, queue, skills: agent.skills };
  return { ticketId: ticket.id, ...heldVerdict({ category, department, abstained: false }, held) };
}
