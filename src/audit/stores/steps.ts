import { type Selectable, sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import { type StepName, stepNames, type Verdicts } from '../../ticket/index.ts';
import type { AuditTables } from './tables.ts';

export interface StepRecord {
  readonly ticketId: string;
  readonly run: number;
  readonly step: StepName;
  readonly verdict: object;
  readonly versions: Record<string, string>;
  readonly milliseconds: number;
  readonly at: Date;
}

/**
 * Writes verdicts in one statement. A step that has one keeps it: the keys of those really written come back,
 * so that of two runners exactly one carries out the effects.
 */
export async function recordSteps(trx: Trx, steps: readonly StepRecord[]): Promise<Set<string>> {
  const written = await sql<{ ticket_id: string; run: number; step: StepName }>`
    ${insertOf(steps)} on conflict do nothing returning ticket_id, run, step`.execute(trx);
  return new Set(written.rows.map((r) => stepKey(r.ticket_id, r.run, r.step)));
}

/** Of tickets that are stored in this very transaction: no other runner has them. */
export async function recordFirstSteps(trx: Trx, steps: readonly StepRecord[]): Promise<void> {
  if (steps.length > 0) await sql`${prepared}${insertOf(steps)}`.execute(trx);
}

function insertOf(steps: readonly StepRecord[]) {
  const rows = steps.map((s) => ({
    ticket_id: s.ticketId,
    run: s.run,
    step: s.step,
    verdict: s.verdict,
    versions: s.versions,
    milliseconds: s.milliseconds,
    at: s.at.toISOString(),
  }));
  return sql`
    insert into audit.steps (ticket_id, run, step, verdict, versions, milliseconds, at)
    select ticket_id, run, step, verdict, versions, milliseconds, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(ticket_id uuid, run int, step text, verdict jsonb, versions jsonb, milliseconds float8, at timestamptz)`;
}

export const stepKey = (ticketId: string, run: number, step: StepName) => `${ticketId}/${run}/${step}`;

/** The verdicts that a run has so far, with the time each took. */
export async function readVerdicts(
  db: Db,
  ticketId: string,
  run: number,
): Promise<{ verdicts: Partial<Verdicts>; milliseconds: Partial<Record<StepName, number>> }> {
  const rows = await db
    .withTables<AuditTables>()
    .selectFrom('audit.steps')
    .select(['step', 'verdict', 'milliseconds'])
    .where('ticket_id', '=', ticketId)
    .where('run', '=', run)
    .execute();
  return {
    verdicts: Object.fromEntries(rows.map((r) => [r.step, r.verdict])) as Partial<Verdicts>,
    milliseconds: Object.fromEntries(rows.map((r) => [r.step, r.milliseconds])),
  };
}

export type StepRow = Selectable<AuditTables['audit.steps']>;
export type DecisionRow = Selectable<AuditTables['audit.decisions']>;
export type LedgerRow = Selectable<AuditTables['platform.ledger']>;

/** Everything that is known of a ticket's way: steps, decisions, events, each oldest first. */
export async function readTrace(
  db: Db,
  ticketId: string,
): Promise<{ steps: StepRow[]; decisions: DecisionRow[]; events: LedgerRow[] }> {
  const tables = db.withTables<AuditTables>();
  const [steps, decisions, events] = await Promise.all([
    tables.selectFrom('audit.steps').selectAll().where('ticket_id', '=', ticketId).execute(),
    tables.selectFrom('audit.decisions').selectAll().where('ticket_id', '=', ticketId).orderBy('run').execute(),
    tables
      .selectFrom('platform.ledger')
      .selectAll()
      .where('subject_type', '=', 'ticket')
      .where('subject_id', '=', ticketId)
      .orderBy('at')
      .orderBy('id')
      .execute(),
  ]);
  // By the order of the steps and not by their time: two of them may fall into one millisecond.
  steps.sort((a, b) => a.run - b.run || stepNames.indexOf(a.step) - stepNames.indexOf(b.step));
  return { steps, decisions, events };
}

export interface NewDecision {
  readonly id: string;
  readonly ticketId: string;
  readonly run: number;
  readonly outcome: string;
  readonly decidedBy: string;
  readonly checks: readonly object[];
  readonly versions: Record<string, string>;
  readonly now: Date;
}

export async function recordDecision(trx: Trx, decision: NewDecision): Promise<void> {
  await trx
    .withTables<AuditTables>()
    .insertInto('audit.decisions')
    .values({
      id: decision.id,
      ticket_id: decision.ticketId,
      run: decision.run,
      outcome: decision.outcome,
      decided_by: decision.decidedBy,
      checks: JSON.stringify(decision.checks),
      versions: JSON.stringify(decision.versions),
      created_at: decision.now,
    })
    .execute();
}
