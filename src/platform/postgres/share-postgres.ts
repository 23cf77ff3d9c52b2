import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findRunning, inUse, isFolderInUse } from './folder-lock.ts';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';

/*
 * Several servers on one data folder: one runs PostgreSQL, the others borrow it.
 *
 *   somebody runs it and it answers ──→ borrowed ──owner stopped or was killed──→ (try the lock)
 *   the folder's lock is free       ──→ owned                                        ↓        ↓
 *                                                                                  owned   borrowed again
 *
 * The url is that of the folder, so that pools go on by themselves. Every acknowledged commit is in the write-ahead
 * log: while nobody runs it, requests are refused with 503, and nothing is lost.
 */

export interface SharedPostgres {
  readonly url: string;
  /** Whether this process runs it. */
  owns(): boolean;
  /** Stops it if this process runs it; another server takes it over. */
  stop(): Promise<void>;
}

/** Milliseconds that a first start waits for somebody who is just starting or stopping. */
const patience = 30_000;
/** Milliseconds between two looks at the owner: three small files of /proc on Linux, a program elsewhere. */
const lookEvery = process.platform === 'linux' ? 250 : 2_000;

/** @throws what startPostgres throws, and `data-folder` when somebody holds the folder and has no database for 30 s */
export async function sharePostgres(options: PostgresOptions): Promise<SharedPostgres> {
  const stopping = new AbortController();
  let own: RunningPostgres | null = null;

  /** Runs it or finds who does; null when the folder is just changing hands. */
  async function settle(port?: number): Promise<string | null> {
    const running = findRunning(options.dataFolder);
    if (running !== undefined) return (await answers(running.url)) ? running.url : null;
    try {
      own = await startPostgres(port === undefined ? options : { ...options, port });
      return own.url;
    } catch (error) {
      if (isFolderInUse(error)) return null;
      throw error;
    }
  }

  const url = await firstSettled(settle, options.dataFolder);
  const watching = own === null ? takeOverLater(url) : Promise.resolve();

  async function takeOverLater(borrowed: string): Promise<void> {
    const { log, dataFolder } = options;
    const port = Number(new URL(borrowed).port) || undefined;
    for (let failed = 0; !stopping.signal.aborted && own === null; ) {
      await pause(Math.min(lookEvery * 2 ** failed, 30_000), undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      );
      if (stopping.signal.aborted || findRunning(dataFolder) !== undefined) continue;
      try {
        await settle(port);
        failed = 0;
        if (own !== null) log.warn('the process that ran the database is gone; this one runs it now');
      } catch (error) {
        failed++;
        log.error({ err: error }, 'the database of a process that is gone could not be taken over yet');
      }
    }
  }

  return {
    url,
    owns: () => own !== null,
    async stop() {
      stopping.abort();
      await watching;
      await own?.stop();
    },
  };
}

async function firstSettled(settle: () => Promise<string | null>, dataFolder: string): Promise<string> {
  for (let waited = 0; ; waited += 200) {
    const url = await settle();
    if (url !== null) return url;
    if (waited >= patience) throw inUse(dataFolder);
    await pause(200);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
