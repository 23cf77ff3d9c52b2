import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';

/** A group of tickets that report the same problem, as it stands in the database. */
export interface StoredCluster {
  readonly id: string;
  /** The open incident, or null. */
  readonly incidentId: string | null;
  /** The earliest ticket of the incident, or of the window where there is none; null: nobody has reported it lately. */
  readonly earliest: string | null;
  readonly earliestAt: Date | null;
  readonly alertedAt: Date | null;
  /** Whom the tickets of the window count for; empty where an incident is open. */
  readonly reporters: string[];
}

/** Tickets of a customer count once, tickets without one each by itself. */
export const reporterOf = (customerId: string | null, ticketId: string): string => customerId ?? ticketId;

/** Reads clusters under the lock of duplicates. `since` begins the window. */
export async function readClusters(trx: Trx, ids: readonly string[], since: Date): Promise<StoredCluster[]> {
  const { rows } = await sql<StoredCluster>`
    select c.id, i.id as "incidentId", e.ticket_id as "earliest", e.at as "earliestAt", h.alerted_at as "alertedAt", coalesce(r.reporters, '{}') as reporters
    from unnest(${ids as string[]}::uuid[]) as c(id)
    left join triage.members h on h.ticket_id = c.id
    left join lateral (
      select id from triage.incidents where cluster_id = c.id and status = 'open' order by opened_at desc limit 1
    ) i on true
    left join lateral (
      select ticket_id, at from triage.members m
      where m.cluster_id = c.id and m.detached_at is null and (i.id is not null or m.at >= ${since})
      order by m.at, m.ticket_id limit 1
    ) e on true
    left join lateral (
      select array_agg(distinct coalesce(m.customer_id, m.ticket_id)::text) as reporters from triage.members m
      where i.id is null and m.cluster_id = c.id and m.detached_at is null and m.at >= ${since}
    ) r on true`.execute(trx);
  return rows;
}

/** The earliest ticket of each of these customers in these clusters, by `cluster/customer`. */
export async function readEarlierOfCustomers(
  trx: Trx,
  { clusters, customers, since }: { clusters: readonly string[]; customers: readonly string[]; since: Date },
): Promise<Map<string, string>> {
  if (clusters.length === 0 || customers.length === 0) return new Map();
  const { rows } = await sql<{ cluster: string; customer: string; ticket: string }>`
    select distinct on (m.cluster_id, m.customer_id) m.cluster_id as cluster, m.customer_id as customer, m.ticket_id as ticket
    from triage.members m
    where m.cluster_id = any(${clusters as string[]}::uuid[]) and m.customer_id = any(${customers as string[]}::uuid[])
      and m.detached_at is null and (m.at >= ${since} or m.incident_id is not null)
    order by m.cluster_id, m.customer_id, m.at, m.ticket_id`.execute(trx);
  return new Map(rows.map((r) => [`${r.cluster}/${r.customer}`, r.ticket]));
}

/** All tickets of one cluster become those of another, and members of its incident where there is one. */
export async function mergeClusters(
  trx: Trx,
  merged: readonly { from: string; into: string; incidentId: string | null }[],
  since: Date,
): Promise<void> {
  for (const { from, into, incidentId } of merged)
    await sql`
      update triage.members set cluster_id = ${into},
        incident_id = case when at >= ${since} then coalesce(incident_id, ${incidentId}) else incident_id end,
        seq = case when role = 'plain' then seq else nextval('triage.memory_seq') end
      where cluster_id = ${from} and detached_at is null`.execute(trx);
}
