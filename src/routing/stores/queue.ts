import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import { type Department, type Priority, SignalboxError } from '../../ticket/index.ts';
import { type Skills, servedNames, triageQueue } from '../skill-matching.ts';
import { type Team, teamNamesOf } from '../teams.ts';
import { listTeams } from './teams.ts';

export interface QueuedTicket {
  readonly id: string;
  readonly clientTicketId: string | null;
  readonly subject: string;
  readonly category: string | null;
  readonly department: Department | null;
  readonly priority: Priority;
  readonly urgencyScore: number | null;
  readonly queue: string;
  /** Its place within its priority: when it arrived, or when it was given back. */
  readonly queuedAt: Date;
  /** Who gave it back and is not to get it next. */
  readonly releasedBy: string | null;
}

/** Written as the index tickets_waiting has it, so that the order costs no sort. */
const rank = sql<number>`(case priority when 'high' then 0 when 'medium' then 1 else 2 end)`;
const order = sql`${rank}, queued_at, id`;
/** A ticket in hand of a run, or done, is not offered to anybody. */
const waiting = sql<boolean>`assignment = 'waiting' and status in ('new', 'awaiting_review', 'waiting_customer')`;
const columns = sql`id, client_ticket_id as "clientTicketId", subject, category, department,
  coalesce(priority, 'low') as priority, urgency_score as "urgencyScore", queue, queued_at as "queuedAt", released_by as "releasedBy"`;

interface Servant {
  readonly name: string;
  readonly skills: Skills;
  /** All teams. */
  readonly teams: readonly Team[];
}

/** Waiting tickets that an agent may have and did not just give back; `mayServe` in the words of SQL. */
function fits({ name, skills, teams }: Servant, now: Date) {
  const { served, refused } = servedNames(skills);
  return sql<boolean>`${waiting} and released_by is distinct from ${name} and ${offered(name, teams, now)}
    and (queue = ${triageQueue} or category = any(${served}::text[])
      or (department = any(${served}::text[]) and not coalesce(category = any(${refused}::text[]), false)))`;
}

/** `membersFor` in the words of SQL. */
function offered(name: string, teams: readonly Team[], now: Date) {
  const names = teamNamesOf(name, teams);
  if (names === null) return sql<boolean>`true`;
  const { all, mine, overflow } = names;
  const served = servedName(all);
  return sql<boolean>`(coalesce(not (${served} = any(${all}::text[])), true) or ${served} = any(${mine}::text[])
    or coalesce(queued_at <= ${now}::timestamptz
      - make_interval(mins => (${JSON.stringify(overflow)}::jsonb->>${served})::int), false))`;
}

/** By which of its names a team serves a ticket: its category where a team names that, else its department. */
const servedName = (all: readonly string[]) => sql`(case when queue = ${triageQueue} then queue
    when category = any(${all as string[]}::text[]) then category else department end)`;

function servedBy(name: string, teams: readonly Team[]) {
  const team = teams.find((t) => t.name === name);
  if (team === undefined)
    throw new SignalboxError('not-found', `There is no team ${JSON.stringify(name)}. GET /teams lists them.`);
  return sql<boolean>`coalesce(${servedName(teams.flatMap((t) => t.serves))} = any(${team.serves as string[]}::text[]), false)`;
}

/**
 * Takes, in the order of the queue, up to `limit` waiting tickets that an agent can serve and did not just
 * give back, and locks them. Those that another transaction has in hand are passed over.
 */
export async function takeWaiting(
  trx: Trx,
  agent: Servant,
  { limit, now }: { limit: number; now: Date },
): Promise<QueuedTicket[]> {
  const result = await sql<QueuedTicket>`
    select ${columns} from intake.tickets
    where ${fits(agent, now)}
    order by ${order} limit ${limit} for update skip locked`.execute(trx);
  return result.rows;
}

/** The place behind all others of a priority that wait now, and not before `now`. */
export async function lastPlace(trx: Trx, priority: Priority | null, now: Date): Promise<Date> {
  const result = await sql<{ at: Date | null }>`
    select max(queued_at) + interval '1 millisecond' as at from intake.tickets
    where assignment = 'waiting' and ${rank} = (case ${priority}::text when 'high' then 0 when 'medium' then 1 else 2 end)`.execute(
    trx,
  );
  const at = result.rows[0]?.at;
  return at && at > now ? at : now;
}

