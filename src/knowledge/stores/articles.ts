import { sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';

export type ArticleStatus = 'draft' | 'approved' | 'rejected';

/** Drafted from replies; nothing of it is searched before somebody approves it. */
export interface Article {
  readonly id: string;
  readonly gapId: string;
  readonly title: string;
  readonly text: string;
  readonly language: Language;
  readonly category: string | null;
  /** Whose replies it was drafted from. */
  readonly tickets: readonly string[];
  readonly status: ArticleStatus;
  /** The document of the knowledge, once it stands there. */
  readonly documentId: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

const columns = sql`id, gap_id as "gapId", title, text, language, category, tickets, status, document_id as "documentId",
  proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy", decided_at as "decidedAt"`;

/** One draft a gap: false when there is one already. */
export async function insertArticle(
  trx: Trx,
  article: Omit<Article, 'status' | 'documentId' | 'decidedBy' | 'decidedAt'>,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into knowledge.articles (id, gap_id, title, text, language, category, tickets, status, proposed_by, proposed_at)
    values (${article.id}, ${article.gapId}, ${article.title}, ${article.text}, ${article.language}, ${article.category},
      ${article.tickets as string[]}::uuid[], 'draft', ${article.proposedBy}, ${article.proposedAt})
    on conflict (gap_id) where status = 'draft' do nothing returning id`.execute(trx);
  return rows.length > 0;
}

/** Holds the row until the transaction ends; null: there is none. */
export async function lockArticle(trx: Trx, id: string): Promise<Article | null> {
  const { rows } = await sql<Article>`select ${columns} from knowledge.articles where id = ${id} for update`.execute(
    trx,
  );
  return rows[0] ?? null;
}

export async function writeArticleDecision(
  trx: Trx,
  id: string,
  decided: { status: 'approved' | 'rejected'; text: string; title: string; by: string; now: Date },
): Promise<void> {
  await sql`
    update knowledge.articles set status = ${decided.status}, text = ${decided.text}, title = ${decided.title},
      decided_by = ${decided.by}, decided_at = ${decided.now}
    where id = ${id}`.execute(trx);
}

/** Approved and not in the knowledge yet: a process ended in between. */
export async function readUnpublished(db: Db): Promise<Article[]> {
  const { rows } = await sql<Article>`
    select ${columns} from knowledge.articles where status = 'approved' and document_id is null order by decided_at`.execute(
    db,
  );
  return rows;
}

export async function notePublished(db: Db, id: string, documentId: string): Promise<void> {
  await sql`update knowledge.articles set document_id = ${documentId} where id = ${id}`.execute(db);
}

export async function findArticle(db: Db, id: string): Promise<Article | null> {
  const { rows } = await sql<Article>`select ${columns} from knowledge.articles where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface ArticlePage {
  readonly status?: ArticleStatus | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Newest first. */
export async function listArticles(
  db: Db,
  { status, limit, after }: ArticlePage,
): Promise<{ items: Article[]; nextCursor: string | null }> {
  const { rows } = await sql<Article>`
    select ${columns} from knowledge.articles
    where ${status === undefined ? sql`true` : sql`status = ${status}`}
      and ${after === undefined ? sql`true` : sql`(proposed_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by proposed_at desc, id desc limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (article) => ({ at: article.proposedAt, id: article.id }));
}
