import { appendToLedger, type LedgerEntry, type Log, type Trx } from '../../platform/index.ts';
import { mergeClusters } from '../stores/clusters.ts';
import { insertEvents, insertIncident, type NewIncidentEvent, noteNewMembers } from '../stores/incidents.ts';
import { insertMembers, noteAlerts } from '../stores/members.ts';
import type { Comparison, OpenedIncident } from './compare-tickets.ts';
import type { RecentProblems } from './recent-problems.ts';
import type { TicketToCompare } from './types.ts';

export interface WrittenComparison {
  readonly comparison: Comparison;
  /** Beginning of the window. */
  readonly since: Date;
  readonly tickets: readonly TicketToCompare[];
  readonly problems: RecentProblems;
  readonly log: Log;
}

const system = 'signalbox';
const mostUrgent = 0.8;
const isCritical = ({ urgencyScore }: TicketToCompare) => urgencyScore > mostUrgent;

/**
 * Writes members, incidents and what is told of them, under the lock of duplicates.
 * @returns the numbers of those that others are compared with
 */
export async function writeComparison(trx: Trx, written: WrittenComparison): Promise<Map<string, number>> {
  const { comparison, since, tickets } = written;
  const { members, merged, opened, alerts } = comparison;
  const fresh = new Set(opened.map((o) => o.id));
  const newest = new Date(Math.max(...tickets.map((t) => t.at.getTime())));
  // The row of an incident is there before its members name it.
  const seqs = await insertMembers(
    trx,
    members.map((m) => (m.incidentId !== null && fresh.has(m.incidentId) ? { ...m, incidentId: null } : m)),
  );
  // An incident that is only being opened takes its members by their cluster.
  const known = merged.map((m) => (m.incidentId !== null && fresh.has(m.incidentId) ? { ...m, incidentId: null } : m));
  await mergeClusters(trx, known, since);
  const joined = new Set(
    members.flatMap((m) => (m.incidentId === null || fresh.has(m.incidentId) ? [] : [m.incidentId])),
  );
  const withdrawn = await noteNewMembers(trx, [...joined], newest);
  const events: NewIncidentEvent[] = withdrawn.map((incidentId) => ({
    incidentId,
    at: newest,
    actor: system,
    kind: 'proposal-withdrawn',
  }));
  const ledger: LedgerEntry[] = [];
  for (const one of opened) {
    const { event, entry } = await openIncident(trx, one, written);
    events.push(event);
    ledger.push(entry);
  }
  const own = new Set(members.map((m) => m.ticketId));
  await noteAlerts(trx, [...comparison.alerted], newest);
  const alerted = new Set(alerts.map((a) => a.ticketId));
  const criticals = tickets.filter((t) => (own.has(t.id) ? alerted.has(t.id) : isCritical(t)));
  await insertEvents(trx, events);
  await appendToLedger(trx, [...criticals.map(criticalEntry), ...duplicateEntries(members), ...ledger]);
  return seqs;
}

async function openIncident(
  trx: Trx,
  { id, clusterId, by }: OpenedIncident,
  { since, problems, log }: WrittenComparison,
) {
  const centre = problems.centreOf(clusterId);
  const incident = await insertIncident(trx, { id, clusterId, centre, openedBy: by.id, since, at: by.at });
  const data = {
    title: incident.title,
    category: incident.category,
    centre: incident.centre,
    size: incident.members,
    opened_by: by.id,
  };
  const event: NewIncidentEvent = { incidentId: id, at: by.at, actor: system, kind: 'opened', data };
  const entry: LedgerEntry = {
    at: by.at,
    actor: system,
    action: 'incident-opened',
    subjectType: 'incident',
    subjectId: id,
    data,
  };
  log.warn({ incident: id, members: incident.members }, 'many customers report the same: an incident was opened');
  return { event, entry };
}

/** Of critical tickets that are compared with none each is told of. */
export async function alertAlone(trx: Trx, tickets: readonly TicketToCompare[]): Promise<void> {
  await appendToLedger(trx, tickets.filter(isCritical).map(criticalEntry));
}

function criticalEntry({ id, at, category, urgencyScore }: TicketToCompare): LedgerEntry {
  return {
    at,
    actor: system,
    action: 'ticket-critical',
    subjectType: 'ticket',
    subjectId: id,
    data: { urgency_score: urgencyScore, category },
  };
}

function duplicateEntries(members: Comparison['members']): LedgerEntry[] {
  return members
    .filter((m) => m.duplicateOf !== null)
    .map((m) => ({
      at: m.at,
      actor: system,
      action: 'duplicate-found',
      subjectType: 'ticket',
      subjectId: m.ticketId,
      data: {
        duplicate_of: m.duplicateOf,
        similarity: m.probability,
        same_customer: m.sameCustomer,
        incident_id: m.incidentId,
      },
    }));
}
