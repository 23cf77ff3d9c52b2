import { sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import type { Citation, Language } from '../../ticket/index.ts';

/** What the machine would have said and what a person said instead. */
export interface ReplyPair {
  readonly id: string;
  readonly ticketId: string;
  readonly reviewId: string;
  readonly run: number;
  /** Why a person was asked. */
  readonly reason: string;
  readonly message: string;
  /** null: the person wrote without one. */
  readonly draft: string | null;
  /** null: the draft was rejected. */
  readonly reply: string | null;
  readonly unchanged: boolean;
  /** Of draft and reply, in [0,1] (compare-replies.ts); null where one is missing. */
  readonly similarity: number | null;
  readonly category: string | null;
  readonly language: Language;
  readonly citations: readonly Citation[];
  readonly actor: string;
  readonly createdAt: Date;
}

/** The message, run, category and language of a pair are the ticket's at this moment. */
export type NewReplyPair = Omit<ReplyPair, 'run' | 'message' | 'category' | 'language'>;

/** Within the transaction that decides; after a corrected category is written. False when the review has its pair. */
export async function recordReplyPair(trx: Trx, pair: NewReplyPair): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into audit.reply_pairs (id, ticket_id, review_id, run, reason, message, draft, reply, unchanged, similarity,
      category, language, citations, actor, created_at)
    select ${pair.id}, t.id, ${pair.reviewId}, t.run, ${pair.reason}, coalesce(i.message, t.body), ${pair.draft},
      ${pair.reply}, ${pair.unchanged}, ${pair.similarity}, t.category, t.language,
      ${JSON.stringify(pair.citations)}::jsonb, ${pair.actor}, ${pair.createdAt}
    from intake.tickets t left join audit.interactions i on i.ticket_id = t.id and i.run = t.run
    where t.id = ${pair.ticketId} on conflict (review_id) do nothing returning id`.execute(trx);
  return rows.length > 0;
}

/** Newest first. */
export async function listReplyPairs(
  db: Db,
  { limit, after }: { limit: number; after?: Cursor | undefined },
): Promise<{ items: ReplyPair[]; nextCursor: string | null }> {
  const { rows } = await sql<ReplyPair>`
    select id, ticket_id as "ticketId", review_id as "reviewId", run, reason, message, draft, reply, unchanged, similarity,
      category, language, citations, actor, created_at as "createdAt"
    from audit.reply_pairs
    where ${after === undefined ? sql`true` : sql`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by created_at desc, id desc limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
}

/** All of them, page by page: memory stays bounded however many there are. */
export async function* streamReplyPairs(db: Db): AsyncGenerator<ReplyPair> {
  let after: Cursor | undefined;
  for (;;) {
    const { items, nextCursor } = await listReplyPairs(db, { limit: 500, after });
    yield* items;
    const last = items.at(-1);
    if (nextCursor === null || last === undefined) return;
    after = { at: last.createdAt, id: last.id };
  }
}
