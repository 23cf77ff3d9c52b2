import { type Insertable, type Selectable, sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import { type GuardrailAction, SignalboxError } from '../../ticket/index.ts';
import type { AuditTables } from './tables.ts';

export type InteractionRow = Selectable<AuditTables['audit.interactions']>;
export type NewInteraction = Insertable<AuditTables['audit.interactions']>;

export interface InteractionFilters {
  readonly category?: string | undefined;
  readonly action?: GuardrailAction | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Words in the message or the answer. */
  readonly q?: string | undefined;
}

export async function recordInteraction(trx: Trx, interaction: NewInteraction): Promise<void> {
  await trx.withTables<AuditTables>().insertInto('audit.interactions').values(interaction).execute();
}

/** The interaction of a ticket's newest run. @throws `not-found` */
export async function readInteraction(db: Db, ticketId: string): Promise<InteractionRow> {
  const row = await db
    .withTables<AuditTables>()
    .selectFrom('audit.interactions')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .orderBy('run', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new SignalboxError('not-found', `The ticket ${ticketId} has no answer yet.`);
  return row;
}

function filtered(db: Db, filters: InteractionFilters) {
  let query = db
    .withTables<AuditTables>()
    .selectFrom('audit.interactions')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
  if (filters.category !== undefined) query = query.where('category', '=', filters.category);
  if (filters.action !== undefined) query = query.where('guardrail_action', '=', filters.action);
  if (filters.from !== undefined) query = query.where('created_at', '>=', new Date(filters.from));
  if (filters.to !== undefined) query = query.where('created_at', '<', new Date(filters.to));
  if (filters.q !== undefined && filters.q !== '') {
    const like = `%${filters.q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('message', 'ilike', like), eb('final_answer', 'ilike', like)]));
  }
  return query;
}

export async function listInteractions(
  db: Db,
  filters: InteractionFilters & { limit: number; after?: Cursor | undefined },
): Promise<{ items: InteractionRow[]; nextCursor: string | null }> {
  let query = filtered(db, filters).limit(filters.limit + 1);
  if (filters.after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${filters.after.at}, ${filters.after.id}::uuid)`);
  return toPage(await query.execute(), filters.limit, (row) => ({ at: row.created_at, id: row.id }));
}

/** All rows that fit, page by page: memory stays bounded however many there are. */
export async function* streamInteractions(db: Db, filters: InteractionFilters): AsyncGenerator<InteractionRow> {
  let after: Cursor | undefined;
  for (;;) {
    const { items } = await listInteractions(db, { ...filters, limit: 500, after });
    yield* items;
    const last = items.at(-1);
    if (items.length < 500 || last === undefined) return;
    after = { at: last.created_at, id: last.id };
  }
}
