import type { Services } from './api/index.ts';
import { attachTicket, closeIncident, detachTicket, reopenIncident } from './incident-commands.ts';
import { releaseMembers } from './incident-members.ts';
import { replyToMembers } from './incident-reply.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger } from './platform/index.ts';
import {
  countIncidents,
  forgetFingerprints,
  insertEvents,
  listIncidentEvents,
  listIncidentMembers,
  listIncidents,
  proposeClosing,
  readIncident,
} from './triage/index.ts';

/** What can be asked of incidents, and done about them. */
export function createIncidentServices(parts: PipelineParts) {
  const { db } = parts.database;
  return {
    listIncidents: (page) => listIncidents(db, page),
    readIncident: async (id, page) => ({
      incident: await readIncident(db, id),
      members: await listIncidentMembers(db, { incidentId: id, ...page }),
      timeline: await listIncidentEvents(db, id),
    }),
    closeIncident: (id, given, actor) => closeIncident(parts, id, { ...given, actor }),
    reopenIncident: (id, actor) => reopenIncident(parts, id, actor),
    detachTicket: (id, ticketId, actor) => detachTicket(parts, id, { ticketId, actor }),
    attachTicket: (id, ticketId, actor) => attachTicket(parts, id, { ticketId, actor }),
    replyToMembers: (id, reply) => replyToMembers(parts, id, reply),
    countIncidents: () => countIncidents(db),
  } satisfies Partial<Services>;
}

/** No window is looked back so far. */
const dayMs = 86_400_000;

/** What happens to incidents by itself: quiet ones are proposed to be closed, members that wait for nothing are let go. */
export async function tendIncidents(parts: PipelineParts): Promise<void> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    const quiet = await proposeClosing(trx, new Date(now.getTime() - parts.duplicates.settings.quietMs), now);
    await insertEvents(
      trx,
      quiet.map(({ id }) => ({ incidentId: id, at: now, actor: 'signalbox', kind: 'close-proposed' })),
    );
    await appendToLedger(
      trx,
      quiet.map(({ id, title, category, centre }) => ({
        at: now,
        actor: 'signalbox',
        action: 'incident-close-proposed',
        subjectType: 'incident',
        subjectId: id,
        data: { title, category, centre },
      })),
    );
  });
  await releaseMembers(parts);
  const { windowMs } = parts.duplicates.settings;
  await forgetFingerprints(parts.database.db, new Date(now.getTime() - Math.max(dayMs, 3 * windowMs)), 5_000);
}
