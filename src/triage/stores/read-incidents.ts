import { sql } from 'kysely';
import { type Cursor, type Db, toPage } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { Incident, IncidentEvent, IncidentMember, IncidentStatus } from '../incidents/types.ts';

const select = sql`
  select i.id, i.status, i.title, i.category, i.centre_ticket as "centreTicket", i.opened_at as "openedAt",
    i.last_member_at as "lastMemberAt", i.close_proposed_at as "closeProposedAt", i.resolved_at as "resolvedAt",
    i.resolved_by as "resolvedBy", c.members, c.customers, c.untold,
    jsonb_build_object('en', c.en, 'de', c.de, 'other', c.other) as languages
  from triage.incidents i cross join lateral (
    select count(*)::int as members, count(distinct coalesce(m.customer_id, m.ticket_id))::int as customers,
      (count(*) filter (where m.told_at is null))::int as untold,
      (count(*) filter (where t.language = 'en'))::int as en, (count(*) filter (where t.language = 'de'))::int as de,
      (count(*) filter (where t.language = 'other'))::int as other
    from triage.members m join intake.tickets t on t.id = m.ticket_id where m.incident_id = i.id) c`;

/** @throws `not-found` */
export async function readIncident(db: Db, id: string): Promise<Incident> {
  const { rows } = await sql<Incident>`${select} where i.id = ${id}`.execute(db);
  if (rows[0] === undefined) throw new SignalboxError('not-found', `There is no incident ${id}.`);
  return rows[0];
}

export interface IncidentPage {
  readonly status?: IncidentStatus | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Newest first. */
export async function listIncidents(
  db: Db,
  { status, limit, after }: IncidentPage,
): Promise<{ items: Incident[]; nextCursor: string | null }> {
  const { rows } = await sql<Incident>`
    ${select}
    where ${status === undefined ? sql`true` : sql`i.status = ${status}`}
      and ${after === undefined ? sql`true` : sql`(i.opened_at, i.id) < (${after.at}::timestamptz, ${after.id})`}
    order by i.opened_at desc, i.id desc limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (i) => ({ at: i.openedAt, id: i.id }));
}

/** In the order in which they came. */
export async function listIncidentMembers(
  db: Db,
  { incidentId, limit, after }: { incidentId: string; limit: number; after?: Cursor | undefined },
): Promise<{ items: IncidentMember[]; nextCursor: string | null }> {
  const { rows } = await sql<IncidentMember>`
    select m.ticket_id as "ticketId", t.subject, t.language, t.status, m.customer_id as "customerId", m.at,
      m.probability, m.duplicate_of as "duplicateOf", m.same_customer as "sameCustomer", m.held, m.told_at as "toldAt"
    from triage.members m join intake.tickets t on t.id = m.ticket_id
    where m.incident_id = ${incidentId}
      and ${after === undefined ? sql`true` : sql`(m.at, m.ticket_id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by m.at, m.ticket_id limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (m) => ({ at: m.at, id: m.ticketId }));
}

/** The timeline, oldest first; the newest thousand. */
export async function listIncidentEvents(db: Db, incidentId: string): Promise<IncidentEvent[]> {
  const { rows } = await sql<IncidentEvent>`
    select at, actor, kind, data from triage.incident_events where incident_id = ${incidentId}
    order by id desc limit 1000`.execute(db);
  return rows.reverse();
}

export async function countIncidents(db: Db): Promise<Record<IncidentStatus, number>> {
  const { rows } = await sql<{ status: IncidentStatus; n: number }>`
    select status, count(*)::int as n from triage.incidents group by status`.execute(db);
  const of = (status: IncidentStatus) => rows.find((r) => r.status === status)?.n ?? 0;
  return { open: of('open'), resolved: of('resolved') };
}
