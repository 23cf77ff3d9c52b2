import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import type { Team } from '../teams.ts';

const asJson = sql`coalesce(jsonb_agg(jsonb_build_object('name', name, 'serves', serves,
  'members', members, 'overflowMinutes', overflow_minutes) order by name), '[]')`;

/**
 * Teams that have a member, as one value of JSON, for queries that ask for something else at the same time; there are
 * few teams. One whose agents were all removed guards nothing: its tickets are anybody's.
 */
export const staffedTeamsAsJson = sql<Team[]>`(select ${asJson} from routing.teams t
  where exists (select from routing.agents a where a.name = any(t.members)))`;

/** All teams by name. */
export async function listTeams(db: Db): Promise<Team[]> {
  return (await sql<{ teams: Team[] }>`select ${asJson} as teams from routing.teams`.execute(db)).rows[0]!.teams;
}

export async function listStaffedTeams(db: Db): Promise<Team[]> {
  return (await sql<{ teams: Team[] }>`select ${staffedTeamsAsJson} as teams`.execute(db)).rows[0]!.teams;
}

/** Which of these names no agent has. */
export async function namesWithoutAgent(db: Db, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select n.name from unnest(${names as string[]}::text[]) with ordinality as n(name, place)
    where not exists (select from routing.agents a where a.name = n.name) order by n.place`.execute(db);
  return rows.map(({ name }) => name);
}

export async function upsertTeam(trx: Trx, team: Team, now: Date): Promise<void> {
  await sql`
    insert into routing.teams (name, serves, members, overflow_minutes, created_at)
    values (${team.name}, ${team.serves as string[]}::text[], ${team.members as string[]}::text[],
      ${team.overflowMinutes}, ${now})
    on conflict (name) do update set serves = excluded.serves, members = excluded.members,
      overflow_minutes = excluded.overflow_minutes`.execute(trx);
}

/** False when there was none. */
export async function removeTeam(trx: Trx, name: string): Promise<boolean> {
  return (await sql`delete from routing.teams where name = ${name} returning name`.execute(trx)).rows.length > 0;
}
