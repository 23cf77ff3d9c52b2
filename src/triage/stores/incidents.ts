import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';

export interface NewIncident {
  readonly id: string;
  readonly clusterId: string;
  /** Its words become the title; null: those of the ticket that opened it. */
  readonly centre: string | null;
  readonly openedBy: string;
  /** Beginning of the window: what came before takes no part. */
  readonly since: Date;
  readonly at: Date;
}

/** What an incident is told of by, as it was written. */
export interface WrittenIncident {
  readonly id: string;
  readonly title: string;
  readonly category: string | null;
  readonly centre: string;
  readonly members: number;
}

/**
 * Opens an incident; every process hears of it by the numbers of the memory, and keeps what it is compared with. Its
 * members are the tickets of its cluster within the window, which are stored already.
 */
export async function insertIncident(trx: Trx, incident: NewIncident): Promise<WrittenIncident> {
  const { id, clusterId, centre, openedBy, since, at } = incident;
  const { rows } = await sql<WrittenIncident>`
    with its as (
      select m.ticket_id, t.category from triage.members m join intake.tickets t on t.id = m.ticket_id
      where m.cluster_id = ${clusterId} and m.detached_at is null and m.at >= ${since}),
    written as (
      insert into triage.incidents (id, status, title, category, centre_ticket, cluster_id, opened_at, last_member_at)
      select ${id}, 'open', t.subject, (select category from its where category is not null
          group by category order by count(*) desc, category limit 1), t.id, ${clusterId}, ${at}, ${at}
      from intake.tickets t
      where t.id = coalesce((select ticket_id from its where ticket_id = ${centre}::uuid), ${openedBy}::uuid)
      returning *)
    select id, title, category, centre_ticket as centre, (select count(*)::int from its) as members from written`.execute(
    trx,
  );
  await sql`
    update triage.members set incident_id = ${id}, seq = case when role = 'plain' then seq else nextval('triage.memory_seq') end
    where cluster_id = ${clusterId} and detached_at is null and at >= ${since}`.execute(trx);
  return rows[0]!;
}

/** New members came: it is not quiet, and the proposal to close it is taken back. @returns where one was. */
export async function noteNewMembers(trx: Trx, ids: readonly string[], at: Date): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; proposed: boolean }>`
    update triage.incidents i set last_member_at = greatest(i.last_member_at, ${at}::timestamptz), close_proposed_at = null
    from (select id, close_proposed_at is not null as proposed from triage.incidents
      where id = any(${ids as string[]}::text[]) order by id for update) b
    where i.id = b.id returning i.id, b.proposed`.execute(trx);
  return rows.filter((r) => r.proposed).map((r) => r.id);
}

export interface NewIncidentEvent {
  readonly incidentId: string;
  readonly at: Date;
  readonly actor: string;
  readonly kind:
    | 'opened'
    | 'close-proposed'
    | 'proposal-withdrawn'
    | 'closed'
    | 'reopened'
    | 'detached'
    | 'attached'
    | 'replied';
  readonly data?: Readonly<Record<string, unknown>>;
}

export async function insertEvents(trx: Trx, events: readonly NewIncidentEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ incidentId, at, actor, kind, data }) => ({
    incident_id: incidentId,
    at: at.toISOString(),
    actor,
    kind,
    data: data ?? {},
  }));
  await sql`
    insert into triage.incident_events (incident_id, at, actor, kind, data)
    select incident_id, at, actor, kind, data from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(incident_id text, at timestamptz, actor text, kind text, data jsonb)`.execute(trx);
}
