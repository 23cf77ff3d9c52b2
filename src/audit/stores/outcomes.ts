import { sql } from 'kysely';
import type { Db, NewId, Trx } from '../../platform/index.ts';

/** What became of a piece of work (L16). Silence is `assumed`, never a success. */
export const outcomeKinds = ['confirmed', 'assumed', 'reopened', 'contradicted'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export type OutcomeSource =
  | 'feedback'
  | 'thanks'
  | 'silence'
  | 'message'
  | 'reopening'
  | 'review-edit'
  | 'review-reject'
  | 'category-correction';

export interface NewOutcome {
  readonly id: string;
  readonly ticketId: string;
  readonly kind: Exclude<OutcomeKind, 'assumed'>;
  readonly source: OutcomeSource;
  /** The ticket's present resolution, or what the machine made in its run and a person changed before it was sent. */
  readonly about: 'resolution' | 'draft';
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/**
 * Adds what is known now; the caller holds the ticket and has not moved it yet. A resolution that is not there (the
 * ticket is open) has no outcome: nothing is written.
 */
export async function recordOutcome(trx: Trx, outcome: NewOutcome): Promise<void> {
  const { about } = outcome;
  await sql`
    insert into audit.outcomes (id, ticket_id, run, kind, source, handled_by, resolved_at, category, language, model,
      evidence, at)
    select ${outcome.id}, t.id, t.run, ${outcome.kind}, ${outcome.source},
      ${about === 'draft' ? sql`'ai'` : sql`coalesce(t.handled_by, 'human')`},
      ${about === 'draft' ? sql`null` : sql`t.resolved_at`},
      t.category, t.language, ${model}, ${JSON.stringify(outcome.evidence)}::jsonb, ${outcome.now}
    from intake.tickets t left join audit.interactions i on i.ticket_id = t.id and i.run = t.run
    where t.id = ${outcome.ticketId} and ${about === 'draft' ? sql`true` : sql`t.resolved_at is not null`}`.execute(
    trx,
  );
}

/** What wrote the answer of the run: a language model, or the classifier where none was asked. */
const model = sql`coalesce(i.model_used, t.model_used, 'none')`;

/**
 * Resolutions before `before` of which nothing was heard become `assumed`, at most `limit`, oldest first. Safe among any
 * number of processes and safe to repeat. @returns how many.
 */
export async function recordSilence(
  trx: Trx,
  { before, limit, newId, now }: { before: Date; limit: number; newId: NewId; now: Date },
): Promise<number> {
  const silent = await sql<{ id: string }>`
    select t.id from intake.tickets t
    where t.resolved_at < ${before} and t.status in ('resolved', 'closed')
      and not exists (select from audit.outcomes o where o.ticket_id = t.id and o.resolved_at = t.resolved_at)
    order by t.resolved_at limit ${limit} for update of t skip locked`.execute(trx);
  if (silent.rows.length === 0) return 0;
  const rows = silent.rows.map(({ id }) => ({ id: newId(), ticket_id: id }));
  await sql`
    insert into audit.outcomes (id, ticket_id, run, kind, source, handled_by, resolved_at, category, language, model,
      evidence, at)
    select n.id, t.id, t.run, 'assumed', 'silence', coalesce(t.handled_by, 'human'), t.resolved_at, t.category,
      t.language, ${model}, '{}', ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, ticket_id uuid)
    join intake.tickets t on t.id = n.ticket_id
    left join audit.interactions i on i.ticket_id = t.id and i.run = t.run
    where t.resolved_at is not null
    on conflict do nothing`.execute(trx);
  return rows.length;
}

export type OutcomeGrouping = 'category' | 'language' | 'handled_by' | 'model';

/** Whose work: what the machine sent, what a person sent, or a draft of the machine's that a person changed first. */
export type Worker = 'ai' | 'human' | 'draft';

export interface OutcomeQuestion {
  readonly by: OutcomeGrouping;
  readonly worker?: Worker | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface OutcomeCount {
  readonly key: string;
  /** null: nothing is known of these resolutions yet. */
  readonly kind: OutcomeKind | null;
  readonly n: number;
}

/**
 * How many pieces of work came to what. A piece of work is a resolution, or a draft of a run that a person changed; its
 * latest outcome counts, at the same moment in the order contradicted, reopened, confirmed, assumed. Its time is that of
 * the resolution, or of the change.
 */
export async function countOutcomes(db: Db, { by, worker, from, to }: OutcomeQuestion): Promise<OutcomeCount[]> {
  const column = sql.ref(by === 'handled_by' ? 'worker' : by);
  const { rows } = await sql<OutcomeCount>`
    with work as (
      (select distinct on (ticket_id, run, handled_by, resolved_at) category, language, model, kind,
        case when resolved_at is null then 'draft' else handled_by end as worker, coalesce(resolved_at, at) as at
      from audit.outcomes
      order by ticket_id, run, handled_by, resolved_at, audit.outcomes.at desc,
        array_position(array['contradicted', 'reopened', 'confirmed', 'assumed'], kind))
      union all
      select t.category, t.language, ${model}, null, coalesce(t.handled_by, 'human'), t.resolved_at
      from intake.tickets t left join audit.interactions i on i.ticket_id = t.id and i.run = t.run
      where t.resolved_at is not null and t.status in ('resolved', 'closed')
        and not exists (select from audit.outcomes o where o.ticket_id = t.id and o.resolved_at = t.resolved_at))
    select coalesce(${column}, 'none') as key, kind, count(*)::int as n from work
    where ${worker === undefined ? sql`true` : sql`worker = ${worker}`}
      and ${from === undefined ? sql`true` : sql`at >= ${from}`} and ${to === undefined ? sql`true` : sql`at < ${to}`}
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
