import type { Selectable } from 'kysely';
import { type Db, isUniqueViolation, type Trx } from '../../platform/index.ts';
import { type Author, type Citation, SignalboxError } from '../../ticket/index.ts';
import { wakeSession } from './sessions.ts';
import type { IntakeTables } from './tables.ts';

export interface NewMessage {
  readonly id: string;
  readonly ticketId: string;
  readonly author: Author;
  readonly actor: string;
  readonly text: string;
  readonly private: boolean;
  readonly citations: readonly Citation[];
  readonly now: Date;
}

export type Message = Selectable<IntakeTables['intake.messages']>;

/**
 * Adds a message; the caller holds the ticket's row. What goes to the customer is `delivered` at once where it is
 * there to be read (API, mail file …); in a chat it is `pending` until a socket or a poller took it, and every process
 * is told by NOTIFY when the transaction stands. A message id that exists (a repeated sending) changes nothing.
 */
export async function addMessage(trx: Trx, message: NewMessage): Promise<Message> {
  const toCustomer = !message.private && message.author !== 'customer';
  const tables = trx.withTables<IntakeTables>();
  const session = toCustomer ? await sessionOf(trx, message.ticketId) : null;
  await tables
    .insertInto('intake.messages')
    .values({
      id: message.id,
      ticket_id: message.ticketId,
      author: message.author,
      actor: message.actor,
      text: message.text,
      private: message.private,
      delivery: toCustomer ? (session === null ? 'delivered' : 'pending') : null,
      citations: JSON.stringify(message.citations),
      created_at: message.now,
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  if (session !== null) await wakeSession(trx, session);
  return tables.selectFrom('intake.messages').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow();
}

async function sessionOf(trx: Trx, ticketId: string): Promise<string | null> {
  const row = await trx
    .withTables<IntakeTables>()
    .selectFrom('intake.tickets')
    .select('session_id')
    .where('id', '=', ticketId)
    .executeTakeFirst();
  return row?.session_id ?? null;
}

/** The conversation, oldest first. */
export async function listMessages(db: Db, ticketId: string): Promise<Message[]> {
  return db
    .withTables<IntakeTables>()
    .selectFrom('intake.messages')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .orderBy('seq')
    .execute();
}

/** What the customer wrote last after the ticket itself, or null. */
export async function lastMessageOfCustomer(db: Db, ticketId: string): Promise<{ id: string; text: string } | null> {
  const row = await db
    .withTables<IntakeTables>()
    .selectFrom('intake.messages')
    .select(['id', 'text'])
    .where('ticket_id', '=', ticketId)
    .where('author', '=', 'customer')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export type Feedback = Selectable<IntakeTables['intake.feedback']>;

/** @throws `already-done` when the ticket has its feedback. */
export async function storeFeedback(trx: Trx, feedback: Feedback): Promise<Feedback> {
  try {
    return await trx
      .withTables<IntakeTables>()
      .insertInto('intake.feedback')
      .values(feedback)
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new SignalboxError('already-done', 'Feedback was already given for this ticket.', { cause: error });
  }
}
