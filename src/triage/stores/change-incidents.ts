import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { IncidentStatus } from '../incidents/types.ts';

/** An incident as its commands see it. */
export interface StoredIncident {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly title: string;
  readonly category: string | null;
  readonly centre: string;
  readonly clusterId: string;
}

/** Reads an incident and holds its row; the caller holds the lock of duplicates. @throws `not-found` */
export async function lockIncident(trx: Trx, id: string): Promise<StoredIncident> {
  const { rows } = await sql<StoredIncident>`
    select id, status, title, category, centre_ticket as centre, cluster_id as "clusterId"
    from triage.incidents where id = ${id} for update`.execute(trx);
  if (rows[0] === undefined) throw new SignalboxError('not-found', `There is no incident ${id}.`);
  return rows[0];
}

interface Change {
  readonly id: string;
  readonly by: string;
  readonly now: Date;
}

/**
 * Ends it: nobody joins any more, and its members are let go (release-members.ts). Those that were told are resolved
 * then where `resolveMembers` says so. @returns how many members it has
 */
export async function writeClosed(
  trx: Trx,
  { id, by, now, resolveMembers }: Change & { resolveMembers: boolean },
): Promise<number> {
  await sql`
    update triage.incidents set status = 'resolved', resolved_at = ${now}, resolved_by = ${by},
      resolve_members = ${resolveMembers}, close_proposed_at = null where id = ${id}`.execute(trx);
  await sql`
    update triage.members set role = 'withdrawn', seq = nextval('triage.memory_seq')
    where cluster_id = (select cluster_id from triage.incidents where id = ${id}) and role = 'representative'`.execute(
    trx,
  );
  if (resolveMembers)
    await sql`
      update triage.members set held = true where incident_id = ${id} and told_at is not null and not held`.execute(
      trx,
    );
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from triage.members where incident_id = ${id}`.execute(trx);
  return rows[0]?.n ?? 0;
}

/** Tickets join again. Members that were let go meanwhile stay where they are. */
export async function writeReopened(trx: Trx, { id, now }: Change): Promise<void> {
  await sql`
    update triage.incidents set status = 'open', resolved_at = null, resolved_by = null, resolve_members = null,
      close_proposed_at = null, last_member_at = ${now} where id = ${id}`.execute(trx);
  await sql`
    update triage.members set role = 'representative', seq = nextval('triage.memory_seq')
    where cluster_id = (select cluster_id from triage.incidents where id = ${id}) and role = 'withdrawn'
      and detached_at is null`.execute(trx);
}

/** The ticket is a case of its own again; nothing is compared with it any more. False when it is no member. */
export async function writeDetached(trx: Trx, { id, ticketId, now }: Change & { ticketId: string }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update triage.members set incident_id = null, detached_at = ${now}, duplicate_of = null, same_customer = false,
      role = case when role = 'plain' then role else 'withdrawn' end,
      seq = case when role = 'plain' then seq else nextval('triage.memory_seq') end
    where ticket_id = ${ticketId} and incident_id = ${id} returning ticket_id as id`.execute(trx);
  return rows.length > 0;
}

/** The centre is shown: another member takes its place when it left. */
export async function renewCentre(trx: Trx, id: string): Promise<void> {
  await sql`
    update triage.incidents i set centre_ticket = t.id, title = t.subject
    from intake.tickets t
    where i.id = ${id} and t.id = (select ticket_id from triage.members m where m.incident_id = ${id}
      order by (m.role <> 'plain') desc, m.at, m.ticket_id limit 1)
      and not exists (select from triage.members m where m.ticket_id = i.centre_ticket and m.incident_id = ${id})`.execute(
    trx,
  );
}

/** The incident that a ticket is a member of, or null. */
export async function findIncidentOf(trx: Trx, ticketId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select incident_id as id from triage.members where ticket_id = ${ticketId}`.execute(trx);
  return rows[0]?.id ?? null;
}

/** A person says that a ticket belongs to it. Others are still compared with what they were compared with before. */
export async function writeAttached(
  trx: Trx,
  {
    incident,
    ticketId,
    customerId,
    held,
    now,
  }: Pick<Change, 'now'> & {
    incident: StoredIncident;
    ticketId: string;
    customerId: string | null;
    held: boolean;
  },
): Promise<void> {
  const earliest = sql`(select ticket_id from triage.members where incident_id = ${incident.id} order by at, ticket_id limit 1)`;
  await sql`
    insert into triage.members as m (ticket_id, cluster_id, incident_id, customer_id, at, probability, duplicate_of,
      same_customer, role, seq, held)
    values (${ticketId}, ${incident.clusterId}, ${incident.id}, ${customerId}, ${now}, 0, ${earliest}, false, 'plain', 0, ${held})
    on conflict (ticket_id) do update set cluster_id = excluded.cluster_id, incident_id = excluded.incident_id,
      duplicate_of = excluded.duplicate_of, held = excluded.held, detached_at = null, told_at = null,
      role = case when m.role = 'plain' then m.role else 'withdrawn' end,
      seq = case when m.role = 'plain' then m.seq else nextval('triage.memory_seq') end`.execute(trx);
}

/** Open incidents without a new member since `before`, of which nobody was told yet. Safe among several processes. */
export async function proposeClosing(trx: Trx, before: Date, now: Date): Promise<StoredIncident[]> {
  const { rows } = await sql<StoredIncident>`
    update triage.incidents set close_proposed_at = ${now}
    where id in (select id from triage.incidents
      where status = 'open' and close_proposed_at is null and last_member_at < ${before} for update skip locked)
    returning id, status, title, category, centre_ticket as centre, cluster_id as "clusterId"`.execute(trx);
  return rows;
}
