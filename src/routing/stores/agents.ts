import { sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import type { Skills } from '../skill-matching.ts';
import type { Team } from '../teams.ts';
import { listStaffedTeams, staffedTeamsAsJson } from './teams.ts';

export interface AgentSettings {
  readonly name: string;
  readonly skills: Skills;
  /** Most open tickets at once, 0 to 1000. */
  readonly capacity: number;
  /** An agent who is offline gets nothing new. */
  readonly online: boolean;
  /** Offline, and keeps what it holds; else it goes to others. */
  readonly keeps?: boolean | undefined;
}

export interface Agent extends AgentSettings {
  /** Open tickets now. */
  readonly load: number;
}

const columns = sql.raw('name, skills, capacity, load, online, keeps');

/** All agents by name. */
export async function listAgents(db: Db): Promise<Agent[]> {
  return (await sql<Agent>`select ${columns} from routing.agents order by name`.execute(db)).rows;
}

export async function readAgent(db: Db, name: string): Promise<Agent | null> {
  const result = await sql<Agent>`select ${columns} from routing.agents where name = ${name}`.execute(db);
  return result.rows[0] ?? null;
}

/** An agent with the teams of all, which say what it may have. */
export interface LockedAgent extends Agent {
  readonly teams: readonly Team[];
}

/** Locks one agent's row; null for a name that nobody has. */
export async function lockAgent(trx: Trx, name: string): Promise<LockedAgent | null> {
  const result = await sql<LockedAgent>`
    select ${columns}, ${staffedTeamsAsJson} as teams from routing.agents where name = ${name} for update`.execute(trx);
  return result.rows[0] ?? null;
}

export interface FreeAgents {
  readonly agents: readonly Agent[];
  readonly teams: readonly Team[];
  /** By ticket: who holds another open ticket of the same customer. */
  readonly known: ReadonlyMap<string, string>;
}

/** How many of a customer's newest tickets are looked at for one that somebody holds. */
const lookedAt = 20;

/**
 * Locks, in the order of their names, the agents with a free slot. With none free it locks nothing and asks for
 * nothing else: what comes in a flood costs as if there were no teams. Teams and customers are asked for only where
 * there are some: all in one statement took 1.1 ms where this takes 0.4 (50 agents, a busy machine).
 */
export async function lockFreeAgents(trx: Trx, ofCustomers: readonly string[]): Promise<FreeAgents> {
  const { rows } = await sql<Agent & { teamed: boolean }>`${prepared}
    select ${columns}, exists (select from routing.teams) as teamed from routing.agents
    where online and load < capacity order by name for update`.execute(trx);
  return {
    agents: rows,
    teams: rows[0]?.teamed === true ? await listStaffedTeams(trx) : [],
    known: rows.length > 0 && ofCustomers.length > 0 ? await readKnown(trx, ofCustomers) : new Map(),
  };
}

async function readKnown(trx: Trx, ticketIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; agent: string }>`
    select t.id, h.agent from intake.tickets t cross join lateral (
      select o.agent from (
        select id, agent, status, created_at from intake.tickets
        where customer_id = t.customer_id order by created_at desc limit ${lookedAt}) o
      where o.agent is not null and o.id <> t.id and o.status not in ('resolved', 'closed')
      order by o.created_at desc limit 1) h
    where t.id = any(${ticketIds as string[]}::uuid[]) and t.customer_id is not null`.execute(trx);
  return new Map(rows.map(({ id, agent }) => [id, agent]));
}

export async function upsertAgent(trx: Trx, agent: AgentSettings, now: Date): Promise<void> {
  await sql`
    insert into routing.agents (name, skills, capacity, online, keeps, created_at)
    values (${agent.name}, ${JSON.stringify(agent.skills)}::jsonb, ${agent.capacity}, ${agent.online},
      ${agent.keeps ?? false}, ${now})
    on conflict (name) do update set skills = excluded.skills, capacity = excluded.capacity,
      online = excluded.online, keeps = excluded.keeps`.execute(trx);
}

export async function removeAgent(trx: Trx, name: string): Promise<void> {
  await sql`delete from routing.agents where name = ${name}`.execute(trx);
}

/** The first who is offline, does not keep what it holds, and holds what needs somebody now; null: nobody. */
export async function findAbsent(db: Db): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from routing.agents a where not online and not keeps and load > 0 and exists (
      select 1 from routing.assignments h join intake.tickets t on t.id = h.ticket_id
      where h.agent = a.name and h.freed_at is null and t.status in ('new', 'awaiting_review'))
    order by name limit 1`.execute(db);
  return rows[0]?.name ?? null;
}
