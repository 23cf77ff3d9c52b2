import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { openStorage, type Storage } from './engine.ts';
import { type Config, findRunning, isFolderInUse, type Log, openDatabase, sharePostgres } from './platform/index.ts';
import { SignalboxError } from './ticket/index.ts';

/*
 * How servers come to the database:
 *   DATABASE_URL is set    that one
 *   otherwise              our own, which one of all servers on the data folder runs; another one takes it over
 *
 * How commands come to the database:
 *   DATABASE_URL is set             that one
 *   a server or a command runs one  theirs, borrowed
 *   otherwise                       our own is started, and stopped when nobody has borrowed it any more
 */

/** Longest wait for a database that somebody else is just starting or stopping. */
const patience = 15_000;

/** By this name the connections of a server are told from those of a command, which cannot take the database over. */
const serverName = 'signalbox-server';

/** For a server. @throws what openStorage and sharePostgres throw */
export async function openServerStorage(config: Config, log: Log): Promise<Storage> {
  if (config.DATABASE_URL !== undefined) return openStorage(config, log);
  const shared = await sharePostgres({ dataFolder: config.dataFolder, log });
  const url = new URL(shared.url);
  url.searchParams.set('application_name', serverName);
  for (let waited = 0; ; waited += 250) {
    try {
      const storage = await openStorage({ ...config, DATABASE_URL: url.href }, log);
      const close = async () => {
        await storage.close();
        await shared.stop();
      };
      return { ...storage, close };
    } catch (error) {
      if (isChanging(error) && waited < patience) {
        await wait(250);
        continue;
      }
      await shared.stop();
      throw error;
    }
  }
}

/** For a command. @throws what openStorage throws */
export async function openSharedStorage(config: Config, log: Log, say: (words: string) => void): Promise<Storage> {
  if (config.DATABASE_URL !== undefined) return openStorage(config, log);
  for (let waited = 0; ; waited += 250) {
    const running = findRunning(config.dataFolder);
    try {
      if (running !== undefined) return await openStorage({ ...config, DATABASE_URL: running.url }, log);
      return await openStorage(config, log, (url) => untilReturned(url, say));
    } catch (error) {
      if (!isChanging(error) || waited >= patience) throw error;
    }
    await wait(250);
  }
}

/** The other one has the folder and not yet, or no longer, a database. */
function isChanging(error: unknown): boolean {
  if (!(error instanceof SignalboxError)) return false;
  return error.code === 'database-unavailable' || isFolderInUse(error);
}

/** A command that borrowed the database must not lose it in the middle of its work; a server takes it over. */
async function untilReturned(url: string, say: (words: string) => void): Promise<void> {
  const database = openDatabase(url, { poolSize: 1, onBroken: () => undefined });
  try {
    for (let waited = 0; ; waited += 250) {
      const { rows } = await sql<{ others: number }>`
        select count(*) as others from pg_stat_activity
        where application_name like 'signalbox%' and application_name <> ${serverName} and pid <> pg_backend_pid()`.execute(
        database.db,
      );
      if ((rows[0]?.others ?? 0) === 0) return;
      if (waited === 1_000) say('Another command uses the database that this one started; waiting for it to end.');
      await wait(250);
    }
  } catch {
    // The database is gone already: nobody has it.
  } finally {
    await database.close();
  }
}
