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

/** Notes who works on these jobs. One that was lost before is not begun by that: see `beginClaim`. */
export async function claimJobs(
  db: Db,
  claim: { queue: string; ids: readonly string[]; owner: number; now: Date },
): Promise<Map<string, number>> {
  const { queue, ids, owner, now } = claim;
  const rows = await sql<Claimed>`
    insert into platform.job_claims as c (job_id, queue, owner, begun, claimed_at)
    select id, ${queue}, ${owner}::bigint, true, ${now} from unnest(${[...ids].sort()}::uuid[]) as i(id)
    on conflict (job_id) do update set owner = excluded.owner, begun = c.losses = 0, claimed_at = excluded.claimed_at
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
  readonly owner: number;
  /** What this process works on. */
  readonly inHand: readonly string[];
  readonly now: Date;
}

/**
 * Gives the active jobs of processes that are gone back to their lane, and those of this one that it does not work on
 * (the database was away when it wanted to say what came of them). Rows of claim and job are locked, so that two processes never
 * free the same one. Such an attempt does not count as failed: a job that five processes died over is told by its losses.
 */
export async function freeOrphans(db: Db, { owner, inHand, now }: Orphans): Promise<number> {
  const rows = await sql`
    with orphan as (
      select k.job_id, k.queue from platform.job_claims k join jobs.job j on j.name = k.queue and j.id = k.job_id
      where j.state = 'active' and k.owner is not null
        and ((k.owner = ${owner} and not k.job_id = any(${inHand as string[]}::uuid[]) and k.claimed_at < ${now}::timestamptz - interval '5 seconds')
          or (k.owner <> ${owner} and ${ownerIsGone('k.owner')}))
      for update skip locked),
    freed as (
      update jobs.job j set state = 'created', started_on = null, heartbeat_on = null
      from orphan o where j.name = o.queue and j.id = o.job_id)
    update platform.job_claims c
    set losses = c.losses + case when c.begun and c.owner <> ${owner} then 1 else 0 end, owner = null
    from orphan o where c.job_id = o.job_id
    returning c.job_id`.execute(db);
  return rows.rows.length;
}

/** Claims of jobs that are done, failed or gone: the record ends with the job. */
export async function tidyClaims(db: Db): Promise<void> {
  await sql`
    delete from platform.job_claims c where not exists (
      select 1 from jobs.job j where j.name = c.queue and j.id = c.job_id and j.state < 'completed')`.execute(db);
}
