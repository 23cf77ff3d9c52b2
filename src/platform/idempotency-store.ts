import { sql } from 'kysely';
import { SignalboxError } from '../ticket/index.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/database.ts';
import { ownerIsGone } from './db/presence.ts';

interface Claim {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

/**
 * Keeps the first answer under a key for 24 hours. A key that is in flight in a process that is gone is free
 * again: what that process may have stored is found by its source key and not done twice.
 */
export function createIdempotencyStore(database: Database, { clock, owner }: { clock: Clock; owner: number }) {
  const { db } = database;
  return {
    async claim({
      scope,
      key,
      requestHash,
    }: Claim): Promise<{ kind: 'begin' } | { kind: 'done'; response: { status: number; body: string } }> {
      const now = clock.now();
      const claimed = await sql<{ key: string }>`
        insert into platform.idempotency_keys as k (scope, key, request_hash, owner, created_at)
        values (${scope}, ${key}, ${requestHash}, ${owner}, ${now})
        on conflict (scope, key) do update
          set request_hash = excluded.request_hash, owner = excluded.owner, created_at = excluded.created_at,
            response_status = null, response_body = null
          where k.created_at < ${now}::timestamptz - interval '24 hours'
            or (k.response_status is null and k.request_hash = excluded.request_hash and ${ownerIsGone('k.owner')})
        returning key`.execute(db);
      if (claimed.rows.length > 0) return { kind: 'begin' };
      return readEarlier({ scope, key, requestHash });
    },
    async finish(
      { scope, key }: Pick<Claim, 'scope' | 'key'>,
      response: { status: number; body: string },
    ): Promise<void> {
      await sql`
        update platform.idempotency_keys set response_status = ${response.status}, response_body = ${response.body}
        where scope = ${scope} and key = ${key}`.execute(db);
    },
    async forget({ scope, key }: Pick<Claim, 'scope' | 'key'>): Promise<void> {
      await sql`delete from platform.idempotency_keys where scope = ${scope} and key = ${key} and response_status is null`.execute(
        db,
      );
    },
    /** Removes keys older than a day. */
    async tidy(): Promise<void> {
      await sql`delete from platform.idempotency_keys where created_at < ${clock.now()}::timestamptz - interval '24 hours'`.execute(
        db,
      );
    },
  };

  async function readEarlier({
    scope,
    key,
    requestHash,
  }: Claim): Promise<{ kind: 'done'; response: { status: number; body: string } }> {
    const found = await sql<{ request_hash: string; response_status: number | null; response_body: string | null }>`
      select request_hash, response_status, response_body from platform.idempotency_keys where scope = ${scope} and key = ${key}`.execute(
      db,
    );
    const row = found.rows[0];
    if (row !== undefined && row.request_hash !== requestHash) {
      throw new SignalboxError(
        'idempotency-mismatch',
        'This Idempotency-Key was used for another request. Use a new key for a new request.',
      );
    }
    if (row?.response_status == null || row.response_body === null) {
      throw new SignalboxError(
        'idempotency-in-flight',
        'A request with this Idempotency-Key is being worked on. Ask again in a moment.',
      );
    }
    return { kind: 'done', response: { status: row.response_status, body: row.response_body } };
  }
}

export type PlatformIdempotencyStore = ReturnType<typeof createIdempotencyStore>;
