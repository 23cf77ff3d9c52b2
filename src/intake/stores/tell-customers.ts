import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';
import { sessionChannel } from './sessions.ts';

export interface NewAnnouncement {
  readonly id: string;
  readonly ticketId: string;
  readonly text: string;
}

/**
 * Writes one message to the customer of each of these tickets, in two statements whatever their number; the caller
 * holds their rows. Delivered at once where it is there to be read, pending in a chat until somebody took it.
 */
export async function tellCustomers(
  trx: Trx,
  messages: readonly NewAnnouncement[],
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    insert into intake.messages (id, ticket_id, author, actor, text, private, delivery, citations, created_at)
    select r.id, r.ticket_id, 'agent', ${actor}, r.text, false,
      case when t.session_id is null then 'delivered' else 'pending' end, '[]', ${now}
    from jsonb_to_recordset(${JSON.stringify(messages.map((m) => ({ id: m.id, ticket_id: m.ticketId, text: m.text })))}::jsonb)
      as r(id uuid, ticket_id uuid, text text)
    join intake.tickets t on t.id = r.ticket_id`.execute(trx);
  await sql`
    select pg_notify(${sessionChannel}, session_id::text) from intake.tickets
    where id = any(${messages.map((m) => m.ticketId)}::uuid[]) and session_id is not null`.execute(trx);
}
