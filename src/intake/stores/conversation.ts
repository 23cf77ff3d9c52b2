import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import type { Author, Citation, TicketStatus } from '../../ticket/index.ts';
import type { TicketsTable } from './tables.ts';

/** What stands in the conversation of a session, over all its tickets. */
export interface SessionMessage {
  readonly id: string;
  readonly ticketId: string;
  /** Order in which messages came to stand. */
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly createdAt: Date;
}

type Columns = Omit<SessionMessage, 'ticketId' | 'createdAt'> & { ticket_id: string; created_at: Date };
const toMessage = ({ ticket_id, created_at, ...rest }: Columns): SessionMessage => ({
  ...rest,
  ticketId: ticket_id,
  createdAt: created_at,
});

/**
 * What was said to the customer, in order: everything after a place; with `orPending` also what no socket and no poller
 * has taken yet. Private notes are never among it.
 */
export async function listReplies(
  db: Db,
  {
    sessionId,
    after,
    orPending,
    limit = 200,
  }: { sessionId: string; after: number; orPending: boolean; limit?: number },
): Promise<SessionMessage[]> {
  const { rows } = await sql<Columns>`
    select m.id, m.ticket_id, m.seq, m.author, m.text, m.citations, m.created_at
    from intake.tickets t join intake.messages m on m.ticket_id = t.id
    where t.session_id = ${sessionId} and m.author <> 'customer' and not m.private
      and (m.seq > ${after} or (${orPending} and m.delivery = 'pending'))
    order by m.seq limit ${limit}`.execute(db);
  return rows.map(toMessage);
}

/** Both sides, oldest first; the first message of each ticket is the ticket's own text and has the ticket's id. */
export async function listConversation(
  db: Db,
  { sessionId, after, limit }: { sessionId: string; after: number; limit: number },
): Promise<SessionMessage[]> {
  const { rows } = await sql<Columns>`
    select * from (
      select t.id, t.id as ticket_id, t.session_seq as seq, 'customer' as author, t.body as text, '[]'::jsonb as citations, t.created_at
      from intake.tickets t where t.session_id = ${sessionId}
      union all
      select m.id, m.ticket_id, m.seq, m.author, m.text, m.citations, m.created_at
      from intake.tickets t join intake.messages m on m.ticket_id = t.id
      where t.session_id = ${sessionId} and not m.private) c
    where c.seq > ${after} order by c.seq limit ${limit}`.execute(db);
  return rows.map(toMessage);
}

/** Place of a message among those of this session, or null when it is none of this session. */
export async function placeOfMessage(
  db: Db,
  { sessionId, messageId }: { sessionId: string; messageId: string },
): Promise<number | null> {
  const { rows } = await sql<{ seq: number }>`
    select m.seq from intake.messages m join intake.tickets t on t.id = m.ticket_id
    where m.id = ${messageId}::uuid and t.session_id = ${sessionId} and not m.private
    union all
    select t.session_seq from intake.tickets t where t.id = ${messageId}::uuid and t.session_id = ${sessionId}`.execute(
    db,
  );
  return rows[0]?.seq ?? null;
}

/** Place of the newest message of a session; 0 before the first. */
export async function lastPlace(db: Db, sessionId: string): Promise<number> {
  const { rows } = await sql<{ seq: number | null }>`
    select greatest(max(t.session_seq), max(m.seq)) as seq
    from intake.tickets t left join intake.messages m on m.ticket_id = t.id
    where t.session_id = ${sessionId}`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** A ticket becomes part of a session; its own text takes its place among the messages. @returns that place */
export async function joinSession(
  trx: Trx,
  { ticketId, sessionId }: { ticketId: string; sessionId: string },
): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    update intake.tickets set session_id = ${sessionId}, session_seq = nextval(pg_get_serial_sequence('intake.messages', 'seq'))
    where id = ${ticketId} returning session_seq as seq`.execute(trx);
  return rows[0]!.seq;
}

/** A socket or a poller took them. Rows that are delivered already are not written again. */
export async function markDelivered(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update intake.messages set delivery = 'delivered'
    where id = any(${ids as string[]}::uuid[]) and delivery = 'pending'`.execute(db);
}

export interface ConversationState {
  readonly status: TicketStatus;
  readonly assignment: TicketsTable['assignment'];
  readonly run: number;
  readonly answerAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly sessionId: string | null;
  /** Who spoke last to the customer in this ticket; null: nobody yet. */
  readonly lastSpeaker: Exclude<Author, 'customer'> | null;
}

/** Whose turn it is in a ticket's conversation. */
export async function readConversationState(db: Db, ticketId: string): Promise<ConversationState> {
  const { rows } = await sql<ConversationState>`
    select t.status, t.assignment, t.run, t.answer_at as "answerAt", t.resolved_at as "resolvedAt", t.session_id as "sessionId",
      (select m.author from intake.messages m where m.ticket_id = t.id and m.author <> 'customer' and not m.private
        order by m.seq desc limit 1) as "lastSpeaker"
    from intake.tickets t where t.id = ${ticketId}`.execute(db);
  return rows[0]!;
}

/**
 * A customer waits for the machine: it answers when `quietMs` have gone by without another message, and after five
 * times as long at the latest, because somebody may go on writing for ever.
 */
export async function awaitAnswer(
  trx: Trx,
  ticketId: string,
  { quietMs, now }: { quietMs: number; now: Date },
): Promise<Date> {
  const longest = 5 * quietMs;
  // An earlier burst that was never answered, because a person took it, is over.
  const since = sql`case when answer_at > ${now}::timestamptz - ${longest}::float8 * interval '1 millisecond'
    then coalesce(burst_since, ${now}) else ${now} end`;
  const { rows } = await sql<{ at: Date }>`
    update intake.tickets set burst_since = ${since}, updated_at = ${now},
      answer_at = least(${now}::timestamptz + ${quietMs}::float8 * interval '1 millisecond',
        ${since} + ${longest}::float8 * interval '1 millisecond')
    where id = ${ticketId} returning answer_at as at`.execute(trx);
  return rows[0]!.at;
}

/** Nobody waits for the machine any more: the customer has said nothing yet that wants an answer. */
export async function endWaiting(trx: Trx, ticketId: string, now: Date): Promise<void> {
  await sql`update intake.tickets set answer_at = null, burst_since = null, updated_at = ${now}
    where id = ${ticketId}`.execute(trx);
}

/** Chats whose answer has been due since `before`: those who should have given it are gone. Oldest first. */
export async function listOverdueChats(db: Db, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from intake.tickets
    where answer_at < ${before} and status = 'new' and assignment = 'none' order by answer_at limit ${limit}`.execute(
    db,
  );
  return rows.map((r) => r.id);
}

/** Runs in a row that came to nothing because the customer wrote on, since anything was last said to the customer. */
export async function countOvertakenRuns(db: Db, ticketId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from platform.ledger l
    where l.subject_type = 'ticket' and l.subject_id = ${ticketId} and l.action = 'run-overtaken'
      and l.at > coalesce((select max(m.created_at) from intake.messages m
        where m.ticket_id = ${ticketId}::uuid and m.author <> 'customer' and not m.private), '-infinity')`.execute(db);
  return rows[0]!.n;
}
