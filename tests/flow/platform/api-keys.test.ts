import { afterAll, beforeAll, expect, it } from 'vitest';
import { addApiKey, type Database, listApiKeys, newId, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { poolSize: 1 });
});
afterAll(async () => {
  await database?.close();
  await test?.drop();
});

const add = (name: string) =>
  addApiKey(database.db, { id: newId(), name, scope: 'agent', hash: `hash of ${name}`, now: new Date() });

it.each(['admin', 'local', 'signalbox', 'cli', 'anonymous', 'kafka', 'WEBHOOK_URL', 'Admin', ' CLI '])(
  'no key may be named %j, as an actor without a key is',
  async (name) => {
    await expect(add(name)).rejects.toMatchObject({ code: 'invalid-fields' });
    expect(await listApiKeys(database.db)).toHaveLength(0);
  },
);

it('other names are taken once', async () => {
  await add('administration');
  await expect(add('administration')).rejects.toMatchObject({ code: 'already-done' });
});
