import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase, type Trx } from '../../../src/platform/index.ts';
import { createTestDatabase } from '../../support/database.ts';

const lock = (trx: Trx) => sql`select pg_advisory_xact_lock(4711)`.execute(trx);

it('who stands still in a transaction holds the others up for a moment only, and may begin again', async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const still = openDatabase(test.url, { mostIdleMs: 200 });
  onTestFinished(() => still.close());
  const other = openDatabase(test.url);
  onTestFinished(() => other.close());
  const held = still.transaction(async (trx) => {
    await lock(trx);
    // Nothing is said to PostgreSQL until somebody else has what this transaction holds.
    await other.transaction(lock);
    await sql`select 1`.execute(trx);
  });
  await expect(held).rejects.toMatchObject({ code: 'database-unavailable' });
  await still.transaction(lock);
});

it('ten seconds are granted', async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const database = openDatabase(test.url);
  onTestFinished(() => database.close());
  const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(database.db);
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
});
