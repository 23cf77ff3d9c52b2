import { sql } from 'kysely';
import type { Role } from '../config/index.ts';
import type { Database, Db } from './database.ts';
import { ownerIsGone } from './presence.ts';

/** A server on this database. */
export interface ServerEntry {
  /** Its number (see presence). */
  readonly owner: number;
  /** Machine and process number. */
  readonly name: string;
  readonly role: Role;
  readonly version: string;
  readonly startedAt: Date;
}

/** Call it while the presence is announced. Rows of servers that are gone are kept for a day and never listed. */
export async function registerProcess({ db }: Database, entry: ServerEntry): Promise<void> {
  const { owner, name, role, version, startedAt } = entry;
  await sql`delete from platform.processes
    where ${ownerIsGone('platform.processes.owner')} and started_at < ${new Date(startedAt.getTime() - 86_400_000)}`.execute(
    db,
  );
  await sql`insert into platform.processes (owner, name, role, version, started_at)
    values (${owner}, ${name}, ${role}, ${version}, ${startedAt})`.execute(db);
}

/** The servers that live, the oldest first. */
export async function listProcesses(db: Db): Promise<ServerEntry[]> {
  const { rows } = await sql<ServerEntry>`
    select owner, name, role, version, started_at as "startedAt" from platform.processes p
    where not ${ownerIsGone('p.owner')} order by started_at, owner`.execute(db);
  return rows;
}
