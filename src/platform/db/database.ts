import { type Kysely, Kysely as KyselyClass, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { isSignalboxError, translateDatabaseError } from './errors.ts';
import { prepareMarked } from './prepared.ts';

/** A connection pool or a transaction. Rooms name their own tables with `db.withTables<RoomTables>()`. */
export type Db = Kysely<unknown>;
export type Trx = Transaction<unknown>;

export interface Database {
  readonly db: Db;
  readonly url: string;
  /** Runs `work` in one transaction; errors of the database come out as SignalboxError. */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** By whom `tell` is told what belongs to a transaction, once it stands; null: by NOTIFY, within it. */
  tellWith(publish: Publish | null): void;
  /** Milliseconds of one round trip; throws `database-unavailable`. */
  ping(): Promise<number>;
  /** Milliseconds since a statement failed for want of space; null when none did. */
  sinceFull(): number | null;
  close(): Promise<void>;
}

export type Publish = (channel: string, payload: string) => void;

/** What is to be told when a transaction stands, where NOTIFY does not do it. */
const untold = new WeakMap<object, [channel: string, payload: string][]>();

/** Tells every process, once the transaction stands; without a transaction at once. */
export async function tell(db: Db, channel: string, payload: string): Promise<void> {
  const waiting = untold.get(db);
  if (waiting === undefined) await sql`select pg_notify(${channel}, ${payload})`.execute(db);
  else waiting.push([channel, payload]);
}

export interface DatabaseOptions {
  /** Connections of the pool. Ten are enough to let PostgreSQL commit in groups. */
  readonly poolSize?: number;
  /** Milliseconds that a transaction may stand still between two statements; default 10,000. */
  readonly mostIdleMs?: number;
  /** A connection broke, idle or between two statements of a transaction. */
  readonly onBroken?: (error: Error) => void;
}

/** Opens a pool on `url` (postgres://…, or a socket folder as `host` parameter). Connects on first use. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  // Counts are bigint in PostgreSQL; ours stay far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'signalbox',
    // A server that hangs must not hold a request for ever.
    statement_timeout: 30_000,
    // A process that stands still in a transaction (its machine is paused, lost its power or its network) must not keep
    // what it has locked: two of six stopped at random made POST /route of another one fail for as long as they stood.
    idle_in_transaction_session_timeout: options.mostIdleMs ?? 10_000,
  });
  // A connection that breaks with nobody listening ends the process. The pool listens only while it is idle: between
  // two statements of a transaction each connection needs a listener of its own, and that one hears of both.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', (error) => options.onBroken?.(error));
    prepareMarked(client);
  });
  let fullAt: number | null = null;
  let publish: Publish | null = null;
  const db = new KyselyClass<unknown>({
    dialect: new PostgresDialect({ pool }),
    log(event) {
      if (event.level === 'error' && translateDatabaseError(event.error).code === 'storage-full')
        fullAt = performance.now();
    },
  });
  return {
    db,
    url,
    async transaction(work) {
      try {
        const waiting: [string, string][] = [];
        const by = publish;
        const result = await db.transaction().execute((trx) => {
          if (by !== null) untold.set(trx, waiting);
          return work(trx);
        });
        for (const [channel, payload] of waiting) by?.(channel, payload);
        return result;
      } catch (error) {
        throw isSignalboxError(error) ? error : translateDatabaseError(error);
      }
    },
    tellWith(next) {
      publish = next;
    },
    async ping() {
      const start = performance.now();
      try {
        await sql`select 1`.execute(db);
      } catch (error) {
        throw translateDatabaseError(error);
      }
      return performance.now() - start;
    },
    sinceFull: () => (fullAt === null ? null : performance.now() - fullAt),
    close: () => db.destroy(),
  };
}
