import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dumpSchema, schemaFile } from '../../../scripts/schema-dump.ts';
import { migrate, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase } from '../../support/database.ts';
import { query, temporaryFolder } from '../../support/serve-postgres.ts';

const debian = '/usr/lib/postgresql/15/bin';
const migrations = resolve(import.meta.dirname, '../../../migrations');

describe('migrations/schema.sql', () => {
  it('is what the migrations make', async () => {
    const test = await createTestDatabase();
    onTestFinished(() => test.drop());
    expect(await dumpSchema(test.url)).toBe(readFileSync(schemaFile, 'utf8'));
  });

  it.each([
    'alter table intake.tickets add column extra text',
    'alter table intake.tickets alter column subject drop not null',
    'alter table intake.tickets alter column run set default 7',
    'alter table intake.feedback drop constraint feedback_rating_check',
    'drop index intake.tickets_newest',
    'drop trigger ledger_append_only on platform.ledger',
    `create or replace function platform.refuse_change() returns trigger language plpgsql as 'begin return null; end'`,
    'create schema more',
    `create type intake.mood as enum ('good', 'bad')`,
    'create view intake.open as select id from intake.tickets',
    'create sequence intake.numbers',
  ])('shows: %s', async (change) => {
    const test = await createTestDatabase();
    onTestFinished(() => test.drop());
    const before = await dumpSchema(test.url);
    await query(test.url, change);
    expect(await dumpSchema(test.url)).not.toBe(before);
  });

  it.skipIf(!existsSync(debian))('is the same on PostgreSQL 15', async () => {
    const url = await startDebian();
    const database = openDatabase(url, { poolSize: 2 });
    await migrate(database, migrations);
    await database.close();
    expect(await dumpSchema(url)).toBe(readFileSync(schemaFile, 'utf8'));
  });
});

/** Debian's PostgreSQL 15, the oldest that Signalbox takes. */
async function startDebian(): Promise<string> {
  const cluster = join(temporaryFolder(), 'pg');
  const prefix = process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534'] : ['env'];
  const [program, ...words] = prefix as [string, ...string[]];
  const initdb = [join(debian, 'initdb'), '-D', cluster, '-U', 'signalbox', '-A', 'trust', '-E', 'UTF8'];
  const made = spawnSync(program, [...words, ...initdb, '--locale=C.UTF-8', '--no-sync'], { encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const args = [join(debian, 'postgres'), '-D', cluster, '-c', 'listen_addresses=', '-k', cluster];
  const child = spawn(program, [...words, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGINT');
    await closed;
  });
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('ready to accept')) break;
  child.stderr.resume();
  return `postgres://signalbox@localhost/postgres?host=${encodeURIComponent(cluster)}`;
}
