import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listTickets } from '../../../src/intake/index.ts';
import { type Database, decodeCursor, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { poolSize: 2, onBroken: () => undefined });
  // 60 tickets, the newest first by number; every tenth speaks of an invoice, and several came in the same moment.
  await sql`
    insert into intake.tickets (id, content_hash, subject, body, channel, language, status, category, created_at, updated_at)
    select gen_random_uuid(), '', 'Ticket ' || i, case when i % 10 = 0 then 'Die Rechnung_100% fehlt' else 'Hallo' end,
      'api', 'de', 'closed', (array['Billing', 'Bug'])[1 + i % 2], now() - make_interval(mins => i / 4), now()
    from generate_series(0, 59) i`.execute(database.db);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** The subjects of all pages, and how many pages there were. */
async function allPages(filters: { q?: string; category?: string; limit: number }, window: number, windows: number) {
  const subjects: string[] = [];
  let after: ReturnType<typeof decodeCursor> | undefined;
  for (let pages = 1; ; pages++) {
    const { items, nextCursor } = await listTickets(database.db, { ...filters, after }, { window, windows });
    expect(items.length).toBeLessThanOrEqual(filters.limit);
    subjects.push(...items.map(({ subject }) => subject));
    if (nextCursor === null) return { subjects, pages };
    after = decodeCursor(nextCursor);
  }
}

const found = ['Ticket 0', 'Ticket 10', 'Ticket 20', 'Ticket 30', 'Ticket 40', 'Ticket 50'];

describe('words looked for in stretches of the tickets', () => {
  it.each([
    [1, 1],
    [3, 1],
    [7, 2],
    [20, 3],
    [60, 1],
    [1000, 4],
  ])('are found each once, stretches of %i, %i in one request', async (window, windows) => {
    for (const limit of [1, 2, 50]) {
      const { subjects } = await allPages({ q: 'rechnung_100%', limit }, window, windows);
      expect(subjects.toSorted()).toEqual(found);
    }
  });

  it('end a request although nothing was found, with a cursor to what is further back', async () => {
    const { items, nextCursor } = await listTickets(
      database.db,
      { q: 'Ticket 59', limit: 50 },
      { window: 10, windows: 2 },
    );
    expect(items).toEqual([]);
    expect(nextCursor).not.toBeNull();
    expect(await allPages({ q: 'Ticket 59', limit: 50 }, 10, 2)).toEqual({ subjects: ['Ticket 59'], pages: 3 });
  });

  it('are looked for among those of a category alone', async () => {
    const { subjects } = await allPages({ q: 'rechnung', category: 'Billing', limit: 2 }, 4, 1);
    expect(subjects.toSorted()).toEqual(found);
    expect(await allPages({ q: 'rechnung', category: 'Bug', limit: 2 }, 30, 1)).toMatchObject({ subjects: [] });
  });
});
