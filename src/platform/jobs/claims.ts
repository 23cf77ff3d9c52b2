import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { ownerIsGone } from '../db/presence.ts';

/**
 * pg-boss knows that a job is worked on, not by whom. A claim says it: when that process is gone, its jobs are free at
 * once instead of after a heartbeat's silence.
 */
export interface Claimed {
  readonly id: string;
  readonly losses: number;
}

/** Losses after which a job is begun alone, so that it is told from those that were only near the one that kills. */
export const lossesUntilAlone = 2;

/** Notes who works on these jobs. One that is to run alone is not begun by that: see `beginClaim`. */
export async function claimJobs(
  db: Db,
  { queue, ids, owner }: { queue: string; ids: readonly string[]; owner: number },
): Promise<Map<string, number>> {
  const rows = await sql<Claimed>`
    insert into platform.job_claims as c (job_id, queue, owner, begun, claimed_at)
    select id, ${queue}, ${owner}::bigint, true, clock_timestamp() from unnest(${[...ids].sort()}::uuid[]) as i(id)
    on conflict (job_id) do update set owner = excluded.owner, begun = (c.losses < ${lossesUntilAlone}), claimed_at = excluded.claimed_at
    returning job_id as id, losses`.execute(db);
  return new Map(rows.rows.map(({ id, losses }) => [id, losses]));
}

/** From here on a loss counts against this job alone. */
export async function beginClaim(db: Db, id: string): Promise<void> {
  await sql`update platform.job_claims set begun = true where job_id = ${id}`.execute(db);
}

/** A job that is begun anew by hand has a clean record. */
export async function forgetClaim(db: Db, id: string): Promise<void> {
  await sql`delete from platform.job_claims where job_id = ${id}`.execute(db);
}

interface Orphans {
  readonly queues: readonly string[];
  readonly owner: number;
  /** What this process works on. */
  readonly inHand: readonly string[];
}

/** Between the fetch of a job and its claim lies a moment; one that lasts longer was a process's last. */
const grace = sql`interval '5 seconds'`;

/**
 * Gives active jobs back to their lane: those of processes that are gone; those that were fetched and never claimed (the process
 * died between the two); and those of this process that it does not work on (the database was away when it wanted to
 * say what came of them). Rows of job and claim are locked, so that two processes never free the same one. Such an attempt
 * does not count as failed; a job that processes die over is told by its losses.
 */
export async function freeOrphans(db: Db, { queues, owner, inHand }: Orphans): Promise<number> {
  const rows = await sql`
    with orphan as (
      select j.name, j.id from jobs.job j left join platform.job_claims k on k.job_id = j.id and k.owner is not null and k.claimed_at >= j.started_on
      -- Every job of ours has a group: pg-boss has an index on active jobs with one.
      where j.name = any(${queues as string[]}) and j.state = 'active' and j.group_id is not null
        and ((k.owner <> ${owner} and ${ownerIsGone('k.owner')})
          or (k.owner is null and j.started_on < now() - ${grace})
          or (k.owner = ${owner} and not j.id = any(${inHand as string[]}::uuid[]) and k.claimed_at < now() - ${grace}))
      for update of j skip locked),
    freed as (
      update jobs.job j set state = 'created', started_on = null, heartbeat_on = null
      from orphan o where j.name = o.name and j.id = o.id returning j.id),
    lost as (
      update platform.job_claims c
      set losses = c.losses + case when c.begun and c.owner <> ${owner} then 1 else 0 end, owner = null
      from orphan o where c.job_id = o.id)
    select id from freed`.execute(db);
  return rows.rows.length;
}

/** Claims of jobs that are done, failed or gone: the record ends with the job. */
export async function tidyClaims(db: Db): Promise<void> {
  await sql`
    delete from platform.job_claims c where not exists (
      select 1 from jobs.job j where j.name = c.queue and j.id = c.job_id and j.state < 'completed')`.execute(db);
}
