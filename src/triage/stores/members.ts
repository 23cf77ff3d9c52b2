import { sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import type { DuplicateVerdict } from '../../ticket/index.ts';

export interface NewMember {
  readonly ticketId: string;
  readonly clusterId: string;
  readonly incidentId: string | null;
  readonly customerId: string | null;
  readonly at: Date;
  readonly probability: number;
  readonly duplicateOf: string | null;
  readonly sameCustomer: boolean;
  /** Null: nobody is compared with it. */
  readonly fingerprint: Buffer | null;
  readonly alertedAt: Date | null;
  readonly held: boolean;
}

/** Writes members under the lock of duplicates. @returns the numbers of those that others are compared with. */
export async function insertMembers(trx: Trx, members: readonly NewMember[]): Promise<Map<string, number>> {
  const column = <T>(pick: (m: NewMember) => T) => members.map(pick);
  const { rows } = await sql<{ ticket_id: string; seq: number; role: string }>`${prepared}
    insert into triage.members (ticket_id, cluster_id, incident_id, customer_id, at, probability, duplicate_of,
      same_customer, role, fingerprint, seq, alerted_at, held)
    select r.ticket_id, r.cluster_id, r.incident_id, r.customer_id, r.at, r.probability, r.duplicate_of,
      r.same_customer, case when r.fingerprint is null then 'plain' else 'representative' end, r.fingerprint,
      case when r.fingerprint is null then 0 else nextval('triage.memory_seq') end, r.alerted_at, r.held
    from unnest(${column((m) => m.ticketId)}::uuid[], ${column((m) => m.clusterId)}::uuid[],
      ${column((m) => m.incidentId)}::text[], ${column((m) => m.customerId)}::uuid[],
      ${column((m) => m.at)}::timestamptz[], ${column((m) => m.probability)}::float8[],
      ${column((m) => m.duplicateOf)}::uuid[], ${column((m) => m.sameCustomer)}::boolean[],
      ${column((m) => m.fingerprint)}::bytea[], ${column((m) => m.alertedAt)}::timestamptz[],
      ${column((m) => m.held)}::boolean[])
      as r(ticket_id, cluster_id, incident_id, customer_id, at, probability, duplicate_of, same_customer, fingerprint,
        alerted_at, held)
    on conflict (ticket_id) do nothing
    returning ticket_id, seq, role`.execute(trx);
  return new Map(rows.filter((r) => r.role === 'representative').map((r) => [r.ticket_id, r.seq]));
}

export async function noteAlerts(trx: Trx, clusters: readonly string[], at: Date): Promise<void> {
  if (clusters.length === 0) return;
  await sql`
    update triage.members set alerted_at = ${at} where ticket_id = any(${clusters as string[]}::uuid[])`.execute(trx);
}

/** What is known of a ticket as one of several; null where it took no part. */
export async function readDuplicateVerdict(db: Db, ticketId: string): Promise<DuplicateVerdict | null> {
  return (await readDuplicateVerdicts(db, [ticketId])).get(ticketId) ?? null;
}

export async function readDuplicateVerdicts(
  db: Db,
  ticketIds: readonly string[],
): Promise<Map<string, DuplicateVerdict>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<DuplicateVerdict & { ticketId: string }>`
    select ticket_id as "ticketId", duplicate_of is not null as "isDuplicate", probability as similarity,
      duplicate_of as "duplicateOf", incident_id as "incidentId", same_customer as "sameCustomer"
    from triage.members where ticket_id = any(${ticketIds as string[]}::uuid[])`.execute(db);
  return new Map(rows.map(({ ticketId, ...verdict }) => [ticketId, verdict]));
}

/** The open incident whose outcome a ticket waits for, or null. */
export async function readHoldingIncident(db: Db, ticketId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select i.id from triage.members m join triage.incidents i on i.id = m.incident_id and i.status = 'open'
    where m.ticket_id = ${ticketId} and m.held`.execute(db);
  return rows[0]?.id ?? null;
}

/**
 * What tickets were compared by is of no use once they are out of the window and no members: it is taken out of the rows,
 * a few thousand at a time. @returns how many
 */
export async function forgetFingerprints(db: Db, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update triage.members set role = 'plain', fingerprint = null
    where ticket_id in (select m.ticket_id from triage.members m
      where m.role <> 'plain' and m.incident_id is null and m.at < ${before}
        and not exists (select from triage.incidents i where i.cluster_id = m.cluster_id)
      order by m.seq limit ${limit} for update skip locked)
    returning ticket_id as id`.execute(db);
  return rows.length;
}
