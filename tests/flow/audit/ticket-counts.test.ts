import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addUpCounts, countTickets } from '../../../src/audit/index.ts';
import { type Database, migrate, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { poolSize: 8, onBroken: () => undefined });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(() => sql`delete from intake.tickets`.execute(database.db));

/** The counts as they were read before: over the tickets themselves. */
async function counted() {
  const { rows } = await sql<{ category: string | null; status: string; n: number; urgent: number; waiting: number }>`
    select category, status, count(*)::int as n, (count(*) filter (where urgency_score > 0.5))::int as urgent,
      (count(*) filter (where assignment = 'waiting'))::int as waiting from intake.tickets group by 1, 2`.execute(
    database.db,
  );
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const by = (key: 'category' | 'status') => {
    const groups = Object.groupBy(rows, (row) => row[key] ?? '');
    const counts = Object.entries(groups).map(([name, some]) => [name, some!.reduce((n, row) => n + row.n, 0)]);
    return Object.fromEntries(counts.filter(([name]) => name !== ''));
  };
  return {
    total: sum((row) => (row.category === null ? 0 : row.n)),
    categories: by('category'),
    statuses: by('status'),
    urgent: sum((row) => row.urgent),
    waiting: sum((row) => row.waiting),
  };
}

const add = (n: number, seed: number) => sql`
  insert into intake.tickets (id, content_hash, subject, body, channel, language, status, category, urgency_score, assignment, created_at, updated_at)
  select gen_random_uuid(), '', 's', 'b', 'api', 'de', (array['new', 'resolved', 'closed'])[1 + (i + ${seed}::int) % 3],
    (array['Billing', 'Bug', null])[1 + (i * 7 + ${seed}::int) % 3], case when i % 5 = 0 then null else (i % 10) / 10.0 end,
    case when i % 4 = 0 then 'waiting' else 'none' end, now(), now()
  from generate_series(1, ${n}::int) i`;

const change = (seed: number) => sql`
  update intake.tickets set status = (array['new', 'resolved', 'closed'])[1 + (length(id::text) + ascii(id::text) + ${seed}::int) % 3],
    category = 'Outage', urgency_score = 0.9, assignment = 'none'
  where id in (select id from intake.tickets where ascii(id::text) % 4 = ${seed}::int % 4 order by id limit 20 for update skip locked)`;

const remove = (seed: number) => sql`
  delete from intake.tickets where id in
    (select id from intake.tickets where ascii(id::text) % 5 = ${seed}::int % 5 limit 5 for update skip locked)`;

it('counts what is stored, changed and removed by many at once, while changes are added up', async () => {
  const work = Array.from({ length: 60 }, (_, i) => {
    const { db } = database;
    return [
      () => add(13, i).execute(db),
      () => change(i).execute(db),
      () => remove(i).execute(db),
      () => addUpCounts(db),
    ][i % 4]!();
  });
  await Promise.all(work);
  const expected = await counted();
  expect(expected.total).toBeGreaterThan(50);
  expect(await countTickets(database.db)).toMatchObject(expected);
  await addUpCounts(database.db);
  expect(await countTickets(database.db)).toMatchObject(expected);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit.ticket_counts`.execute(database.db);
  expect(rows[0]!.n).toBeLessThanOrEqual(12);
});

it('counts nothing of what was rolled back', async () => {
  await add(5, 1).execute(database.db);
  const before = await countTickets(database.db);
  const undone = database.transaction(async (trx) => {
    await add(7, 2).execute(trx);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow();
  expect(await countTickets(database.db)).toEqual(before);
});

it('never shows sums and changes together while they are added up', async () => {
  await add(40, 3).execute(database.db);
  const { total } = await countTickets(database.db);
  const seen = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      if (i % 4 === 0) await addUpCounts(database.db);
      return (await countTickets(database.db)).total;
    }),
  );
  expect(new Set(seen)).toEqual(new Set([total]));
});

it('begins with what an older database holds', async () => {
  await add(30, 5).execute(database.db);
  await sql`drop table audit.ticket_counts cascade`.execute(database.db);
  await sql`drop function audit.count_tickets cascade`.execute(database.db);
  await sql`drop index intake.tickets_category`.execute(database.db);
  const { rows } = await sql<{ migrations: string }>`
    select string_agg(table_schema || '.' || table_name, ' ') as migrations from information_schema.tables
    where table_name ~ 'migration' and table_name !~ 'lock'`.execute(database.db);
  await sql.raw(`delete from ${rows[0]!.migrations} where name like '0014%'`).execute(database.db);
  const folder = new URL('../../../migrations', import.meta.url).pathname;
  expect(await migrate(database, folder)).toEqual(['0014-ticket-counts']);
  expect(await countTickets(database.db)).toMatchObject(await counted());
});
