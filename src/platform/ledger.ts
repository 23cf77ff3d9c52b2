import { sql } from 'kysely';
import type { Db } from './db/database.ts';
import { prepared } from './db/prepared.ts';

/** One row of the append-only ledger. `actor` is the name of a key, an agent, or 'system'. */
export interface LedgerEntry {
  readonly at: Date;
  readonly actor: string;
  /** noun-verb: ticket-received, step-finished, review-approved */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly data?: Record<string, unknown>;
}

/**
 * Appends rows in one statement; call it with the transaction that makes the change. What somebody subscribed to goes
 * into the outbox with it (outbox.ts).
 */
export async function appendToLedger(db: Db, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((e) => ({
    at: e.at.toISOString(),
    actor: e.actor,
    action: e.action,
    subject_type: e.subjectType,
    subject_id: e.subjectId,
    data: e.data ?? {},
  }));
  await sql`${prepared}
    insert into platform.ledger (at, actor, action, subject_type, subject_id, data)
    select at, actor, action, subject_type, subject_id, data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(at timestamptz, actor text, action text, subject_type text, subject_id text, data jsonb)`.execute(db);
}
