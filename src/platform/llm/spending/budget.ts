import { sql } from 'kysely';
import type { Database, Trx } from '../../db/database.ts';

/** What may be spent in an hour of the clock; null: without limit. */
export interface BudgetLimits {
  /** Tokens, in and out. */
  readonly perHour: number | null;
  readonly perCustomerHour: number | null;
  /** Money, in the currency of the prices. */
  readonly costPerHour: number | null;
}

export interface Spent {
  readonly tokens: number;
  readonly cost: number;
}

/** What a call has reserved. */
export interface Reservation {
  readonly hour: Date;
  readonly scopes: readonly string[];
  readonly amount: Spent;
}

/** How much of a scope's hour is spent or reserved. */
export interface BudgetState extends Spent {
  readonly hour: Date;
}

/**
 * Budgets by the hour, counted in the database over all processes. A call reserves its estimate and corrects it
 * afterwards: ten at once cannot each find the last thousand tokens free.
 */
export interface Budget {
  readonly limits: BudgetLimits;
  /** Null when it is used up; then nothing is reserved. Throws when the database does not answer. */
  reserve(now: Date, customerId: string | undefined, amount: Spent): Promise<Reservation | null>;
  state(now: Date): Promise<BudgetState>;
}

const hourMs = 3_600_000;
/** Rows of hours gone by that are kept, for a look at yesterday. */
const keptHours = 48;

export function createBudget(database: Database, limits: BudgetLimits): Budget {
  let tidied = 0;
  return {
    limits,
    async reserve(now, customerId, amount) {
      const hour = hourOf(now);
      const wanted = limitsOf(limits, customerId);
      const reserved = await database.transaction(async (trx) => {
        if (tidied !== hour.getTime()) await tidy(trx, hour);
        const taken: string[] = [];
        // The customer's row first, in every process: two calls never wait for each other.
        for (const limit of wanted) {
          if (!(await take(trx, { ...limit, hour, amount }))) {
            await give(trx, { hour, scopes: taken, amount }, { tokens: -amount.tokens, cost: -amount.cost });
            return null;
          }
          taken.push(limit.scope);
        }
        return { hour, scopes: taken, amount };
      });
      tidied = hour.getTime();
      return reserved;
    },
    async state(now) {
      const hour = hourOf(now);
      const { rows } = await sql<{ tokens: number; cost: string }>`
        select tokens, cost from platform.llm_budget where scope = 'all' and hour = ${hour}`.execute(database.db);
      return { hour, tokens: rows[0]?.tokens ?? 0, cost: Number(rows[0]?.cost ?? 0) };
    },
  };
}

/** Corrects a reservation by what a call really used; in the hour it was made in, whatever the clock says now. */
export async function settle(trx: Trx, reservation: Reservation, spent: Spent): Promise<void> {
  const { amount } = reservation;
  await give(trx, reservation, { tokens: spent.tokens - amount.tokens, cost: spent.cost - amount.cost });
}

interface Limit {
  readonly scope: string;
  readonly tokens: number | null;
  readonly cost: number | null;
}

function limitsOf({ perHour, perCustomerHour, costPerHour }: BudgetLimits, customerId: string | undefined): Limit[] {
  const own = customerId !== undefined && perCustomerHour !== null;
  return [
    ...(own ? [{ scope: `customer:${customerId}`, tokens: perCustomerHour, cost: null }] : []),
    ...(perHour !== null || costPerHour !== null ? [{ scope: 'all', tokens: perHour, cost: costPerHour }] : []),
  ];
}

const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / hourMs) * hourMs);

/** Adds to a scope's hour unless that passes its limit. The row is locked from here to the end of the transaction. */
async function take(trx: Trx, asked: Limit & { hour: Date; amount: Spent }): Promise<boolean> {
  const { scope, hour, amount } = asked;
  const tokens = asked.tokens ?? Number.MAX_SAFE_INTEGER;
  const cost = asked.cost ?? 999_999_999;
  const { rows } = await sql`
    insert into platform.llm_budget as b (scope, hour, tokens, cost)
    select ${scope}, ${hour}::timestamptz, ${amount.tokens}::bigint, ${amount.cost}::numeric
    where ${amount.tokens}::bigint <= ${tokens}::bigint and ${amount.cost}::numeric <= ${cost}::numeric
    on conflict (scope, hour) do update set tokens = b.tokens + excluded.tokens, cost = b.cost + excluded.cost
      where b.tokens + excluded.tokens <= ${tokens}::bigint and b.cost + excluded.cost <= ${cost}::numeric
    returning scope`.execute(trx);
  return rows.length > 0;
}

async function give(trx: Trx, { hour, scopes }: Reservation, change: Spent): Promise<void> {
  for (const scope of scopes) {
    await sql`
      update platform.llm_budget
      set tokens = greatest(0, tokens + ${change.tokens}::bigint), cost = greatest(0, cost + ${change.cost}::numeric)
      where scope = ${scope} and hour = ${hour}`.execute(trx);
  }
}

async function tidy(trx: Trx, hour: Date): Promise<void> {
  const oldest = new Date(hour.getTime() - keptHours * hourMs);
  await sql`delete from platform.llm_budget where hour < ${oldest}`.execute(trx);
}
