import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { SignalboxError } from '../../ticket/index.ts';
import type { Database } from './database.ts';

/** Numbered forward-only SQL files, each in its own transaction. */
function readMigrations(folder: string): Record<string, Migration> {
  const files = readdirSync(folder).filter((f) => /^\d{4}-.*\.sql$/.test(f));
  return Object.fromEntries(
    files.sort().map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return [file.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }];
    }),
  );
}

/**
 * Brings the database to the newest version and returns the names of what was applied.
 * @throws `data-folder` when the database was written by a newer version, or is older than PostgreSQL 15.
 */
export async function migrate(database: Database, folder: string): Promise<string[]> {
  const version = await sql<{ v: string }>`select current_setting('server_version_num') as v`.execute(database.db);
  const number = Number(version.rows[0]?.v);
  if (number < 150_000) {
    throw new SignalboxError(
      'config-invalid',
      `DATABASE_URL names a PostgreSQL ${Math.floor(number / 10_000)}; Signalbox needs 15 or newer.`,
    );
  }
  const known = readMigrations(folder);
  await refuseNewer(database, new Set(Object.keys(known)));
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: async () => known },
    migrationTableSchema: 'public',
    migrationTableName: 'signalbox_migrations',
    migrationLockTableName: 'signalbox_migrations_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName);
}

async function refuseNewer(database: Database, known: Set<string>): Promise<void> {
  const exists = await sql<{
    t: string | null;
  }>`select to_regclass('public.signalbox_migrations')::text as t`.execute(database.db);
  if (!exists.rows[0]?.t) return;
  const applied = await sql<{
    name: string;
  }>`select name from public.signalbox_migrations order by name`.execute(database.db);
  const unknown = applied.rows.map((r) => r.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new SignalboxError(
    'data-folder',
    `The data was written by a newer version of Signalbox (it holds ${unknown.join(', ')}). Install that version or newer, or choose another data folder with SIGNALBOX_DATA.`,
  );
}
