import type { Database, Log } from '../platform/index.ts';
import { openSharedStorage } from '../shared-storage.ts';
import { readConfiguration } from './configuration.ts';
import type { Terminal } from './terminal.ts';

/** The database for the time of one command: the running one, or one of its own. */
export async function withDatabase<T>(
  terminal: Terminal,
  work: (database: Database, log: Log) => Promise<T>,
): Promise<T> {
  const { config, log } = readConfiguration();
  const storage = await openSharedStorage(config, log, terminal.say);
  try {
    return await work(storage.database, log);
  } finally {
    await storage.close();
  }
}
