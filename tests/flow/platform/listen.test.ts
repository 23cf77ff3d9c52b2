import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, type Listening, listenTo, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase('empty');
  database = openDatabase(own.url, { poolSize: 2 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const tell = (channel: string) => sql`select pg_notify(${channel}, '')`.execute(database.db);
const cut = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'signalbox-listen'
    and datname = current_database()`.execute(database.db);

it('hears its channels and no others, and looks at each again after a connection that broke', async () => {
  const heard: string[] = [];
  const errors: unknown[] = [];
  const listening: Listening = await listenTo(own.url, ['one', 'two'], {
    heard: (channel) => heard.push(channel),
    onError: (error) => errors.push(error),
  });
  expect(heard.splice(0)).toEqual(['one', 'two']);
  await tell('three');
  await tell('two');
  await expect.poll(() => heard.splice(0)).toEqual(['two']);
  await cut();
  // What was told while nobody listened is lost: each channel counts as told.
  await expect.poll(() => heard.splice(0), { timeout: 10_000 }).toEqual(['one', 'two']);
  expect(errors).not.toEqual([]);
  await tell('one');
  await expect.poll(() => heard).toEqual(['one']);
  await listening.close();
});

it('says so when the database is not there at the start', async () => {
  const gone = listenTo('postgres://nobody@127.0.0.1:9/none', ['one'], {
    heard: () => undefined,
    onError: () => undefined,
  });
  await expect(gone).rejects.toThrow();
});
