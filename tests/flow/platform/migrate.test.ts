import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appendToLedger, type Database, migrate, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase } from '../../support/database.ts';
import { temporaryFolder } from '../../support/serve-postgres.ts';

const migrations = resolve(import.meta.dirname, '../../../migrations');

async function open(content: 'migrated' | 'empty'): Promise<Database> {
  const test = await createTestDatabase(content);
  const database = openDatabase(test.url);
  onTestFinished(async () => {
    await database.close();
    await test.drop();
  });
  return database;
}

async function tables(database: Database): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(database.db);
  return found.rows.map((r) => r.name);
}

describe('migrate', () => {
  it('applies every file once', async () => {
    const database = await open('empty');
    expect((await migrate(database, migrations))[0]).toBe('0001-foundation');
    expect(await migrate(database, migrations)).toEqual([]);
    expect(await tables(database)).toContain('platform.ledger');
  });

  it('applies every file once when several processes start together', async () => {
    const first = await open('empty');
    const others = [openDatabase(first.url), openDatabase(first.url)];
    const applied = await Promise.all([first, ...others].map((database) => migrate(database, migrations)));
    for (const database of others) await database.close();
    expect(applied.flat().filter((name) => name === '0001-foundation')).toHaveLength(1);
  });

  it('refuses the data of a newer version and changes nothing', async () => {
    const database = await open('migrated');
    await sql`insert into public.signalbox_migrations (name, timestamp) values ('9999-from-the-future', '')`.execute(
      database.db,
    );
    const before = await tables(database);
    await expect(migrate(database, migrations)).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringMatching(/newer version.*9999-from-the-future/),
    });
    expect(await tables(database)).toEqual(before);
  });

  it('leaves the database as it was when a file fails half-way', async () => {
    const database = await open('migrated');
    const before = await tables(database);
    const folder = temporaryFolder();
    cpSync(migrations, folder, { recursive: true });
    writeFileSync(join(folder, '9999-broken.sql'), 'create table public.half (n int); select 1 / 0;');
    await expect(migrate(database, folder)).rejects.toThrow(/division by zero/);
    expect(await tables(database)).toEqual(before);
    expect(await migrate(database, migrations)).toEqual([]);
  });
});

describe('the ledger', () => {
  it('is append-only', async () => {
    const database = await open('migrated');
    await appendToLedger(database.db, [
      { at: new Date(0), actor: 'system', action: 'test-run', subjectType: 'test', subjectId: '1' },
    ]);
    await expect(sql`update platform.ledger set actor = 'x'`.execute(database.db)).rejects.toThrow(/append-only/);
    await expect(sql`delete from platform.ledger`.execute(database.db)).rejects.toThrow(/append-only/);
    const kept = await sql<{ actor: string }>`select actor from platform.ledger`.execute(database.db);
    expect(kept.rows).toEqual([{ actor: 'system' }]);
  });

  it('keeps nothing of a transaction that is rolled back', async () => {
    const database = await open('migrated');
    const entry = { at: new Date(0), actor: 'system', action: 'test-run', subjectType: 'test', subjectId: '1' };
    await expect(
      database.transaction(async (trx) => {
        await appendToLedger(trx, [entry]);
        throw new Error('the change failed');
      }),
    ).rejects.toThrow();
    const kept = await sql`select 1 from platform.ledger`.execute(database.db);
    expect(kept.rows).toEqual([]);
  });
});
