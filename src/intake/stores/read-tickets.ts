import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { type Cursor, type Db, encodeCursor, toPage } from '../../platform/index.ts';
import { type DuplicateVerdict, SignalboxError, type Ticket, type TicketStatus } from '../../ticket/index.ts';
import type { DuplicateColumns, IntakeTables, TicketsTable } from './tables.ts';

type Row = Selectable<TicketsTable> & { customer_email: string | null; customer_name: string | null } & {
  [C in Exclude<keyof DuplicateColumns, 'ticket_id'>]: DuplicateColumns[C] | null;
};

const select = (db: Db) =>
  db
    .withTables<IntakeTables>()
    .selectFrom('intake.tickets as t')
    .leftJoin('intake.customers as c', 'c.id', 't.customer_id')
    .leftJoin('triage.members as d', 'd.ticket_id', 't.id')
    .selectAll('t')
    .select(['c.email as customer_email', 'c.name as customer_name'])
    .select(['d.probability', 'd.duplicate_of', 'd.incident_id', 'd.same_customer']);

/** @throws `not-found` */
export async function readTicket(db: Db, id: string): Promise<Ticket> {
  const row = await select(db).where('t.id', '=', id).executeTakeFirst();
  if (row === undefined) throw new SignalboxError('not-found', `There is no ticket ${id}.`);
  return toTicket(row);
}

/** The tickets among `ids` that exist, in the order of `ids`. */
export async function readTickets(db: Db, ids: readonly string[]): Promise<Ticket[]> {
  if (ids.length === 0) return [];
  const rows = await select(db).where('t.id', 'in', ids).execute();
  const byId = new Map(rows.map((r) => [r.id, toTicket(r)]));
  return ids.map((id) => byId.get(id)).filter((t) => t !== undefined);
}

/** The ticket that was stored under this source key; null when there is none. */
export async function findTicketBySource(db: Db, sourceKey: string): Promise<string | null> {
  const row = await db
    .withTables<IntakeTables>()
    .selectFrom('intake.tickets')
    .select('id')
    .where('source_key', '=', sourceKey)
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface TicketFilters {
  readonly status?: TicketStatus | undefined;
  readonly category?: string | undefined;
  /** Words in subject or body. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

export interface TicketPage {
  readonly items: Ticket[];
  readonly nextCursor: string | null;
}

/**
 * Words are looked for in the tickets themselves, newest first, some 200,000 of them in one request: among a million
 * a word that nobody used took 8.6 s. What is further back is behind the cursor, even where the page is not full.
 */
const wordSearch = { window: 50_000, windows: 4 } as const;

export async function listTickets(
  db: Db,
  filters: TicketFilters,
  { window, windows }: { readonly window: number; readonly windows: number } = wordSearch,
): Promise<TicketPage> {
  const { q, limit } = filters;
  const cursorOf = (t: Ticket): Cursor => ({ at: t.createdAt, id: t.id });
  if (q === undefined) return toPage((await listed(db, filters).execute()).map(toTicket), limit, cursorOf);
  const items: Ticket[] = [];
  let after = filters.after;
  for (let i = 0; i < windows; i++) {
    const end = await endOfWindow(db, { ...filters, after }, window);
    const rows = await within(listed(db, { ...filters, after, limit: limit - items.length }), q, end).execute();
    items.push(...rows.map(toTicket));
    if (items.length > limit || end === undefined) return toPage(items, limit, cursorOf);
    after = end;
  }
  return { items, nextCursor: after === undefined ? null : encodeCursor(after) };
}

/** One more than asked for, which tells that there is more. */
function listed(db: Db, { status, category, after, limit }: TicketFilters) {
  let query = select(db)
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(limit + 1);
  if (status !== undefined) query = query.where('t.status', '=', status);
  if (category !== undefined) query = query.where('t.category', '=', category);
  if (after !== undefined) query = query.where(sql<boolean>`(t.created_at, t.id) < (${after.at}, ${after.id}::uuid)`);
  return query;
}

function within(query: ReturnType<typeof listed>, q: string, end: Cursor | undefined): ReturnType<typeof listed> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const found = query.where((eb: ExpressionBuilder<IntakeTables & { t: TicketsTable }, 't'>) =>
    eb.or([eb('t.subject', 'ilike', like), eb('t.body', 'ilike', like)]),
  );
  return end === undefined ? found : found.where(sql<boolean>`(t.created_at, t.id) >= (${end.at}, ${end.id}::uuid)`);
}

/** The last of the next so many tickets; undefined where there are fewer. */
async function endOfWindow(db: Db, filters: TicketFilters, window: number): Promise<Cursor | undefined> {
  const row = await listed(db, { ...filters, limit: 0 })
    .clearSelect()
    .select(['t.created_at as at', 't.id'])
    .offset(window - 1)
    .executeTakeFirst();
  return row === undefined ? undefined : { at: row.at, id: row.id };
}

function toTicket(row: Row): Ticket {
  return {
    id: row.id,
    clientTicketId: row.client_ticket_id,
    subject: row.subject,
    body: row.body,
    customerId: row.customer_id,
    customerEmail: row.customer_email,
    customerName: row.customer_name,
    channel: row.channel,
    language: row.language,
    requestedPriority: row.requested_priority,
    metadata: row.metadata,
    status: row.status,
    handledBy: row.handled_by,
    category: row.category,
    department: row.department,
    intent: row.intent,
    abstained: row.abstained,
    confidence: row.confidence,
    alternatives: row.alternatives,
    urgencyScore: row.urgency_score,
    priority: row.priority,
    sentiment: row.sentiment,
    modelUsed: row.model_used,
    modelVersion: row.model_version,
    modelIntent: row.model_intent,
    modelConfidence: row.model_confidence,
    suggestion: row.suggestion,
    citations: row.citations,
    decisionId: row.decision_id,
    duplicates: duplicatesOf(row),
    agent: row.agent,
    assignment: row.assignment,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Null where it was compared with no other ticket. */
function duplicatesOf(row: Row): DuplicateVerdict | null {
  if (row.probability === null) return null;
  return {
    isDuplicate: row.duplicate_of !== null,
    similarity: row.probability,
    duplicateOf: row.duplicate_of,
    incidentId: row.incident_id,
    sameCustomer: row.same_customer ?? false,
  };
}
