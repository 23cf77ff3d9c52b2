import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openKnowledge } from './engine.ts';
import type { KnowledgeStatus } from './knowledge/index.ts';
import { type Config, findRunning, type Log, openDatabase, startPostgres } from './platform/index.ts';

export interface DatabaseFindings {
  readonly version: string;
  readonly milliseconds: number;
  /** null when the tables are not there yet: they are made at the next start. */
  readonly knowledge: KnowledgeStatus | null;
  readonly whose: 'DATABASE_URL' | 'running' | 'own';
}

/** Looks at the database and changes nothing: no migration, no new cluster. null when there is none yet. */
export async function inspectDatabase(config: Config, log: Log): Promise<DatabaseFindings | null> {
  const running = config.DATABASE_URL === undefined ? findRunning(config.dataFolder) : undefined;
  const given = config.DATABASE_URL ?? running?.url;
  if (given !== undefined)
    return look(given, { log, whose: config.DATABASE_URL === undefined ? 'running' : 'DATABASE_URL' });
  if (!existsSync(join(config.dataFolder, 'postgres'))) return null;
  const own = await startPostgres({ dataFolder: config.dataFolder, log });
  try {
    return await look(own.url, { log, whose: 'own' });
  } finally {
    await own.stop();
  }
}

async function look(
  url: string,
  { log, whose }: { log: Log; whose: DatabaseFindings['whose'] },
): Promise<DatabaseFindings> {
  const database = openDatabase(url, { poolSize: 1, onBroken: () => undefined });
  try {
    const milliseconds = await database.ping();
    const { rows } = await sql<{ version: string; made: boolean }>`
      select current_setting('server_version') as version, to_regclass('public.signalbox_migrations') is not null as made`.execute(
      database.db,
    );
    const { version, made } = rows[0]!;
    const knowledge = made ? await openKnowledge(database, log).status() : null;
    return { version, milliseconds, knowledge, whose };
  } finally {
    await database.close();
  }
}
