import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';

/**
 * A person resolves many tickets at once: those of them that may be resolved, in one statement, off the queue with it.
 * The caller holds their rows. @returns what was resolved, and who held it.
 */
export async function resolveTickets(
  trx: Trx,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; agent: string | null }[]> {
  const { rows } = await sql<{ id: string; agent: string | null }>`
    update intake.tickets set status = 'resolved', handled_by = 'human', resolved_at = ${now}, owner = null,
      updated_at = ${now}, assignment = case when assignment = 'waiting' then 'none' else assignment end,
      queue = case when assignment = 'waiting' then null else queue end, queued_at = null
    where id = any(${ids as string[]}::uuid[]) and status in ('new', 'awaiting_review', 'waiting_customer', 'failed')
    returning id, agent`.execute(trx);
  return rows;
}
