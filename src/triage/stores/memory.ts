import { sql } from 'kysely';
import { type Db, prepared } from '../../platform/index.ts';

/** What a process has to know of a ticket that others are compared with. */
export interface MemoryChange {
  readonly seq: number;
  readonly ticketId: string;
  readonly clusterId: string;
  readonly at: Date;
  /** Null: it is no longer compared with. */
  readonly fingerprint: Buffer | null;
  /** It is kept as long as its incident is open. */
  readonly incidentOpen: boolean;
}

const columns = sql.raw(`m.seq, m.ticket_id as "ticketId", m.cluster_id as "clusterId", m.at,
  case when m.role = 'representative' then m.fingerprint end as fingerprint,
  exists (select from triage.incidents i where i.cluster_id = m.cluster_id and i.status = 'open') as "incidentOpen"`);

/**
 * What changed behind `seq`, in order; complete for who holds the lock of duplicates. Mostly nothing has: the number
 * that was given out last says so, for a tenth of the price.
 */
export async function readMemoryChanges(db: Db, seq: number): Promise<MemoryChange[]> {
  const { rows: given } = await sql<{ last: number }>`${prepared}
    select last_value as last from triage.memory_seq`.execute(db);
  if ((given[0]?.last ?? seq) <= seq) return [];
  const { rows } = await sql<MemoryChange>`
    select ${columns} from triage.members m where m.role <> 'plain' and m.seq > ${seq} order by m.seq`.execute(db);
  return rows;
}

/**
 * What a process that starts has to know: tickets since `since` and those of open incidents. `seq` is the number up to
 * which this is complete but for transactions under way: what they add has a greater one.
 */
export async function readMemory(db: Db, since: Date): Promise<{ seq: number; tickets: MemoryChange[] }> {
  const { rows: last } = await sql<{ seq: number | null }>`
    select max(seq) as seq from triage.members where role <> 'plain'`.execute(db);
  const seq = last[0]?.seq ?? 0;
  const { rows } = await sql<MemoryChange>`
    select ${columns} from triage.members m
    where m.role = 'representative' and m.seq <= ${seq} and (m.at >= ${since} or exists (
      select from triage.incidents i where i.cluster_id = m.cluster_id and i.status = 'open'))
    order by m.seq`.execute(db);
  return { seq, tickets: rows };
}
