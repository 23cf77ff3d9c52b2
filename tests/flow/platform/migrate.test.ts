import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendToLedger, type Database, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

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

describe('the ledger', () => {
  it('is append-only', async () => {
    await appendToLedger(database.db, [
      { at: new Date(0), actor: 'system', action: 'test-run', subjectType: 'test', subjectId: '1' },
    ]);
    await expect(sql`update platform.ledger set actor = 'x'`.execute(database.db)).rejects.toThrow(/append-only/);
    await expect(sql`delete from platform.ledger`.execute(database.db)).rejects.toThrow(/append-only/);
  });
});
