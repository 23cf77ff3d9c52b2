import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from './database.ts';
import { askConnection } from './held-connection.ts';

/**
 * Tells the living processes from the dead ones. Each process holds one session-level advisory lock under
 * its number for as long as it lives; PostgreSQL lets go of it the moment the connection ends, kill -9
 * included. What a process without a lock had in hand may be taken over at once: no lease to wait for.
 */
export interface Presence {
  /** The number of this process, written as `owner` on what it works on. */
  readonly owner: number;
  close(): Promise<void>;
}

/**
 * A machine that loses its power or its network says no farewell, and PostgreSQL would miss it after two hours. It asks
 * from its side, too: with the network cut off such a process was gone after 20 to 25 s. Nothing of it works on a Unix
 * socket, where nothing of it is needed.
 */
const noticeLoss =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 25000';

/** SQL that is true when the process numbered by `column` is gone. */
export function ownerIsGone(column: string) {
  return sql<boolean>`not exists (
    select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
    where l.locktype = 'advisory' and l.objsubid = 1
      and ((l.classid::bigint << 32) | l.objid::bigint) = ${sql.ref(column)})`;
}

/** `owner` must be an integer in [1, 2^53). Connects again by itself when the connection breaks. */
export async function announcePresence(
  url: string,
  owner: number,
  onError: (error: unknown) => void,
): Promise<Presence> {
  let closed = false;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'signalbox-presence',
      keepAlive: true,
    });
    // A connection that breaks says so several times: one new one is made for it, and none while it is being made.
    let held = false;
    next.on('error', (error) => {
      onError(error);
      if (held) void reconnect();
      held = false;
    });
    try {
      await next.connect();
      await next.query(noticeLoss);
      await next.query('select pg_advisory_lock($1::bigint)', [owner]);
    } catch (error) {
      // Half made it could still hold the lock, or the end of the process up.
      void next.end().catch(() => undefined);
      throw error;
    }
    held = true;
    askConnection(next);
    return next;
  }

  async function reconnect(): Promise<void> {
    for (let wait = 200; !closed; wait = Math.min(wait * 2, 5_000)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        client = await connect();
        if (closed) await client.end();
        return;
      } catch (error) {
        onError(error);
      }
    }
  }

  return {
    owner,
    async close() {
      closed = true;
      await client.end().catch(onError);
    },
  };
}

/** The numbers among `owners` whose process is gone. */
export async function goneOwners(db: Db, owners: readonly number[]): Promise<number[]> {
  if (owners.length === 0) return [];
  const rows = await sql<{ owner: number }>`
    select o.owner from unnest(${owners as number[]}::bigint[]) as o(owner) where ${ownerIsGone('o.owner')}`.execute(
    db,
  );
  return rows.rows.map((r) => r.owner);
}
