import { sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';

export type GapStatus = 'open' | 'drafted' | 'covered' | 'dismissed';

/** Questions that ask the same and found nothing. */
export interface Gap {
  readonly id: string;
  /** The most central question. */
  readonly label: string;
  readonly language: Language;
  readonly category: string | null;
  readonly questions: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly status: GapStatus;
  readonly dismissedBy: string | null;
  /** The newest questions, at most 3. */
  readonly examples: readonly string[];
  /** The article that was drafted last, or null. */
  readonly articleId: string | null;
}

export interface NewGapQuestion {
  readonly id: string;
  readonly ticketId: string;
  readonly run: number;
  readonly text: string;
  readonly language: Language;
  readonly category: string | null;
  readonly at: Date;
}

/** Within the transaction that settles the run. */
export async function recordGapQuestions(trx: Trx, questions: readonly NewGapQuestion[]): Promise<void> {
  if (questions.length === 0) return;
  const rows = questions.map((q) => ({
    id: q.id,
    ticket_id: q.ticketId,
    run: q.run,
    text: q.text,
    language: q.language,
    category: q.category,
    at: q.at.toISOString(),
  }));
  await sql`
    insert into knowledge.gap_questions (id, ticket_id, run, text, language, category, at)
    select id, ticket_id, run, text, language, category, at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, ticket_id uuid, run int, text text, language text, category text, at timestamptz)`.execute(trx);
}

/** Number of the lock under which questions are grouped ("gaps" as a number). */
const groupingLock = 0x67617073;

/** False while another process groups. Held until the end of the transaction. */
export async function lockGrouping(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${groupingLock}) as got`.execute(trx);
  return rows[0]!.got;
}

export interface StoredQuestion {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}

/** Questions that stand in no group yet, oldest first. */
export async function readUngrouped(db: Db, limit: number): Promise<StoredQuestion[]> {
  const { rows } = await sql<StoredQuestion>`
    select id, text, language from knowledge.gap_questions where gap_id is null order by at, id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The groups that were added to last, oldest first, each with its newest questions. */
export async function readGroups(
  db: Db,
  { groups, questions }: { groups: number; questions: number },
): Promise<{ id: string; questions: StoredQuestion[] }[]> {
  const { rows } = await sql<StoredQuestion & { gap: string }>`
    select g.id as gap, q.id, q.text, q.language
    from (select id, first_seen from knowledge.gaps order by last_seen desc, id desc limit ${groups}) g
    cross join lateral (select id, text, language, at from knowledge.gap_questions
      where gap_id = g.id order by at desc, id desc limit ${questions}) q
    order by g.first_seen, g.id, q.at, q.id`.execute(db);
  const found = new Map<string, StoredQuestion[]>();
  for (const { gap, ...question } of rows) found.set(gap, [...(found.get(gap) ?? []), question]);
  return [...found].map(([id, members]) => ({ id, questions: members }));
}

/** Puts a question into its group, which begins with it when it is new. A covered group is open again: it was not. */
export async function placeQuestion(
  trx: Trx,
  placed: { questionId: string; gapId: string; isNew: boolean; relevance: number; now: Date },
): Promise<void> {
  if (placed.isNew)
    await sql`
      insert into knowledge.gaps (id, label, language, category, questions, first_seen, last_seen, status, updated_at)
      select ${placed.gapId}, text, language, category, 0, at, at, 'open', ${placed.now}
      from knowledge.gap_questions where id = ${placed.questionId}`.execute(trx);
  await sql`update knowledge.gap_questions set gap_id = ${placed.gapId}, relevance = ${placed.relevance}
    where id = ${placed.questionId}`.execute(trx);
}

/** Counts, times and name of a group after questions came to it. */
export async function renewGap(trx: Trx, id: string, { label, now }: { label: string; now: Date }): Promise<void> {
  await sql`
    update knowledge.gaps g set label = ${label}, updated_at = ${now}, questions = q.n, first_seen = q.first,
      last_seen = q.last, category = q.category, status = case when g.status = 'covered' then 'open' else g.status end
    from (select count(*)::int as n, min(at) as first, max(at) as last, mode() within group (order by category) as category
      from knowledge.gap_questions where gap_id = ${id}) q
    where g.id = ${id}`.execute(trx);
}

/** Open groups whose questions were not looked for in this version of the knowledge. */
export async function readUnchecked(db: Db, version: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from knowledge.gaps where status in ('open', 'drafted') and checked_version is distinct from ${version}
    order by last_seen desc, id desc limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface AskedBefore extends StoredQuestion {
  /** Of the best passage when the question was grouped. */
  readonly relevance: number;
}

/** The newest questions of a group. */
export async function readNewestQuestions(db: Db, gapId: string, limit: number): Promise<AskedBefore[]> {
  const { rows } = await sql<AskedBefore>`
    select id, text, language, coalesce(relevance, 0) as relevance from knowledge.gap_questions
    where gap_id = ${gapId} order by at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

export async function noteChecked(
  db: Db,
  id: string,
  { version, covered, now }: { version: string; covered: boolean; now: Date },
): Promise<void> {
  await sql`
    update knowledge.gaps set checked_version = ${version}, updated_at = ${now},
      status = ${covered ? sql`'covered'` : sql`status`}
    where id = ${id} and status in ('open', 'drafted')`.execute(db);
}

/** False when the group does not stand in one of the states `from` (any more). */
export async function moveGap(
  db: Db,
  id: string,
  move: { from: readonly GapStatus[]; to: GapStatus; dismissedBy?: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update knowledge.gaps set status = ${move.to}, dismissed_by = ${move.dismissedBy ?? null}, updated_at = ${move.now}
    where id = ${id} and status = any(${move.from as GapStatus[]}) returning id`.execute(db);
  return rows.length > 0;
}

const gapColumns = sql`g.id, g.label, g.language, g.category, g.questions, g.first_seen as "firstSeen",
  g.last_seen as "lastSeen", g.status, g.dismissed_by as "dismissedBy",
  coalesce((select jsonb_agg(e.text) from (select text from knowledge.gap_questions where gap_id = g.id
    order by at desc, id desc limit 3) e), '[]') as examples,
  (select a.id from knowledge.articles a where a.gap_id = g.id order by a.proposed_at desc, a.id desc limit 1) as "articleId"`;

export async function findGap(db: Db, id: string): Promise<Gap | null> {
  const { rows } = await sql<Gap>`select ${gapColumns} from knowledge.gaps g where g.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface GapPage {
  readonly status?: GapStatus | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Those that were asked last come first. */
export async function listGaps(
  db: Db,
  { status, limit, after }: GapPage,
): Promise<{ items: Gap[]; nextCursor: string | null }> {
  const { rows } = await sql<Gap>`
    select ${gapColumns} from knowledge.gaps g
    where ${status === undefined ? sql`true` : sql`g.status = ${status}`}
      and ${after === undefined ? sql`true` : sql`(g.last_seen, g.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by g.last_seen desc, g.id desc limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (gap) => ({ at: gap.lastSeen, id: gap.id }));
}

/** With what people resolved the tickets of a group, oldest first, and whose names must not go into an article. */
export interface GapSources {
  readonly questions: readonly string[];
  readonly replies: readonly { readonly ticketId: string; readonly text: string }[];
  readonly known: readonly string[];
}

export async function readSources(db: Db, gapId: string, limit: number): Promise<GapSources> {
  const questions = await readNewestQuestions(db, gapId, limit);
  const { rows } = await sql<{ ticketId: string; text: string; known: (string | null)[] }>`
    select t.id as "ticketId", m.text, array[c.name, c.email, m.actor, t.agent] as known
    from intake.tickets t
    cross join lateral (select text, actor from intake.messages where ticket_id = t.id and author = 'agent' and not private
      order by seq desc limit 1) m
    left join intake.customers c on c.id = t.customer_id
    where t.id in (select ticket_id from knowledge.gap_questions where gap_id = ${gapId})
      and t.status in ('resolved', 'closed') and t.handled_by = 'human'
    order by t.resolved_at desc, t.id limit ${limit}`.execute(db);
  return {
    questions: questions.map(({ text }) => text),
    replies: rows.toReversed().map(({ ticketId, text }) => ({ ticketId, text })),
    known: [...new Set(rows.flatMap(({ known }) => known.filter((value) => value !== null)))],
  };
}
