import { sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import type { LlmFailureReason } from '../port.ts';

/** One call as it is kept: numbers and names, never a text. */
export interface UsageRecord {
  readonly at: Date;
  readonly purpose: string;
  readonly model: string;
  readonly customerId: string | null;
  readonly ticketId: string | null;
  readonly input: number;
  readonly output: number;
  readonly estimated: boolean;
  readonly cost: number | null;
  readonly milliseconds: number;
  readonly attempts: number;
  readonly result: 'ok' | LlmFailureReason;
}

export async function recordUsage(db: Db | Trx, call: UsageRecord): Promise<void> {
  await sql`
    insert into platform.llm_usage (at, purpose, model, customer_id, ticket_id, input_tokens, output_tokens, estimated,
      cost, milliseconds, attempts, result)
    values (${call.at}, ${call.purpose}, ${call.model}, ${call.customerId}, ${call.ticketId}, ${call.input},
      ${call.output}, ${call.estimated}, ${call.cost}, ${Math.round(call.milliseconds)}, ${call.attempts},
      ${call.result})`.execute(db);
}

export const usageGroups = ['hour', 'day', 'purpose', 'model'] as const;
export type UsageGroup = (typeof usageGroups)[number];

/** Calls of one group, added up. */
export interface UsageRow {
  /** The beginning of the hour or day (ISO, UTC), the purpose, or the model. */
  readonly key: string;
  readonly calls: number;
  /** Calls without a usable reply, those refused for the budget left out. */
  readonly failed: number;
  /** Not made: the budget was used up. */
  readonly refused: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the calls that have a price. */
  readonly cost: number;
  /** Calls that used tokens and have no price. */
  readonly unpriced: number;
  /** Of the calls that were made; 0 when none was. */
  readonly meanMilliseconds: number;
}

/** Most groups that are told; a year has 8,760 hours. */
const mostRows = 1_000;

/** What was used from `from` on and before `to`, by group; the latest hours and days, the dearest purposes and models first. */
export async function readUsage(db: Db, asked: { from: Date; to: Date; by: UsageGroup }): Promise<UsageRow[]> {
  const keys = {
    hour: sql`to_char(date_trunc('hour', at at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:00:00"Z"')`,
    day: sql`to_char(date_trunc('day', at at time zone 'UTC'), 'YYYY-MM-DD"T"00:00:00"Z"')`,
    purpose: sql`purpose`,
    model: sql`model`,
  };
  const byTime = asked.by === 'hour' || asked.by === 'day';
  const { rows } = await sql<Omit<UsageRow, 'cost' | 'meanMilliseconds'> & { cost: string; meanMilliseconds: number }>`
    select ${keys[asked.by]} as key,
      count(*) filter (where result <> 'budget')::int as calls,
      count(*) filter (where result not in ('ok', 'budget'))::int as failed,
      count(*) filter (where result = 'budget')::int as refused,
      coalesce(sum(input_tokens), 0)::bigint as "inputTokens",
      coalesce(sum(output_tokens), 0)::bigint as "outputTokens",
      coalesce(sum(cost), 0) as cost,
      count(*) filter (where cost is null and input_tokens + output_tokens > 0)::int as unpriced,
      coalesce(avg(milliseconds) filter (where result <> 'budget'), 0)::float8 as "meanMilliseconds"
    from platform.llm_usage
    where at >= ${asked.from} and at < ${asked.to}
    group by 1
    order by ${byTime ? sql`1 desc` : sql`sum(input_tokens) + sum(output_tokens) desc, 1`}
    limit ${mostRows}`.execute(db);
  return rows.map((row) => ({ ...row, cost: Number(row.cost) }));
}
