import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import type { Skills } from '../skill-matching.ts';

export interface AgentSettings {
  readonly name: string;
  readonly skills: Skills;
  /** Most open tickets at once, 0 to 1000. */
  readonly capacity: number;
  /** An agent who is offline keeps what it holds and gets nothing new. */
  readonly online: boolean;
}

export interface Agent extends AgentSettings {
  /** Open tickets now. */
  readonly load: number;
}

const columns = sql.raw('name, skills, capacity, load, online');

/** All agents by name. */
export async function listAgents(db: Db): Promise<Agent[]> {
  return (await sql<Agent>`select ${columns} from routing.agents order by name`.execute(db)).rows;
}

export async function readAgent(db: Db, name: string): Promise<Agent | null> {
  const result = await sql<Agent>`select ${columns} from routing.agents where name = ${name}`.execute(db);
  return result.rows[0] ?? null;
}

/** Locks one agent's row; null for a name that nobody has. */
export async function lockAgent(trx: Trx, name: string): Promise<Agent | null> {
  const result = await sql<Agent>`
    select ${columns} from routing.agents where name = ${name} for update`.execute(trx);
  return result.rows[0] ?? null;
}

/** Locks, in the order of their names, the agents with a free slot. With none free it locks nothing. */
export async function lockFreeAgents(trx: Trx): Promise<Agent[]> {
  const result = await sql<Agent>`
    select ${columns} from routing.agents where online and load < capacity order by name for update`.execute(trx);
  return result.rows;
}

export async function upsertAgent(trx: Trx, agent: AgentSettings, now: Date): Promise<void> {
  await sql`
    insert into routing.agents (name, skills, capacity, online, created_at)
    values (${agent.name}, ${JSON.stringify(agent.skills)}::jsonb, ${agent.capacity}, ${agent.online}, ${now})
    on conflict (name) do update
      set skills = excluded.skills, capacity = excluded.capacity, online = excluded.online`.execute(trx);
}

export async function removeAgent(trx: Trx, name: string): Promise<void> {
  await sql`delete from routing.agents where name = ${name}`.execute(trx);
}
