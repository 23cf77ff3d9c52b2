import type { Selectable } from 'kysely';
import { type Db, isUniqueViolation, type Trx } from '../../platform/index.ts';
import { type Author, type Citation, SignalboxError } from '../../ticket/index.ts';
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
 * Adds a message. What goes to the customer is `delivered` at once on the API channel: it is there to be
 * read. A message id that exists (a repeated sending) changes nothing.
 */
export async function addMessage(trx: Trx, message: NewMessage): Promise<Message> {
  const toCustomer = !message.private && message.author !== 'customer';
  const tables = trx.withTables<IntakeTables>();
  await tables
    .insertInto('intake.messages')
    .values({
      id: message.id,
      ticket_id: message.ticketId,
      author: message.author,
      actor: message.actor,
      text: message.text,
      private: message.private,
      delivery: toCustomer ? 'delivered' : null,
      citations: JSON.stringify(message.citations),
      created_at: message.now,
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  return tables.selectFrom('intake.messages').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow();
}

/** The conversation, oldest first. */
export async function listMessages(db: Db, ticketId: string): Promise<Message[]> {
  return db
    .withTables<IntakeTables>()
    .selectFrom('intake.messages')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .orderBy('created_at')
    .orderBy('id')
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
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
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
