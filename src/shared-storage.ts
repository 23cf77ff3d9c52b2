import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { openStorage, type Storage } from './engine.ts';
import { type Config, findRunning, type Log, openDatabase } from './platform/index.ts';
import { SignalboxError } from './ticket/index.ts';

/*
 * How commands come to the database:
 *   DATABASE_URL is set             that one
 *   a server or a command runs one  theirs, borrowed
 *   otherwise                       our own is started, and stopped when nobody has borrowed it any more
 */

/** Longest wait for a database that somebody else is just starting or stopping. */
const patience = 15_000;

/** @throws what openStorage throws */
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
  return error.code === 'database-unavailable' || error.message.startsWith('Another Signalbox runs');
}

/** A command that borrowed the database must not lose it in the middle of its work. */
async function untilReturned(url: string, say: (words: string) => void): Promise<void> {
  const database = openDatabase(url, { poolSize: 1, onBroken: () => undefined });
  try {
    for (let waited = 0; ; waited += 250) {
      const { rows } = await sql<{ others: number }>`
        select count(*) as others from pg_stat_activity
        where application_name like 'signalbox%' and pid <> pg_backend_pid()`.execute(database.db);
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
