import { sql } from 'kysely';
import { prepared, type Trx } from '../../platform/index.ts';

/**
 * The order of locks, which keeps transactions from waiting for one another in a circle:
 *   1. the rows of the tickets that the caller names   2. the lock of duplicates (src/triage/stores/lock.ts)
 *   3. this lock   4. agents by name   5. waiting tickets,
 *   SKIP LOCKED.
 * Who takes slots holds the lock shared, who frees them holds it alone. So between the look "nobody has a
 * free slot" and the commit that makes the ticket wait no slot becomes free unseen, and tickets that find
 * nobody free (the flood) stand in nobody's way.
 * Needs READ COMMITTED: the statement after the lock has to see what its last holder wrote. A transaction
 * that does both frees first.
 */
const lock = sql.raw('20261, 1');

/** A ticket that routing had in hand before. */
export interface EarlierPlace {
  readonly id: string;
  readonly assignment: 'assigned' | 'waiting' | 'none';
  readonly agent: string | null;
  readonly queue: string | null;
  readonly queued_at: Date | null;
  readonly released_by: string | null;
  /** Of the agent who holds it. */
  readonly skills: Record<string, number> | null;
}

/**
 * Takes the lock shared and tells which of the tickets routing knows already. Whether there are any is asked in
 * the same round trip: of fresh tickets, the many, there are none.
 */
export async function lockForTaking(trx: Trx, ids: readonly string[]): Promise<Map<string, EarlierPlace>> {
  if (ids.length === 0) {
    await sql`${prepared}select pg_advisory_xact_lock_shared(${lock})`.execute(trx);
    return new Map();
  }
  const known = sql`t.id = any(${ids as string[]}::uuid[]) and (t.assignment <> 'none' or t.released_by is not null)`;
  const locked = await sql<{ any: boolean }>`
    select pg_advisory_xact_lock_shared(${lock}), exists (select 1 from intake.tickets t where ${known}) as any`.execute(
    trx,
  );
  if (!locked.rows[0]?.any) return new Map();
  const earlier = await sql<EarlierPlace>`
    select t.id, t.assignment, t.agent, t.queue, t.queued_at, t.released_by, a.skills
    from intake.tickets t left join routing.agents a on a.name = t.agent where ${known}`.execute(trx);
  return new Map(earlier.rows.map((e) => [e.id, e]));
}

export async function lockForFreeing(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(trx);
}
