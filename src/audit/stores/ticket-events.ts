import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';

/** What happened to a ticket, as the ledger has it. `id` orders the rows of one ticket: whoever writes holds it. */
export interface TicketEvent {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Oldest first. */
export async function readTicketEvents(db: Db, ticketId: string): Promise<TicketEvent[]> {
  const { rows } = await sql<TicketEvent>`
    select id, at, actor, action, data from platform.ledger
    where subject_type = 'ticket' and subject_id = ${ticketId} order by id`.execute(db);
  return rows;
}

/** Place in the ledger at which a review was made or renewed last; 0 when it has none. */
export async function readReviewPlace(db: Db, reviewId: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from platform.ledger where subject_type = 'review' and subject_id = ${reviewId}
    order by id desc limit 1`.execute(db);
  return rows[0]?.id ?? 0;
}
