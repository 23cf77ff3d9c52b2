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

type Key = Pick<Claim, 'scope' | 'key'>;

interface Done {
  readonly kind: 'done';
  readonly response: { readonly status: number; readonly body: string };
}

/** Neither part holds a line break: headers and methods cannot. */
const nameOf = ({ scope, key }: Key) => `${scope}\n${key}`;

/** Longer than any request takes. Another process cannot see that the one that claimed a key has let go of it. */
const minutesInFlight = 15;

/**
 * Keeps the first answer under a key for 24 hours. A key that is in flight is free again when its process is gone, or
 * works on it no more and could not say so to the database: what may have been stored under it is found by its source
 * key and not done twice.
 */
export function createIdempotencyStore(database: Database, { clock, owner }: { clock: Clock; owner: number }) {
  const { db } = database;
  /** What this process works on: marked before the database is asked, so that of two at once only one begins. */
  const inHand = new Set<string>();
  return {
    async claim(claim: Claim): Promise<{ kind: 'begin' } | Done> {
      const name = nameOf(claim);
      if (inHand.has(name)) return readEarlier(claim);
      inHand.add(name);
      const begun = await take(claim).catch((error: unknown) => {
        inHand.delete(name);
        throw error;
      });
      if (begun) return { kind: 'begin' };
      inHand.delete(name);
      return readEarlier(claim);
    },
    async finish(key: Key, response: { status: number; body: string }): Promise<void> {
      inHand.delete(nameOf(key));
      await sql`
        update platform.idempotency_keys set response_status = ${response.status}, response_body = ${response.body}
        where scope = ${key.scope} and key = ${key.key}`.execute(db);
    },
    async forget(key: Key): Promise<void> {
      inHand.delete(nameOf(key));
      await sql`delete from platform.idempotency_keys
        where scope = ${key.scope} and key = ${key.key} and response_status is null`.execute(db);
    },
    /** Removes keys older than a day. */
    async tidy(): Promise<void> {
      await sql`delete from platform.idempotency_keys where created_at < ${clock.now()}::timestamptz - interval '24 hours'`.execute(
        db,
      );
    },
  };

  /** True when the key is ours to begin. A key of this process that is not in its hand was left behind. */
  async function take({ scope, key, requestHash }: Claim): Promise<boolean> {
    const now = clock.now();
    const claimed = await sql<{ key: string }>`
      insert into platform.idempotency_keys as k (scope, key, request_hash, owner, created_at)
      values (${scope}, ${key}, ${requestHash}, ${owner}, ${now})
      on conflict (scope, key) do update
        set request_hash = excluded.request_hash, owner = excluded.owner, created_at = excluded.created_at,
          response_status = null, response_body = null
        where k.created_at < ${now}::timestamptz - interval '24 hours'
          or (k.response_status is null and k.request_hash = excluded.request_hash
            and (k.owner = excluded.owner or ${ownerIsGone('k.owner')}
              or k.created_at < ${now}::timestamptz - make_interval(mins => ${minutesInFlight}::int)))
      returning key`.execute(db);
    return claimed.rows.length > 0;
  }

  async function readEarlier({ scope, key, requestHash }: Claim): Promise<Done> {
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
