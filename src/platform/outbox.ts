import { sql } from 'kysely';
import type { Db, Trx } from './db/database.ts';
import type { LedgerEntry } from './ledger.ts';

/**
 * What happened, for those who act on it. A subscriber names the actions of the ledger that it wants to hear of; from
 * then on those entries are written into the outbox too when they are appended to the ledger (by a trigger): an event
 * stands exactly when the change it tells of stands. The subscriber takes entries in a transaction of its own together
 * with the rows it makes of them. When that transaction fails the entries come back, and when it commits they are gone:
 * its rows are made once. What it then does outside the database it may do twice.
 *
 *   await setSubscription(trx, 'clocks', ['ticket-received', 'reply-sent']);
 *   …
 *   const entries = await database.transaction(async (trx) => {
 *     const taken = await takeOutbox(trx, 'clocks', 100);
 *     for (const entry of taken) await moveClock(trx, entry);
 *     return taken;
 *   });                                 // fewer than 100: that was all
 *
 * Nothing tells a subscriber that there is something to take: it looks from time to time (a look at an empty outbox is
 * one look into an index). A NOTIFY in the writing transaction would let all commits of the database wait for one another.
 */
export interface OutboxEntry extends Required<LedgerEntry> {
  /** Of the row in the ledger; grows, with holes. */
  readonly ledgerId: number;
}

/** The actions that `subscriber` wants from now on; none ends it. What it has not taken yet stays there to be taken. */
export async function setSubscription(db: Db, subscriber: string, actions: readonly string[]): Promise<void> {
  if (actions.length === 0) {
    await sql`delete from platform.subscriptions where subscriber = ${subscriber}`.execute(db);
    return;
  }
  // Unchanged, as at every start of a process, it waits for nobody who is just taking.
  await sql`
    insert into platform.subscriptions as s (subscriber, actions) values (${subscriber}, ${actions as string[]}::text[])
    on conflict (subscriber) do update set actions = excluded.actions where s.actions <> excluded.actions`.execute(db);
}

/**
 * The oldest entries, at most `limit`, which are the caller's when `trx` commits. One taker at a time for each
 * subscriber: a second one at the same time gets none, in whichever process it is. So entries about one subject come
 * in the order of their transactions (each locks what it changes); of two subjects the one whose transaction took
 * longer may come later than its number says.
 */
export async function takeOutbox(trx: Trx, subscriber: string, limit: number): Promise<OutboxEntry[]> {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`outbox ${subscriber}`}, 0)) as free`.execute(trx);
  if (!lock.rows[0]?.free) return [];
  const { rows } = await sql<OutboxEntry>`
    with taken as (
      delete from platform.outbox where subscriber = ${subscriber} and ledger_id in (
        select ledger_id from platform.outbox where subscriber = ${subscriber} order by ledger_id limit ${limit})
      returning *)
    select ledger_id as "ledgerId", at, actor, action, subject_type as "subjectType", subject_id as "subjectId", data
    from taken order by ledger_id`.execute(trx);
  return rows;
}

/** When the oldest entry happened that the subscriber has not taken; null when it has taken all. */
export async function oldestInOutbox(db: Db, subscriber: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from platform.outbox where subscriber = ${subscriber}`.execute(db);
  return rows[0]?.at ?? null;
}
