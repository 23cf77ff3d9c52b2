import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { goneOwners } from '../../../src/platform/db/presence.ts';
import { announcePresence, type Database, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { node } from '../../support/serve-postgres.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const program = resolve(import.meta.dirname, '../../support/presence-process.ts');

async function startProcess(owner: number) {
  const child = spawn(node, [program, test.url, String(owner)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('presence', () => {
  it('tells a process after kill -9 from those that live', async () => {
    // Numbers on both sides of 2^32: the lock keeps them in two halves.
    const [living, killed, never] = [2 ** 52 + 1, 2 ** 33 + 7, 5];
    await startProcess(living);
    const child = await startProcess(killed);
    expect(await goneOwners(database.db, [living, killed, never])).toEqual([never]);
    child.kill('SIGKILL');
    await expect.poll(() => goneOwners(database.db, [living, killed])).toEqual([killed]);
  });

  it('is told again after its connection broke', async () => {
    const errors: unknown[] = [];
    const presence = await announcePresence(test.url, 77, (error) => errors.push(error));
    onTestFinished(() => presence.close());
    await sql`select pg_terminate_backend(l.pid) from pg_locks l
      where l.locktype = 'advisory' and l.objid = 77 and l.classid = 0`.execute(database.db);
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    await expect.poll(() => goneOwners(database.db, [77]), { timeout: 10_000 }).toEqual([]);
    await presence.close();
    await expect.poll(() => goneOwners(database.db, [77])).toEqual([77]);
  });

  it('does not mix up databases of one server', async () => {
    const other = await createTestDatabase();
    onTestFinished(() => other.drop());
    const presence = await announcePresence(other.url, 99, () => {});
    expect(await goneOwners(database.db, [99])).toEqual([99]);
    await presence.close();
  });
});
