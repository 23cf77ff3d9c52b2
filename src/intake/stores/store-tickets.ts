import { sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import type { Priority, TriageVerdict } from '../../ticket/index.ts';
import type { ReceivedTicket } from '../receive-ticket.ts';
import { storeAttachments } from './attachments.ts';

export interface TicketToStore {
  readonly received: ReceivedTicket;
  readonly status: 'new' | 'processing';
  /** Set when triage has already run (the fast path), so that the row is written once. */
  readonly triage: TriageVerdict | null;
  /** The priority after the client's wish; only with `triage`. */
  readonly priority?: Priority;
  /**
   * The queue of a ticket that will be routed in this transaction. It is stored as waiting, which nobody sees
   * before the commit: only those that find an agent are then written a second time (a third of the cost).
   */
  readonly queue?: string;
  readonly owner: number | null;
  /** Whose it is when that is known without an address (a chat). */
  readonly customerId?: string;
}

export type StoredTicket =
  | {
      readonly kind: 'stored';
      readonly id: string;
      readonly customerId: string | null;
      readonly customerKnown: boolean;
    }
  /** The same client id (or row of a file) with the same content was stored before. */
  | { readonly kind: 'repeated'; readonly id: string }
  | { readonly kind: 'conflict'; readonly id: string };

/**
 * Stores up to some hundred tickets in three statements and answers in the order given. Rows are written in
 * the order of their unique keys, so that two batches cannot wait for each other in a circle.
 */
export async function storeTickets(
  trx: Trx,
  tickets: readonly TicketToStore[],
  newId: () => string,
): Promise<StoredTicket[]> {
  const customers = await findOrCreateCustomers(trx, tickets, newId);
  const inserted = await insertTickets(trx, tickets, customers);
  await storeFiles(trx, tickets, inserted, newId);
  const earlier = await findEarlier(
    trx,
    tickets.filter((t) => !inserted.has(t.received.ticket.id)),
  );
  return tickets.map((t) => {
    const { ticket, contentHash } = t.received;
    if (inserted.has(ticket.id)) {
      const customer = customers.get(ticket.customerEmail?.toLowerCase() ?? '');
      return {
        kind: 'stored',
        id: ticket.id,
        customerId: t.customerId ?? customer?.id ?? null,
        customerKnown: t.customerId !== undefined || (customer?.known ?? false),
      };
    }
    const first =
      (ticket.clientTicketId === null ? undefined : earlier.get(`c:${ticket.clientTicketId}`)) ??
      (ticket.sourceKey === null ? undefined : earlier.get(`s:${ticket.sourceKey}`));
    if (first === undefined) throw new Error('a ticket was neither stored nor found');
    return { kind: first.content_hash === contentHash ? 'repeated' : 'conflict', id: first.id };
  });
}

async function storeFiles(
  trx: Trx,
  tickets: readonly TicketToStore[],
  inserted: ReadonlySet<string>,
  newId: () => string,
): Promise<void> {
  for (const { received } of tickets) {
    const { id, createdAt } = received.ticket;
    if (received.attachments.length === 0 || !inserted.has(id)) continue;
    const { attachments } = received;
    await storeAttachments(trx, { ticketId: id, messageId: null, attachments, now: createdAt }, newId);
  }
}

type Customers = Map<string, { id: string; known: boolean }>;

async function findOrCreateCustomers(
  trx: Trx,
  tickets: readonly TicketToStore[],
  newId: () => string,
): Promise<Customers> {
  const wanted = new Map<string, { email: string; name: string | null; at: Date }>();
  for (const { received } of tickets) {
    const { customerEmail, customerName, createdAt } = received.ticket;
    const key = customerEmail?.toLowerCase();
    if (key !== undefined && customerEmail !== null && !wanted.has(key))
      wanted.set(key, { email: customerEmail, name: customerName, at: createdAt });
  }
  const found: Customers = new Map();
  if (wanted.size === 0) return found;
  await readCustomers(trx, [...wanted.keys()], found, true);
  const missing = [...wanted].filter(([key]) => !found.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length === 0) return found;
  const rows = missing.map(([, c]) => ({
    id: newId(),
    email: c.email,
    name: c.name,
    at: c.at.toISOString(),
  }));
  await sql`
    insert into intake.customers (id, email, name, created_at, updated_at)
    select id, email, name, at, at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, email text, name text, at timestamptz)
    on conflict (lower(email)) do nothing`.execute(trx);
  await readCustomers(
    trx,
    missing.map(([key]) => key),
    found,
    false,
  );
  return found;
}

async function readCustomers(trx: Trx, emails: string[], into: Customers, known: boolean): Promise<void> {
  const rows = await sql<{ id: string; email: string }>`
    select id, lower(email) as email from intake.customers where lower(email) = any(${emails}::text[])`.execute(trx);
  for (const row of rows.rows) into.set(row.email, { id: row.id, known });
}

async function insertTickets(trx: Trx, tickets: readonly TicketToStore[], customers: Customers): Promise<Set<string>> {
  const rows = tickets
    .map((t) => ticketRow(t, customers))
    .sort((a, b) => compare(a.client_ticket_id ?? a.source_key ?? '', b.client_ticket_id ?? b.source_key ?? ''));
  const result = await sql<{ id: string }>`${prepared}
    insert into intake.tickets (id, client_ticket_id, content_hash, source_key, subject, body, customer_id, channel, language,
      requested_priority, metadata, status, owner, run, tries, category, department, intent, abstained, confidence, alternatives,
      urgency_score, priority, sentiment, model_used, model_version, assignment, queue, queued_at, created_at, updated_at)
    select id, client_ticket_id, content_hash, source_key, subject, body, customer_id, channel, language,
      requested_priority, metadata, status, owner, run, tries, category, department, intent, abstained, confidence, alternatives,
      urgency_score, priority, sentiment, model_used, model_version, assignment, queue, queued_at, at, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, client_ticket_id text, content_hash text, source_key text,
      subject text, body text, customer_id uuid, channel text, language text, requested_priority text, metadata jsonb, status text,
      owner bigint, run int, tries int, category text, department text, intent text, abstained boolean, confidence float8,
      alternatives jsonb, urgency_score float8, priority text, sentiment text, model_used text, model_version text, assignment text, queue text, queued_at timestamptz, at timestamptz)
    on conflict do nothing
    returning id`.execute(trx);
  return new Set(result.rows.map((r) => r.id));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function ticketRow(
  { received, status, triage, priority, queue, owner, customerId }: TicketToStore,
  customers: Customers,
) {
  const { ticket, contentHash } = received;
  const begun = triage !== null || status === 'processing' ? 1 : 0;
  return {
    id: ticket.id,
    client_ticket_id: ticket.clientTicketId,
    content_hash: contentHash,
    source_key: ticket.sourceKey,
    subject: ticket.subject,
    body: ticket.body,
    customer_id: customerId ?? customers.get(ticket.customerEmail?.toLowerCase() ?? '')?.id ?? null,
    channel: ticket.channel,
    language: ticket.language,
    requested_priority: ticket.requestedPriority,
    metadata: ticket.metadata,
    status,
    owner,
    run: begun,
    tries: begun,
    category: triage?.category ?? null,
    department: triage?.department ?? null,
    intent: triage?.intent ?? 'unknown',
    abstained: triage?.abstained ?? null,
    confidence: triage?.confidence ?? null,
    alternatives: triage?.alternatives ?? [],
    urgency_score: triage?.urgencyScore ?? null,
    priority: priority ?? triage?.priority ?? null,
    sentiment: triage?.sentiment ?? null,
    model_used: triage?.modelUsed ?? null,
    model_version: triage?.modelVersion ?? null,
    assignment: queue === undefined ? 'none' : 'waiting',
    queue: queue ?? null,
    queued_at: queue === undefined ? null : ticket.createdAt.toISOString(),
    at: ticket.createdAt.toISOString(),
  };
}

async function findEarlier(
  db: Db,
  tickets: readonly TicketToStore[],
): Promise<Map<string, { id: string; content_hash: string }>> {
  const found = new Map<string, { id: string; content_hash: string }>();
  if (tickets.length === 0) return found;
  const clientIds = tickets.map((t) => t.received.ticket.clientTicketId).filter((v) => v !== null);
  const sourceKeys = tickets.map((t) => t.received.ticket.sourceKey).filter((v) => v !== null);
  const rows = await sql<{
    id: string;
    content_hash: string;
    client_ticket_id: string | null;
    source_key: string | null;
  }>`
    select id, content_hash, client_ticket_id, source_key from intake.tickets
    where client_ticket_id = any(${clientIds}::text[]) or source_key = any(${sourceKeys}::text[])`.execute(db);
  for (const row of rows.rows) {
    if (row.client_ticket_id !== null) found.set(`c:${row.client_ticket_id}`, row);
    if (row.source_key !== null) found.set(`s:${row.source_key}`, row);
  }
  return found;
}
