import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { ReadAttachment } from '../attachments/read-attachments.ts';

export interface Attachment {
  readonly id: string;
  readonly ticketId: string;
  /** The message that it came with; null: the ticket itself. */
  readonly messageId: string | null;
  readonly name: string;
  readonly contentType: string;
  /** bytes */
  readonly size: number;
  readonly sha256: string;
  readonly problem: string | null;
  /** Characters of its text; null where none could be read. */
  readonly textLength: number | null;
  readonly createdAt: Date;
}

const columns = sql`id, ticket_id as "ticketId", message_id as "messageId", name, content_type as "contentType", size,
  sha256, problem, length(text) as "textLength", created_at as "createdAt"`;

export interface AttachmentsToStore {
  readonly ticketId: string;
  readonly messageId: string | null;
  readonly attachments: readonly ReadAttachment[];
  readonly now: Date;
}

/** Stores files beside what they came with. A repeated sending of the same message stores nothing new. */
export async function storeAttachments(trx: Trx, given: AttachmentsToStore, newId: () => string): Promise<void> {
  const { ticketId, messageId, attachments, now } = given;
  if (messageId !== null && attachments.length > 0 && (await hasAttachments(trx, messageId))) return;
  for (const [position, file] of attachments.entries()) {
    const data = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
    await sql`
      insert into intake.attachments
        (id, ticket_id, message_id, position, name, content_type, size, sha256, data, text, problem, created_at)
      values (${newId()}, ${ticketId}, ${messageId}, ${position}, ${file.name}, ${file.contentType}, ${data.length},
        ${file.sha256}, ${data}, ${file.text}, ${file.problem}, ${now})`.execute(trx);
  }
}

async function hasAttachments(trx: Trx, messageId: string): Promise<boolean> {
  const found = await sql`select 1 from intake.attachments where message_id = ${messageId} limit 1`.execute(trx);
  return found.rows.length > 0;
}

/** In the order in which they came, without content. */
export async function listAttachments(db: Db, ticketId: string): Promise<Attachment[]> {
  const found = await sql<Attachment>`
    select ${columns} from intake.attachments where ticket_id = ${ticketId}
    order by created_at, position, id`.execute(db);
  return found.rows;
}

/** @throws `not-found` */
export async function readAttachment(
  db: Db,
  by: { ticketId: string; id: string },
): Promise<Attachment & { readonly text: string | null }> {
  const found = await sql<Attachment & { text: string | null }>`
    select ${columns}, text from intake.attachments
    where id = ${by.id} and ticket_id = ${by.ticketId}`.execute(db);
  return found.rows[0] ?? unknownAttachment(by);
}

/** The file as it came. @throws `not-found` */
export async function readAttachmentContent(
  db: Db,
  by: { ticketId: string; id: string },
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const found = await sql<{ name: string; bytes: Buffer }>`
    select name, data as bytes from intake.attachments
    where id = ${by.id} and ticket_id = ${by.ticketId}`.execute(db);
  return found.rows[0] ?? unknownAttachment(by);
}

function unknownAttachment({ ticketId, id }: { ticketId: string; id: string }): never {
  throw new SignalboxError('not-found', `The ticket ${ticketId} has no attachment ${id}.`);
}

export interface AttachmentText {
  readonly id: string;
  readonly messageId: string | null;
  readonly name: string;
  /** As it was read: untrusted words of whoever wrote the file. */
  readonly text: string;
}

/**
 * What the attachments of a ticket say, in the order in which they came; those without text are left out.
 * @param characters of each at most; a book is not a message
 */
export async function attachmentTexts(db: Db, ticketId: string, characters = 20_000): Promise<AttachmentText[]> {
  const found = await sql<AttachmentText>`
    select id, message_id as "messageId", name, left(text, ${characters}) as text from intake.attachments
    where ticket_id = ${ticketId} and text is not null order by created_at, position, id`.execute(db);
  return found.rows;
}
