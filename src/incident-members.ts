import { resolveTickets } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { assignTickets, dropReviews, freeSlot } from './routing/index.ts';
import { noteReleased, type ReleasedMember, takeReleasedMembers } from './triage/index.ts';

/** What is done with the tickets of an incident. */

interface Resolving {
  readonly incidentId: string;
  readonly by: string;
  readonly now: Date;
}

/** Resolves those of these tickets that may be resolved; the caller holds their rows. @returns how many */
export async function resolveMembers(
  trx: Trx,
  ticketIds: readonly string[],
  { incidentId, by, now }: Resolving,
): Promise<number> {
  const resolved = await resolveTickets(trx, ticketIds, now);
  const ids = resolved.map(({ id }) => id);
  const reason = `Told through the incident ${incidentId}.`;
  await dropReviews(trx, { ticketIds: ids, reason, by, now });
  // Few: who came when there was no incident yet, and those whom an agent took by hand.
  for (const { id, agent } of resolved) if (agent !== null) await freeSlot(trx, { ticketId: id, by, now });
  await appendToLedger(
    trx,
    ids.map((id) => ({
      at: now,
      actor: by,
      action: 'ticket-resolved',
      subjectType: 'ticket',
      subjectId: id,
      data: { reason, incident_id: incidentId },
    })),
  );
  return ids.length;
}

const batch = 200;

/**
 * Members that wait for nothing any more (detached, or the incident is closed) become ordinary tickets: resolved where
 * they were told and the incident is to resolve them, else routed by their priority and their own arrival. In batches
 * that anybody may do at any time; a process that dies in the middle leaves the rest to the next look.
 */
export async function releaseMembers(parts: PipelineParts): Promise<number> {
  for (let released = 0; ; ) {
    const taken = await parts.database.transaction((trx) => releaseSome(trx, parts));
    released += taken;
    if (taken < batch) return released;
  }
}

async function releaseSome(trx: Trx, { clock }: PipelineParts): Promise<number> {
  const now = clock.now();
  const members = await takeReleasedMembers(trx, batch);
  // First what frees slots, then what takes them: the order of routing's lock.
  for (const [incidentId, some] of groupByIncident(members.filter((m) => m.resolves)))
    await resolveMembers(
      trx,
      some.map((m) => m.id),
      { incidentId, by: some[0]?.resolvedBy ?? 'signalbox', now },
    );
  const open = members.filter(
    (m) => !m.resolves && m.assignment === 'none' && (m.status === 'new' || m.status === 'awaiting_review'),
  );
  await assignTickets(
    trx,
    open.map((m) => ({ ...m, abstained: m.abstained !== false, priority: m.priority ?? 'medium' })),
    now,
  );
  await noteReleased(
    trx,
    members.map((m) => m.id),
  );
  return members.length;
}

function groupByIncident(members: readonly ReleasedMember[]): Map<string, ReleasedMember[]> {
  return Map.groupBy(members, (m) => m.incidentId ?? '');
}
