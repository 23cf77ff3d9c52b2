import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';

export interface Counts {
  readonly total: number;
  readonly categories: Record<string, number>;
  readonly statuses: Record<string, number>;
  /** S > 0.5 */
  readonly urgent: number;
  /** S > 0.8 */
  readonly critical: number;
  readonly waiting: number;
  readonly reviews: number;
}

/** Counts over all tickets, from what migration 0014 keeps: 1 ms however many there are. */
export async function countTickets(db: Db): Promise<Counts> {
  const rows = await sql<{
    category: string | null;
    status: string;
    n: number;
    urgent: number;
    critical: number;
    waiting: number;
  }>`
    select category, status, sum(tickets)::int as n, sum(urgent)::int as urgent, sum(critical)::int as critical,
      sum(waiting)::int as waiting
    from audit.ticket_counts group by category, status having sum(tickets) <> 0`.execute(db);
  const reviews = await sql<{
    n: number;
  }>`select count(*)::int as n from routing.reviews where status = 'pending'`.execute(db);
  const sum = (pick: (r: (typeof rows.rows)[number]) => number) =>
    rows.rows.reduce((total, row) => total + pick(row), 0);
  const by = (key: 'category' | 'status') => {
    const counts: Record<string, number> = {};
    for (const row of rows.rows) if (row[key] !== null) counts[row[key]] = (counts[row[key]] ?? 0) + row.n;
    return counts;
  };
  return {
    total: sum((r) => (r.category === null ? 0 : r.n)),
    categories: by('category'),
    statuses: by('status'),
    urgent: sum((r) => r.urgent),
    critical: sum((r) => r.critical),
    waiting: sum((r) => r.waiting),
    reviews: reviews.rows[0]?.n ?? 0,
  };
}

/** Adds the changes up to one row a category and status. Readers see the rows before or the sums, never both. */
export async function addUpCounts(db: Db): Promise<void> {
  await sql`
    with gone as (delete from audit.ticket_counts returning *)
    insert into audit.ticket_counts
    select category, status, sum(tickets), sum(urgent), sum(critical), sum(waiting)
    from gone group by category, status having sum(tickets) <> 0`.execute(db);
}
