import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  appendToLedger,
  type Database,
  type LedgerEntry,
  openDatabase,
  setSubscription,
  takeOutbox,
} from '../../../src/platform/index.ts';
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
beforeEach(async () => {
  await sql`truncate platform.outbox, platform.subscriptions`.execute(database.db);
});

const at = new Date('2026-03-01T10:00:00Z');
const entry = (action: string, subjectId: string): LedgerEntry => ({
  at,
  actor: 'system',
  action,
  subjectType: 'ticket',
  subjectId,
  data: { n: 1 },
});
const append = (...entries: LedgerEntry[]) => database.transaction((trx) => appendToLedger(trx, entries));
const take = (subscriber: string, limit = 100) => database.transaction((trx) => takeOutbox(trx, subscriber, limit));
const ids = (taken: readonly { subjectId: string }[]) => taken.map((e) => e.subjectId);

it('gives each subscriber what it asked for, in order and once', async () => {
  await setSubscription(database.db, 'bells', ['rang', 'fell-silent']);
  await setSubscription(database.db, 'clocks', ['rang']);
  await append(entry('rang', 'a'), entry('cleaned', 'b'), entry('fell-silent', 'c'));
  await append(entry('rang', 'd'));
  const [first] = await take('bells', 1);
  expect(first).toEqual({ ...entry('rang', 'a'), ledgerId: expect.any(Number) });
  expect(ids(await take('bells'))).toEqual(['c', 'd']);
  expect(await take('bells')).toEqual([]);
  expect(ids(await take('clocks'))).toEqual(['a', 'd']);
});

it('keeps what a failed transaction has taken, and writes nothing that did not happen', async () => {
  await setSubscription(database.db, 'bells', ['rang']);
  await append(entry('rang', 'a'));
  const failing = database.transaction(async (trx) => {
    await takeOutbox(trx, 'bells', 10);
    await appendToLedger(trx, [entry('rang', 'never')]);
    throw new Error('the consumer failed');
  });
  await expect(failing).rejects.toThrow();
  expect(ids(await take('bells'))).toEqual(['a']);
});

it('has one taker at a time, so that the order stands', async () => {
  await setSubscription(database.db, 'bells', ['rang']);
  await append(...Array.from({ length: 10 }, (_, i) => entry('rang', String(i))));
  await database.transaction(async (trx) => {
    expect(await takeOutbox(trx, 'bells', 5)).toHaveLength(5);
    expect(await take('bells')).toEqual([]);
  });
  expect(ids(await take('bells'))).toEqual(['5', '6', '7', '8', '9']);
});

it('two at once take each entry once', async () => {
  await setSubscription(database.db, 'bells', ['rang']);
  const all = Array.from({ length: 200 }, (_, i) => String(i));
  const taken: string[] = [];
  const takers = Array.from({ length: 4 }, async () => {
    while (taken.length < all.length) taken.push(...ids(await take('bells', 7)));
  });
  await Promise.all([...takers, ...all.map((id) => append(entry('rang', id)))]);
  expect(taken.toSorted()).toEqual(all.toSorted());
});

it('without a subscriber nothing is written beside the ledger; a subscription ends with no actions', async () => {
  await append(entry('rang', 'a'));
  await setSubscription(database.db, 'bells', ['rang']);
  await append(entry('rang', 'b'));
  await setSubscription(database.db, 'bells', []);
  await append(entry('rang', 'c'));
  const { rows } = await sql<{ n: number }>`select count(*) as n from platform.outbox`.execute(database.db);
  expect(rows[0]?.n).toBe(1);
  expect(ids(await take('bells'))).toEqual(['b']);
});
