import { sql } from 'kysely';
import { SignalboxError } from '../ticket/index.ts';
import type { Db } from './db/database.ts';
import { isUniqueViolation } from './db/errors.ts';

export type KeyScope = 'admin' | 'agent' | 'customer';

export interface ApiKey {
  readonly name: string;
  readonly scope: KeyScope;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Actors that the ledger names without a key: nobody may write under their names. */
const reserved = new Set(['admin', 'local', 'signalbox', 'cli', 'anonymous', 'kafka', 'webhook_url', 'system']);

/**
 * Only the hash of a key is stored.
 * @throws `invalid-fields` for a name of Signalbox's own, `already-done` when the name is taken
 */
export async function addApiKey(
  db: Db,
  key: { id: string; name: string; scope: KeyScope; hash: string; now: Date },
): Promise<void> {
  if (reserved.has(key.name.trim().toLowerCase()))
    throw new SignalboxError(
      'invalid-fields',
      `The name ${JSON.stringify(key.name)} stands for Signalbox itself in the ledger. Choose another name.`,
      { fields: [{ path: 'name', message: 'is reserved' }] },
    );
  try {
    await sql`insert into platform.api_keys (id, name, scope, hash, created_at)
      values (${key.id}, ${key.name}, ${key.scope}, ${key.hash}, ${key.now})`.execute(db);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new SignalboxError('already-done', `There is a key named ${JSON.stringify(key.name)}. Choose another name.`, {
      cause: error,
    });
  }
}

export async function findApiKey(db: Db, hash: string): Promise<{ name: string; scope: KeyScope } | null> {
  const found = await sql<{ name: string; scope: KeyScope }>`
    select name, scope from platform.api_keys where hash = ${hash} and revoked_at is null`.execute(db);
  return found.rows[0] ?? null;
}

export async function listApiKeys(db: Db): Promise<ApiKey[]> {
  const rows = await sql<ApiKey>`
    select name, scope, created_at as "createdAt", revoked_at as "revokedAt" from platform.api_keys order by created_at`.execute(
    db,
  );
  return rows.rows;
}

/** @throws `not-found` */
export async function revokeApiKey(db: Db, name: string, now: Date): Promise<void> {
  const done = await sql<{ name: string }>`
    update platform.api_keys set revoked_at = ${now} where name = ${name} and revoked_at is null returning name`.execute(
    db,
  );
  if (done.rows.length === 0)
    throw new SignalboxError('not-found', `There is no valid key named ${JSON.stringify(name)}.`);
}
