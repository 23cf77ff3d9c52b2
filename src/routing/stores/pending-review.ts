import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';

/** Id of the review that a ticket waits for, or null. A ticket has at most one that is pending. */
export async function findPendingReview(db: Db, ticketId: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from routing.reviews where ticket_id = ${ticketId} and status = 'pending'`.execute(db);
  return found.rows[0]?.id ?? null;
}