/** True when a ticket waits that the agent can serve: a look before any lock is taken. O(waiting) when none fits. */
export async function somebodyWaitsFor(db: Db, agent: Servant, now: Date): Promise<boolean> {
  const result = await sql<{ yes: boolean }>`
    select exists (select 1 from intake.tickets where ${fits(agent, now)}) as yes`.execute(db);
  return result.rows[0]?.yes ?? false;
}

export interface QueuePage {
  readonly items: QueuedTicket[];
  readonly nextCursor: string | null;
  /** All that wait, on every page. */
  readonly total: number;
}

/** Waiting tickets: priority, then arrival. @throws `invalid-fields` for a cursor that is not of this list. */
export async function listQueue(
  db: Db,
  page: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    /** Only what this team serves. @throws `not-found` for a name that no team has. */
    readonly team?: string | undefined;
  },
): Promise<QueuePage> {
  const ofTeam = page.team === undefined ? sql`true` : servedBy(page.team, await listTeams(db));
  const from = page.cursor === undefined ? null : decodePlace(page.cursor);
  const after = from === null ? sql`true` : sql`(${order}) > (${from.rank}, ${from.at}::timestamptz, ${from.id}::uuid)`;
  const rows = await sql<QueuedTicket>`
    select ${columns} from intake.tickets where ${waiting} and ${ofTeam} and ${after}
    order by ${order} limit ${page.limit + 1}`.execute(db);
  const total = await sql<{
    n: number;
  }>`select count(*)::int as n from intake.tickets where ${waiting} and ${ofTeam}`.execute(db);
  const items = rows.rows.slice(0, page.limit);
  const last = items.at(-1);
  const nextCursor = rows.rows.length > page.limit && last !== undefined ? encodePlace(last) : null;
  return { items, nextCursor, total: total.rows[0]?.n ?? 0 };
}

/** Of each priority: how many wait, and for how many seconds the one that has waited longest does; null: nobody. */
export type QueueDepth = Readonly<Record<Priority, { readonly count: number; readonly longestSeconds: number | null }>>;

/** Urgent first is strict, so that a quiet ticket can wait long: this shows it. */
export async function queueDepth(db: Db, now: Date): Promise<QueueDepth> {
  const { rows } = await sql<{ priority: Priority; count: number; since: Date }>`
    select coalesce(priority, 'low') as priority, count(*)::int as count, min(queued_at) as since
    from intake.tickets where ${waiting} group by 1`.execute(db);
  const of = (priority: Priority) => {
    const row = rows.find((r) => r.priority === priority);
    if (row === undefined) return { count: 0, longestSeconds: null };
    return { count: row.count, longestSeconds: Math.max(0, (now.getTime() - row.since.getTime()) / 1000) };
  };
  return { high: of('high'), medium: of('medium'), low: of('low') };
}

/** The first that waits, or null. */
export async function peekQueue(db: Db): Promise<QueuedTicket | null> {
  const result = await sql<QueuedTicket>`
    select ${columns} from intake.tickets where ${waiting} order by ${order} limit 1`.execute(db);
  return result.rows[0] ?? null;
}

const ranks: readonly Priority[] = ['high', 'medium', 'low'];

function encodePlace({ priority, queuedAt, id }: QueuedTicket): string {
  return Buffer.from(`q.${ranks.indexOf(priority)}.${queuedAt.getTime()}.${id}`).toString('base64url');
}

function decodePlace(cursor: string): { rank: number; at: Date; id: string } {
  // Fourteen digits end in the year 5138: no time that PostgreSQL could not hold.
  const match = /^q\.([0-2])\.(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  if (match !== null) return { rank: Number(match[1]), at: new Date(Number(match[2])), id: match[3]! };
  throw new SignalboxError('invalid-fields', 'The cursor is not one that the queue gave. Leave it out to begin anew.', {
    fields: [{ path: 'cursor', message: 'is not a cursor of the queue' }],
  });
}
