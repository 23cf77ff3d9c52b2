import { sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import type { Citation, Language, Priority, TicketStatus } from '../../ticket/index.ts';

export type ReviewStatus = 'pending' | 'approved' | 'edited' | 'rejected' | 'escalated';

/** A person is asked to look at a ticket: what was drafted, and why it was not sent. */
export interface Review {
  readonly id: string;
  readonly ticketId: string;
  readonly status: ReviewStatus;
  /** The rule or guardrail that asked for a person. */
  readonly reason: string;
  readonly notes: string[];
  readonly draft: string | null;
  readonly citations: Citation[];
  /** What was sent, or null. */
  readonly reply: string | null;
  /** The category as the person set it, or null when it was left. */
  readonly category: string | null;
  readonly decisionReason: string | null;
  readonly decidedBy: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly ticket: {
    readonly subject: string;
    readonly category: string | null;
    readonly priority: Priority | null;
    readonly language: Language;
    readonly status: TicketStatus;
  };
}

export interface NewReview {
  readonly id: string;
  readonly ticketId: string;
  readonly reason: string;
  readonly notes: readonly string[];
  readonly draft: string | null;
  readonly citations: readonly Citation[];
  readonly now: Date;
}

const select = sql`
  select r.id, r.ticket_id as "ticketId", r.status, r.reason, r.notes, r.draft, r.citations, r.reply, r.category,
    r.decision_reason as "decisionReason", r.decided_by as "decidedBy", r.created_at as "createdAt",
    r.decided_at as "decidedAt", jsonb_build_object('subject', t.subject, 'category', t.category,
      'priority', t.priority, 'language', t.language, 'status', t.status) as ticket
  from routing.reviews r join intake.tickets t on t.id = r.ticket_id`;

/** A ticket has one pending review: a newer one takes its place under the id of the first. */
export async function insertReview(trx: Trx, review: NewReview): Promise<string> {
  const result = await sql<{ id: string }>`
    insert into routing.reviews as r (id, ticket_id, status, reason, notes, draft, citations, created_at)
    values (${review.id}, ${review.ticketId}, 'pending', ${review.reason}, ${JSON.stringify(review.notes)}::jsonb,
      ${review.draft}, ${JSON.stringify(review.citations)}::jsonb, ${review.now})
    on conflict (ticket_id) where status = 'pending' do update
      set reason = excluded.reason, notes = excluded.notes, draft = excluded.draft,
        citations = excluded.citations, created_at = excluded.created_at
    returning id`.execute(trx);
  return result.rows[0]!.id;
}

export async function findReview(db: Db, id: string): Promise<Review | null> {
  return (await sql<Review>`${select} where r.id = ${id}`.execute(db)).rows[0] ?? null;
}

/** Locks ticket, then review: the order of a run that ends with a review for the same ticket. */
export async function lockReview(trx: Trx, id: string): Promise<void> {
  await sql`
    select id from intake.tickets
    where id = (select ticket_id from routing.reviews where id = ${id}) for update`.execute(trx);
  await sql`select id from routing.reviews where id = ${id} for update`.execute(trx);
}

export interface ReviewFilters {
  readonly status?: ReviewStatus | undefined;
  /** The rule or guardrail that asked for a person. */
  readonly reason?: string | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Newest first. */
export async function listReviews(
  db: Db,
  { status, reason, limit, after }: ReviewFilters,
): Promise<{ items: Review[]; nextCursor: string | null }> {
  const rows = await sql<Review>`
    ${select}
    where ${status === undefined ? sql`true` : sql`r.status = ${status}`}
      and ${reason === undefined ? sql`true` : sql`r.reason = ${reason}`}
      and ${after === undefined ? sql`true` : sql`(r.created_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by r.created_at desc, r.id desc limit ${limit + 1}`.execute(db);
  return toPage(rows.rows, limit, (r) => ({ at: r.createdAt, id: r.id }));
}

/** The review that was passed on and nobody has decided since: the newest of the ticket, when it is escalated. */
export async function findEscalatedReview(db: Db, ticketId: string): Promise<Review | null> {
  const { rows } = await sql<Review>`${select} where r.ticket_id = ${ticketId}
    order by r.created_at desc, r.id desc limit 1`.execute(db);
  return rows[0]?.status === 'escalated' ? rows[0] : null;
}

/** The data of a decision; what is sent to the customer is the caller's affair. */
export interface ReviewDecision {
  readonly id: string;
  readonly status: Exclude<ReviewStatus, 'pending'>;
  /** What the customer gets: the draft, the edited text, or null when nothing is sent. */
  readonly reply: string | null;
  readonly category: string | null;
  readonly reason: string;
  /** What is to be noted beside what stands there. */
  readonly notes?: readonly string[];
  readonly by: string;
  readonly now: Date;
}

/** False when the review was not pending any more. */
export async function writeDecision(trx: Trx, decision: ReviewDecision): Promise<boolean> {
  const result = await sql<{ id: string }>`
    update routing.reviews
    set status = ${decision.status}, reply = ${decision.reply}, category = ${decision.category},
      notes = notes || ${JSON.stringify(decision.notes ?? [])}::jsonb, decision_reason = ${decision.reason}, decided_by = ${decision.by}, decided_at = ${decision.now}
    where id = ${decision.id} and status = 'pending' returning id`.execute(trx);
  return result.rows.length > 0;
}

/** The id of the review that waits for a decision on this ticket, or null. */
export async function findPendingReview(db: Db, ticketId: string): Promise<string | null> {
  const result = await sql<{ id: string }>`
    select id from routing.reviews where ticket_id = ${ticketId} and status = 'pending'`.execute(db);
  return result.rows[0]?.id ?? null;
}

/** How many reviews wait for a decision, by reason. */
export async function countPendingReviews(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ reason: string; n: number }>`
    select reason, count(*)::int as n from routing.reviews where status = 'pending' group by reason`.execute(db);
  return new Map(rows.map(({ reason, n }) => [reason, n]));
}

/** Ends what waits for a decision on these tickets, without a reply of its own. */
export async function rejectPendingReviews(
  trx: Trx,
  { ticketIds, reason, by, now }: { ticketIds: readonly string[]; reason: string; by: string; now: Date },
): Promise<{ id: string; ticketId: string }[]> {
  const { rows } = await sql<{ id: string; ticketId: string }>`
    update routing.reviews set status = 'rejected', decision_reason = ${reason}, decided_by = ${by}, decided_at = ${now}
    where ticket_id = any(${ticketIds as string[]}::uuid[]) and status = 'pending'
    returning id, ticket_id as "ticketId"`.execute(trx);
  return rows;
}
