import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import type { Team } from '../teams.ts';

/** As one value of JSON, for queries that ask for something else at the same time; there are few teams. */
export const teamsAsJson = sql<Team[]>`(select coalesce(jsonb_agg(jsonb_build_object('name', name, 'serves', serves,
  'members', members, 'overflowMinutes', overflow_minutes) order by name), '[]') from routing.teams)`;

/** All teams by name. */
export async function listTeams(db: Db): Promise<Team[]> {
  return (await sql<{ teams: Team[] }>`select ${teamsAsJson} as teams`.execute(db)).rows[0]!.teams;
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
