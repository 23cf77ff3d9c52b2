import { releaseMembers } from './incident-members.ts';
import { holdTickets, lockTicket, readTicket } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { SignalboxError } from './ticket/index.ts';
import {
  findIncidentOf,
  type Incident,
  insertEvents,
  lockDuplicates,
  lockIncident,
  type NewIncidentEvent,
  readIncident,
  renewCentre,
  type StoredIncident,
  writeAttached,
  writeClosed,
  writeDetached,
  writeReopened,
} from './triage/index.ts';

/**
 * What people do with an incident. Each command is one transaction under the lock of duplicates, so that no ticket joins
 * in the middle of it; done twice, or by two at once, it is done once and both get the incident as it stands then.
 */

type Kind = NewIncidentEvent['kind'];

interface Told {
  readonly incident: StoredIncident;
  readonly kind: Kind;
  readonly actor: string;
  readonly now: Date;
  readonly data?: Record<string, unknown>;
}

/** Into the timeline and, for those who listen, into the ledger. */
async function tell(trx: Trx, { incident, kind, actor, now, data = {} }: Told): Promise<void> {
  const { id, title, category, centre } = incident;
  await insertEvents(trx, [{ incidentId: id, at: now, actor, kind, data }]);
  await appendToLedger(trx, [
    {
      at: now,
      actor,
      action: `incident-${kind}`,
      subjectType: 'incident',
      subjectId: id,
      data: { title, category, centre, ...data },
    },
  ]);
}

/** @throws `not-found` */
export async function closeIncident(
  parts: PipelineParts,
  id: string,
  { actor, reason, resolveMembers }: { actor: string; reason: string; resolveMembers: boolean },
): Promise<Incident> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    await lockDuplicates(trx);
    const incident = await lockIncident(trx, id);
    if (incident.status === 'resolved') return;
    const size = await writeClosed(trx, { id, by: actor, now, resolveMembers });
    await tell(trx, { incident, kind: 'closed', actor, now, data: { reason, size, resolve_members: resolveMembers } });
  });
  await releaseSoon(parts);
  return readIncident(parts.database.db, id);
}

/** @throws `not-found` */
export async function reopenIncident(parts: PipelineParts, id: string, actor: string): Promise<Incident> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    await lockDuplicates(trx);
    const incident = await lockIncident(trx, id);
    if (incident.status === 'open') return;
    await writeReopened(trx, { id, by: actor, now });
    await tell(trx, { incident, kind: 'reopened', actor, now });
  });
  return readIncident(parts.database.db, id);
}

/** The ticket is a case of its own again and goes to whoever can serve it. @throws `not-found`, `invalid-state` */
export async function detachTicket(
  parts: PipelineParts,
  id: string,
  { ticketId, actor }: { ticketId: string; actor: string },
): Promise<Incident> {
  const now = parts.clock.now();
  await readTicket(parts.database.db, ticketId);
  await parts.database.transaction(async (trx) => {
    await lockDuplicates(trx);
    const incident = await lockIncident(trx, id);
    requireOpen(incident);
    if (!(await writeDetached(trx, { id, ticketId, by: actor, now }))) return;
    await renewCentre(trx, id);
    await tell(trx, { incident, kind: 'detached', actor, now, data: { ticket_id: ticketId } });
  });
  await releaseSoon(parts);
  return readIncident(parts.database.db, id);
}

/** A person says that a ticket belongs to it, too. @throws `not-found`, `invalid-state` */
export async function attachTicket(
  parts: PipelineParts,
  id: string,
  { ticketId, actor }: { ticketId: string; actor: string },
): Promise<Incident> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    const { status, assignment } = await lockTicket(trx, ticketId);
    await lockDuplicates(trx);
    const incident = await lockIncident(trx, id);
    const present = await findIncidentOf(trx, ticketId);
    if (present === id) return;
    requireOpen(incident);
    if (present !== null)
      throw new SignalboxError('invalid-state', `The ticket is a member of ${present}. Detach it there first.`);
    if (status === 'resolved' || status === 'closed')
      throw new SignalboxError('invalid-state', `A ticket that is ${status} waits for nothing. Reopen it first.`);
    const { customerId } = await readTicket(trx, ticketId);
    const held = assignment !== 'assigned';
    await writeAttached(trx, { incident, ticketId, customerId, held, now });
    if (held) await holdTickets(trx, [ticketId], now);
    await tell(trx, { incident, kind: 'attached', actor, now, data: { ticket_id: ticketId } });
  });
  return readIncident(parts.database.db, id);
}

function requireOpen({ id, status }: StoredIncident): void {
  if (status === 'open') return;
  throw new SignalboxError('invalid-state', `The incident ${id} is resolved. Reopen it first.`);
}

/** What cannot be done now (the database went away) is done by the next look; the command itself stands. */
async function releaseSoon(parts: PipelineParts): Promise<void> {
  try {
    await releaseMembers(parts);
  } catch (error) {
    parts.log.warn({ err: error }, 'members of an incident could not be let go yet');
  }
}
