import { sql } from 'kysely';
import type { Db } from './db/database.ts';

/**
 * The secret of this name: `fresh.value` when there was none yet. Of several processes that start together one value
 * is kept, and all get that one.
 */
export async function readSecret(db: Db, name: string, fresh: { value: string; now: Date }): Promise<string> {
  await sql`insert into platform.secrets (name, value, created_at) values (${name}, ${fresh.value}, ${fresh.now})
    on conflict (name) do nothing`.execute(db);
  const { rows } = await sql<{ value: string }>`select value from platform.secrets where name = ${name}`.execute(db);
  return rows[0]!.value;
}
