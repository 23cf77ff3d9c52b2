import { sql } from 'kysely';
import { prepared, type Trx } from '../../platform/index.ts';

/**
 * Held alone from the look at what others have stored until the commit, so that of tickets that come at the same
 * moment, in whichever process, each sees all that were counted before it. It stands in the order of locks of
 * src/routing/stores/lock.ts: behind the rows of tickets, before the lock of routing.
 */
export async function lockDuplicates(trx: Trx): Promise<void> {
  await sql`${prepared}select pg_advisory_xact_lock(20261, 2)`.execute(trx);
}
