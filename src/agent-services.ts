import type { AgentDesk } from './api/index.ts';
import { lockTicket, moveTicket, readTicket } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Metrics, Trx } from './platform/index.ts';
import {
  assignTickets,
  deleteTeam,
  findPendingReview,
  listTeams,
  patchAgent,
  putTeam,
  queueDepth,
  reassign,
  relieveAbsent,
  type Sla,
  serveWaiting,
  triageQueue,
} from './routing/index.ts';
import { SignalboxError, type TicketStatus } from './ticket/index.ts';
import { noteOnTicket } from './ticket-commands.ts';
import { readHoldingIncident } from './triage/index.ts';

/** Agents, teams and clocks as typed functions: who does the work, and by when. */
export function createAgentDesk(parts: PipelineParts, sla: Sla): AgentDesk {
  const { database, clock } = parts;
  const { db } = database;
  const by = (actor: string) => ({ by: actor, now: clock.now() });
  return {
    patchAgent: (name, patch, actor) => database.transaction((trx) => patchAgent(trx, name, patch, by(actor))),
    reassign: (ticketId, { agent = null, reason }, actor) =>
      database.transaction(async (trx) => {
        await reassign(trx, { ticketId, agent, reason, ...by(actor) });
        return readTicket(trx, ticketId);
      }),
    waitForCustomer: (id, actor) => moveTo(parts, id, { actor, action: 'ticket-waiting' }),
    continueTicket: (id, actor) => moveTo(parts, id, { actor, action: 'ticket-continued' }),
    teams: () => listTeams(db),
    putTeam: async (team, actor) => {
      refuseUnknown(parts, team.serves);
      return database.transaction((trx) => putTeam(trx, team, by(actor)));
    },
    deleteTeam: (name, actor) => database.transaction((trx) => deleteTeam(trx, name, by(actor))),
    clocks: (filters) => sla.list(filters),
    clocksOf: (id) => sla.ofTicket(id),
    countClocks: () => sla.counts(),
    queueDepth: () => queueDepth(db, clock.now()),
  };
}

/** @throws `invalid-fields` for what no ticket can be: a slip would leave the team without work, and nobody would know. */
function refuseUnknown({ taxonomy }: PipelineParts, serves: readonly string[]): void {
  const known = new Set<string>([triageQueue, ...taxonomy.categories.flatMap((c) => [c.name, c.department])]);
  const fields = serves.flatMap((name, i) =>
    known.has(name) ? [] : [{ path: `serves[${i}]`, message: 'is no category and no department' }],
  );
  if (fields.length === 0) return;
  throw new SignalboxError('invalid-fields', `A team can serve these: ${[...known].sort().join(', ')}.`, { fields });
}

/** Who waits for the customer has done their part; who goes on after all takes the ticket up where it was. */
function moveTo(
  { database, clock }: PipelineParts,
  id: string,
  { actor, action }: { actor: string; action: 'ticket-waiting' | 'ticket-continued' },
) {
  const now = clock.now();
  return database.transaction(async (trx) => {
    const { status } = await lockTicket(trx, id);
    const waits = action === 'ticket-waiting';
    const to: TicketStatus = waits
      ? 'waiting_customer'
      : (await findPendingReview(trx, id)) === null
        ? 'new'
        : 'awaiting_review';
    if (!waits && status !== 'waiting_customer')
      throw new SignalboxError('invalid-state', `A ticket that is ${status} does not wait for its customer.`);
    if (status === to) return readTicket(trx, id);
    await moveTicket(trx, id, to, { now });
    await noteOnTicket(trx, { now, actor, action, id });
    if (!waits) await giveItsPlace(trx, id, now);
    return readTicket(trx, id);
  });
}

/** Who let it go while the customer was waited for (an incident that was closed) could place it nowhere. */
async function giveItsPlace(trx: Trx, id: string, now: Date): Promise<void> {
  const ticket = await readTicket(trx, id);
  const { category, department, abstained, priority, createdAt } = ticket;
  if (ticket.assignment !== 'none' || category === null || (await readHoldingIncident(trx, id)) !== null) return;
  const place = { id, category, department, abstained: abstained !== false, priority: priority ?? 'medium', createdAt };
  await assignTickets(trx, [place], now);
}

/** Gives what waits to who is free, and what absent agents left to others. */
export async function tendQueue({ database, clock }: PipelineParts): Promise<void> {
  while ((await database.transaction((trx) => relieveAbsent(trx, clock.now()))) > 0);
  await database.transaction((trx) => serveWaiting(trx, clock.now()));
}

/** Brings the clocks up to date. */
export async function tendClocks({ clock, metrics }: PipelineParts, sla: Sla): Promise<void> {
  for (const breached of await sla.keep(clock.now())) metrics.slaBreaches.inc({ clock: breached.clock });
}

/** Gauges of the queue and the clocks. */
export async function countDesk(desk: AgentDesk, metrics: Metrics): Promise<void> {
  const depth = await desk.queueDepth();
  for (const [priority, { count, longestSeconds }] of Object.entries(depth)) {
    metrics.queueDepth.set({ priority }, count);
    metrics.queueLongestWait.set({ priority }, longestSeconds ?? 0);
  }
  for (const [state, n] of Object.entries(await desk.countClocks())) metrics.slaClocks.set({ state }, n);
}
