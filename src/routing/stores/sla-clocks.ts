import { sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import type { Priority } from '../../ticket/index.ts';
import type { Clock, ClockName } from '../sla/clocks.ts';

const columns = sql.raw(`c.ticket_id as "ticketId", c.clock, c.round, c.priority, c.target, c.used,
  c.started_at as "startedAt", c.running_since as "runningSince", c.due_at as "dueAt", c.risk_at as "riskAt",
  c.stopped_at as "stoppedAt", c.breached_at as "breachedAt"`);

/** Whoever changes clocks holds this until the transaction ends: two processes never judge the same clock at once. */
export async function lockClocks(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(20261, 3)`.execute(trx);
}

/** All clocks of these tickets, by ticket, oldest first. */
export async function readClocks(db: Db, ticketIds: readonly string[]): Promise<Map<string, Clock[]>> {
  const { rows } = await sql<Clock>`select ${columns} from routing.sla_clocks c
    where c.ticket_id = any(${ticketIds as string[]}::uuid[]) order by c.started_at, c.clock, c.round`.execute(db);
  return Map.groupBy(rows, (c) => c.ticketId);
}

/** Inserts clocks or replaces them by their key, in one statement. */
export async function writeClocks(trx: Trx, clocks: readonly Clock[]): Promise<void> {
  if (clocks.length === 0) return;
  const of = <T>(read: (c: Clock) => T) => clocks.map(read);
  await sql`${prepared}
    insert into routing.sla_clocks (ticket_id, clock, round, priority, target, used, started_at, running_since, due_at,
      risk_at, stopped_at, breached_at)
    select * from unnest(${of((c) => c.ticketId)}::uuid[], ${of((c) => c.clock)}::text[],
      ${of((c) => c.round)}::int[], ${of((c) => c.priority)}::text[], ${of((c) => c.target)}::float8[],
      ${of((c) => c.used)}::float8[], ${of((c) => c.startedAt)}::timestamptz[],
      ${of((c) => c.runningSince)}::timestamptz[], ${of((c) => c.dueAt)}::timestamptz[],
      ${of((c) => c.riskAt)}::timestamptz[], ${of((c) => c.stoppedAt)}::timestamptz[],
      ${of((c) => c.breachedAt)}::timestamptz[])
    on conflict (ticket_id, clock, round) do update set priority = excluded.priority, target = excluded.target,
      used = excluded.used, running_since = excluded.running_since, due_at = excluded.due_at,
      risk_at = excluded.risk_at, stopped_at = excluded.stopped_at,
      breached_at = coalesce(routing.sla_clocks.breached_at, excluded.breached_at)`.execute(trx);
}

export interface FollowedTicket {
  readonly ticketId: string;
  readonly priority: Priority | null;
}

export async function readFollowed(db: Db, ticketIds: readonly string[]): Promise<Map<string, FollowedTicket>> {
  const { rows } = await sql<FollowedTicket>`select id as "ticketId", priority from intake.tickets
    where id = any(${ticketIds as string[]}::uuid[])`.execute(db);
  return new Map(rows.map((t) => [t.ticketId, t]));
}

/** What a clock should know of its ticket and does not: changes that no followed action told of. */
export interface Drift {
  readonly ticketId: string;
  readonly priority: Priority;
  /** The action that is missing. */
  readonly action: 'ticket-resolved' | 'ticket-waiting' | 'ticket-continued' | 'priority-raised';
  readonly at: Date;
}

/** Open clocks that differ from a ticket that rests since `until`, at most `limit` tickets. O(open clocks). */
export async function findDrift(db: Db, until: Date, limit: number): Promise<Drift[]> {
  const { rows } = await sql<Drift>`
    select distinct on (t.id) t.id as "ticketId", coalesce(t.priority, 'medium') as priority, case
        when t.status in ('resolved', 'closed') then 'ticket-resolved'
        when c.clock = 'resolution' and t.status = 'waiting_customer' and c.running_since is not null then 'ticket-waiting'
        when c.running_since is null and t.status <> 'waiting_customer' then 'ticket-continued'
        else 'priority-raised' end as action,
      coalesce(t.resolved_at, t.closed_at, t.updated_at) as at
    from routing.sla_clocks c join intake.tickets t on t.id = c.ticket_id
    where c.stopped_at is null and t.updated_at < ${until} and (t.status in ('resolved', 'closed')
      or (c.clock = 'resolution' and (t.status = 'waiting_customer') = (c.running_since is not null))
      or c.priority <> coalesce(t.priority, 'medium'))
    order by t.id, action desc limit ${limit}`.execute(db);
  return rows;
}

/** Marks what was due before `until` and is not stopped, at most `limit` clocks. @returns those it marked. */
export async function markBreaches(trx: Trx, until: Date, limit: number): Promise<Clock[]> {
  const { rows } = await sql<Clock>`
    with late as (
      select ticket_id, clock, round from routing.sla_clocks
      where stopped_at is null and breached_at is null and due_at < ${until}
      order by due_at limit ${limit} for update skip locked)
    update routing.sla_clocks c set breached_at = c.due_at from late l
    where c.ticket_id = l.ticket_id and c.clock = l.clock and c.round = l.round
    returning ${columns}`.execute(trx);
  return rows;
}

export interface Prediction {
  readonly ticketId: string;
  readonly clock: ClockName;
  readonly round: number;
}

/**
 * Says anew which running clocks are at risk: those of which little is left by themselves, and those named. The
 * time when it was first seen stays while it stays at risk.
 */
export async function writeRisks(trx: Trx, named: readonly Prediction[], now: Date): Promise<void> {
  await sql`
    with named as (select * from unnest(${named.map((n) => n.ticketId)}::uuid[], ${named.map((n) => n.clock)}::text[],
        ${named.map((n) => n.round)}::int[]) as n(ticket_id, clock, round)),
    judged as (
      select c.ticket_id, c.clock, c.round, case when c.risk_at <= ${now} then 'little-left'
          when n.ticket_id is not null then 'queue' end as risk
      from routing.sla_clocks c left join named n using (ticket_id, clock, round)
      where c.stopped_at is null and (c.risk_at <= ${now} or n.ticket_id is not null or c.risk is not null))
    update routing.sla_clocks c set risk = j.risk,
      at_risk_at = case when j.risk is null then null else coalesce(c.at_risk_at, ${now}) end
    from judged j where c.ticket_id = j.ticket_id and c.clock = j.clock and c.round = j.round
      and c.risk is distinct from j.risk`.execute(trx);
}

/** When the newest first responses of a priority were given, newest first, at most `limit`, none before `since`. */
export async function listAnswered(
  db: Db,
  priority: Priority,
  { since, limit }: { since: Date; limit: number },
): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select stopped_at as at from routing.sla_clocks
    where clock = 'first_response' and priority = ${priority} and stopped_at >= ${since}
    order by stopped_at desc limit ${limit}`.execute(db);
  return rows.map((r) => r.at);
}

/** Clocks of a priority that run until somebody answers, in the order in which they are answered; place 1 is next. */
export async function listUnanswered(
  db: Db,
  priority: Priority,
  limit: number,
): Promise<(Prediction & { readonly dueAt: Date; readonly place: number })[]> {
  const { rows } = await sql<Prediction & { dueAt: Date; place: number }>`
    select ticket_id as "ticketId", clock, round, due_at as "dueAt",
      (row_number() over (order by started_at, ticket_id))::int as place
    from routing.sla_clocks
    where stopped_at is null and clock <> 'resolution' and priority = ${priority} and breached_at is null
    order by started_at, ticket_id limit ${limit}`.execute(db);
  return rows;
}

export const clockStates = ['running', 'at_risk', 'breached', 'paused', 'met', 'missed'] as const;
/** breached: due and still open; missed: stopped too late; met: stopped in time. */
export type ClockState = (typeof clockStates)[number];

export interface ClockRow extends Clock {
  readonly state: ClockState;
  /** Why it is at risk; null when it is not. */
  readonly risk: 'little-left' | 'queue' | null;
  readonly agent: string | null;
}

const state = sql<ClockState>`(case
  when c.stopped_at is not null then case when c.breached_at is null then 'met' else 'missed' end
  when c.breached_at is not null then 'breached'
  when c.running_since is null then 'paused'
  when c.risk is not null then 'at_risk' else 'running' end)`;
const rowColumns = sql`${columns}, ${state} as state, c.risk, t.agent`;

export interface ClockFilters {
  readonly state?: ClockState | undefined;
  readonly clock?: ClockName | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Open clocks, or those of one state: what is due first comes first. */
export async function listClocks(
  db: Db,
  { state: wanted, clock, limit, offset }: ClockFilters,
): Promise<{ items: ClockRow[]; more: boolean }> {
  const open = wanted === undefined || !['met', 'missed'].includes(wanted);
  const { rows } = await sql<ClockRow>`
    select ${rowColumns} from routing.sla_clocks c join intake.tickets t on t.id = c.ticket_id
    where ${open ? sql`c.stopped_at is null` : sql`c.stopped_at is not null`}
      and ${wanted === undefined ? sql`true` : sql`${state} = ${wanted}`}
      and ${clock === undefined ? sql`true` : sql`c.clock = ${clock}`}
    order by ${open ? sql`c.due_at nulls last` : sql`c.stopped_at desc`}, c.ticket_id, c.clock, c.round
    limit ${limit + 1} offset ${offset}`.execute(db);
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

/** The clocks of one ticket, oldest first. */
export async function listClocksOf(db: Db, ticketId: string): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    select ${rowColumns} from routing.sla_clocks c join intake.tickets t on t.id = c.ticket_id
    where c.ticket_id = ${ticketId} order by c.started_at, c.clock, c.round`.execute(db);
  return rows;
}

/** Open clocks by state. */
export async function countClocks(
  db: Db,
): Promise<Readonly<Record<'running' | 'at_risk' | 'breached' | 'paused', number>>> {
  const { rows } = await sql<{ state: ClockState; n: number }>`
    select ${state} as state, count(*)::int as n from routing.sla_clocks c
    where c.stopped_at is null group by 1`.execute(db);
  const counts = { running: 0, at_risk: 0, breached: 0, paused: 0 };
  for (const { state: name, n } of rows) if (name in counts) counts[name as keyof typeof counts] = n;
  return counts;
}
