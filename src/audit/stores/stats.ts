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

/** Counts over all tickets, in one pass over the table. */
export async function countTickets(db: Db): Promise<Counts> {
  const rows = await sql<{
    category: string | null;
    status: string;
    n: number;
    urgent: number;
    critical: number;
    waiting: number;
  }>`
    select category, status, count(*)::int as n,
      (count(*) filter (where urgency_score > 0.5))::int as urgent,
      (count(*) filter (where urgency_score > 0.8))::int as critical,
      (count(*) filter (where assignment = 'waiting'))::int as waiting
    from intake.tickets group by category, status`.execute(db);
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
