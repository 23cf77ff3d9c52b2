import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog, openDatabase, openJobs } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('a job that fails is told in the log, with its name and its error', async () => {
  const { promise: told, resolve: tell } = Promise.withResolvers<unknown[]>();
  const log = Object.assign(createLog('silent'), { warn: (...said: unknown[]) => tell(said) });
  const database = openDatabase(test.url);
  const jobs = await openJobs({ database, log, owner: 1 });
  const error = new Error('the share is away');
  await jobs.repeat('look-at-documents', 0, () => Promise.reject(error));
  await jobs.trigger('look-at-documents');
  expect(await told).toEqual([{ err: error, job: 'look-at-documents' }, 'a job failed']);
  await jobs.stop(1_000);
  await database.close();
});
