import { type Selectable, sql } from 'kysely';
import { type Db, type Trx, tell } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { IntakeTables, SessionsTable } from './tables.ts';

export type Session = Selectable<SessionsTable>;

/** On this channel each process hears of sessions by their id; what is new it reads from the rows. */
export const sessionChannel = 'signalbox_session';

/** Tells every process, once the transaction stands, that there is something new for a session. */
export async function wakeSession(db: Db, sessionId: string): Promise<void> {
  await tell(db, sessionChannel, sessionId);
}

/** @returns null when there is a session of this id: it belongs to who opened it. */
export async function insertSession(
  trx: Trx,
  session: Pick<Session, 'id' | 'key' | 'customer_id' | 'channel' | 'opened_by'> & { now: Date },
): Promise<Session | null> {
  const { now, ...row } = session;
  const inserted = await trx
    .withTables<IntakeTables>()
    .insertInto('intake.sessions')
    .values({ ...row, ticket_id: null, opened_at: now, last_seen_at: now, disclosed_at: null })
    .onConflict((c) => c.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted ?? null;
}

export async function readSession(db: Db, id: string): Promise<Session | null> {
  const tables = db.withTables<IntakeTables>();
  return (await tables.selectFrom('intake.sessions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/**
 * Holds the row until the transaction ends: messages of one session are stored one after the other. NO KEY, because who
 * writes a ticket twice in one transaction (the end of a run) has PostgreSQL look at its session with FOR KEY SHARE;
 * with FOR UPDATE the two waited for each other (seen under load: 40P01).
 */
export async function lockSession(trx: Trx, id: string): Promise<Session> {
  return trx
    .withTables<IntakeTables>()
    .selectFrom('intake.sessions')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(
      () =>
        new SignalboxError('not-found', 'This session is gone, as nothing was said in it for a day. Open another one.'),
    );
}

/**
 * Removes sessions that were opened and in which nobody ever said anything, last seen before `before`. Whoever stores a
 * first message holds the row meanwhile, and it is passed over. @returns how many, at most `most`
 */
export async function removeUnusedSessions(db: Db, before: Date, most = 10_000): Promise<number> {
  const { rows } = await sql`
    delete from intake.sessions where id in (
      select s.id from intake.sessions s
      where s.ticket_id is null and s.last_seen_at < ${before}
        and not exists (select 1 from intake.tickets t where t.session_id = s.id)
      limit ${most} for update skip locked)
    returning id`.execute(db);
  return rows.length;
}

export async function updateSession(
  db: Db,
  id: string,
  patch: { ticket_id?: string; last_seen_at: Date },
): Promise<void> {
  await db.withTables<IntakeTables>().updateTable('intake.sessions').set(patch).where('id', '=', id).execute();
}

/** True once: the first machine answer of a session tells what it is. */
export async function noteSessionDisclosure(trx: Trx, sessionId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update intake.sessions s set disclosed_at = ${now}
    where s.id = ${sessionId} and s.disclosed_at is null
      and exists (select 1 from intake.messages m join intake.tickets t on t.id = m.ticket_id
        where t.session_id = s.id and m.author = 'ai' and not m.private)
    returning s.id`.execute(trx);
  return rows.length > 0;
}
