import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';

/** These tickets wait for nobody: they stand in no queue until somebody routes them. The caller holds their rows. */
export async function holdTickets(trx: Trx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update intake.tickets set assignment = 'none', queue = null, queued_at = null, updated_at = ${now}
    where id = any(${ids as string[]}::uuid[]) and assignment = 'waiting'`.execute(trx);
}
