import { sql } from 'kysely';
import type { Cursor } from '../cursor.ts';
import type { Db } from '../db/database.ts';
import type { JobError, JobState, JobStatus, QueueDepth } from './job.ts';

/**
 * Reads pg-boss's own table. Its functions read one queue at a time and know no pages; the columns are those of 12.35,
 * and a test reads a job of every status through here.
 */
interface JobRow {
  readonly id: string;
  readonly queue: string;
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  readonly data: unknown;
  readonly output: {
    result?: unknown;
    attempts?: number;
    code?: string;
    detail?: string;
    value?: { message?: string };
  } | null;
  readonly attempts: number;
  readonly priority: number;
  readonly created_on: Date;
  readonly completed_on: Date | null;
}

const columns = sql`j.id, j.name as queue, j.state, j.data, j.output, j.priority, j.created_on, j.completed_on,
  j.retry_count + case when j.started_on is null then 0 else 1 end + coalesce(c.losses, 0) as attempts`;

const statusOf: Record<JobRow['state'], JobStatus> = {
  created: 'pending',
  retry: 'pending',
  active: 'processing',
  completed: 'done',
  cancelled: 'failed',
  failed: 'failed',
};

function toState({ state, output, ...row }: JobRow): JobState {
  return {
    id: row.id,
    queue: row.queue,
    status: statusOf[state],
    data: row.data,
    result: state === 'completed' ? (output?.result ?? null) : null,
    error: state === 'completed' ? null : errorOf(output),
    // Its claim, which counts the losses, ends with it.
    attempts: (state === 'completed' ? output?.attempts : undefined) ?? row.attempts,
    priority: row.priority,
    createdAt: row.created_on,
    finishedAt: row.completed_on,
  };
}

/** pg-boss writes words of its own when it ends an attempt itself. */
function errorOf(output: JobRow['output']): JobError | null {
  if (output === null) return null;
  if (output.code !== undefined && output.detail !== undefined) return { code: output.code, detail: output.detail };
  return { code: 'job-stuck', detail: 'The process that worked on it did not come to an end.' };
}

/** In any of these queues; null when there is none. */
export async function findJob(db: Db, queues: readonly string[], id: string): Promise<JobState | null> {
  const rows = await sql<JobRow>`
    select ${columns} from jobs.job j left join platform.job_claims c on c.job_id = j.id
    where j.name = any(${queues as string[]}) and j.id = ${id}`.execute(db);
  return rows.rows[0] === undefined ? null : toState(rows.rows[0]);
}

const statesOf: Record<JobStatus, readonly string[]> = {
  pending: ['created', 'retry'],
  processing: ['active'],
  done: ['completed'],
  failed: ['failed', 'cancelled'],
};

/** Newest first. */
export async function listJobs(
  db: Db,
  {
    queues,
    status,
    limit,
    after,
  }: { queues: readonly string[]; status: JobStatus; limit: number; after?: Cursor | undefined },
): Promise<JobState[]> {
  // A cursor holds milliseconds.
  const created = sql`date_trunc('milliseconds', j.created_on)`;
  const older =
    after === undefined ? sql`true` : sql`(${created}, j.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const rows = await sql<JobRow>`
    select ${columns} from jobs.job j left join platform.job_claims c on c.job_id = j.id
    where j.name = any(${queues as string[]}) and j.state = any(${statesOf[status] as string[]}::jobs.job_state[]) and ${older}
    order by ${created} desc, j.id desc limit ${limit}`.execute(db);
  return rows.rows.map(toState);
}

/** Some 20 ms for 100,000 that wait: ask for it now and then, not for each request. */
export async function readDepth(db: Db, queues: readonly string[]): Promise<QueueDepth[]> {
  const rows = await sql<QueueDepth>`
    select q.name as queue, coalesce(d.waiting, 0)::int as waiting, coalesce(d.active, 0)::int as active,
      coalesce(d.failed, 0)::int as failed, coalesce(extract(epoch from now() - d.oldest), 0)::float8 as "oldestSeconds"
    from unnest(${queues as string[]}::text[]) as q(name) left join (
      select name, count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as active,
        count(*) filter (where state = 'failed') as failed, min(created_on) filter (where state < 'active') as oldest
      from jobs.job where name = any(${queues as string[]}) and state <> 'completed' group by name) d on d.name = q.name`.execute(
    db,
  );
  return rows.rows;
}

/** Only what waits, which has an index of its own. */
export async function countWaiting(db: Db, queue: string): Promise<number> {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from jobs.job where name = ${queue} and state < 'active' and not blocked`.execute(db);
  return rows.rows[0]?.n ?? 0;
}
