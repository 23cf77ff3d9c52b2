import { sql } from 'kysely';
import { type Db, prepared, type Trx } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';

export interface DocumentRow {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly language: Language;
  readonly category: string | null;
  readonly content_type: string;
  readonly content_hash: string;
  readonly problem: string | null;
  readonly warning: string | null;
  readonly chunks: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = sql`d.id, d.source, d.title, d.language, d.category, d.content_type, d.content_hash, d.problem,
  d.warning, (select count(*) from knowledge.chunks c where c.document_id = d.id) as chunks, d.created_at, d.updated_at`;

export async function listDocumentRows(db: Db, limit: number, before: string | null): Promise<DocumentRow[]> {
  const found = await sql<DocumentRow>`
    select ${columns} from knowledge.documents d
    where ${before}::text is null
      or (d.created_at, d.id) < (select b.created_at, b.id from knowledge.documents b where b.id::text = ${before})
    order by d.created_at desc, d.id desc limit ${limit}`.execute(db);
  return found.rows;
}

export async function findDocument(db: Db, by: { id: string } | { source: string }): Promise<DocumentRow | null> {
  const where = 'id' in by ? sql`d.id::text = ${by.id}` : sql`d.source = ${by.source}`;
  const found = await sql<DocumentRow>`select ${columns} from knowledge.documents d where ${where}`.execute(db);
  return found.rows[0] ?? null;
}

export async function readDocumentText(db: Db, id: string): Promise<string> {
  const found = await sql<{ text: string }>`select text from knowledge.documents where id = ${id}`.execute(db);
  return found.rows[0]?.text ?? '';
}

/** What is needed to see that a file of the folder changed. */
export interface FolderDocument {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly problem: string | null;
}

/** What lies in the folder by what was stored last, by source. */
export async function readFolderDocuments(db: Db): Promise<Map<string, FolderDocument>> {
  const found = await sql<FolderDocument & { source: string }>`
    select id, source, content_hash as hash, title, problem from knowledge.documents
    where source not like 'upload:%' and source not like 'article:%' order by source`.execute(db);
  return new Map(found.rows.map(({ source, ...document }) => [source, document]));
}

export interface DocumentToWrite {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly language: Language;
  readonly category: string | null;
  readonly contentType: string;
  readonly hash: string;
  readonly text: string;
  readonly problem: string | null;
  /** What its owner should look at although it is served. */
  readonly warning: string | null;
  readonly at: Date;
}

/** Writes a new document or a new content of a known one. */
export async function writeDocument(db: Db, d: DocumentToWrite): Promise<void> {
  await sql`
    insert into knowledge.documents
      (id, source, title, language, category, content_type, content_hash, text, problem, warning, created_at, updated_at)
    values (${d.id}, ${d.source}, ${d.title}, ${d.language}, ${d.category}, ${d.contentType}, ${d.hash}, ${d.text},
      ${d.problem}, ${d.warning}, ${d.at}, ${d.at})
    on conflict (id) do update set source = excluded.source, title = excluded.title, language = excluded.language,
      category = excluded.category, content_type = excluded.content_type, content_hash = excluded.content_hash,
      text = excluded.text, problem = excluded.problem, warning = excluded.warning,
      updated_at = excluded.updated_at`.execute(db);
}

export async function moveDocument(db: Db, id: string, source: string, at: Date): Promise<void> {
  await sql`update knowledge.documents set source = ${source}, updated_at = ${at} where id = ${id}`.execute(db);
}

/** Its chunks go with it. */
export async function deleteDocument(db: Db, id: string): Promise<void> {
  await sql`delete from knowledge.documents where id = ${id}`.execute(db);
}

/** Number of the lock that orders all changes of the knowledge among processes ("know" as a number). */
const changeLock = 0x6b6e6f77;

/** Waits until no other transaction changes the knowledge; held until the end of this one. */
export async function lockKnowledge(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${changeLock})`.execute(trx);
}

export interface VersionRow {
  readonly number: number;
  readonly hash: string;
  readonly documents: number;
  readonly chunks: number;
}

/** Adds the row of a changed knowledge: its hash is over source and content of every document. */
export async function appendVersion(db: Db, at: Date): Promise<VersionRow> {
  const found = await sql<VersionRow>`
    insert into knowledge.versions (hash, documents, chunks, created_at)
    select encode(sha256(convert_to(coalesce(string_agg(source || ' ' || content_hash, E'\n' order by source collate "C"), ''), 'UTF8')), 'hex'),
      count(*), (select count(*) from knowledge.chunks), ${at}
    from knowledge.documents
    returning number, hash, documents, chunks`.execute(db);
  return found.rows[0]!;
}

/** The present version; null before the first document. */
export async function readVersion(db: Db): Promise<VersionRow | null> {
  const found = await sql<VersionRow>`${prepared}
    select number, hash, documents, chunks from knowledge.versions order by number desc limit 1`.execute(db);
  return found.rows[0] ?? null;
}

export async function readProblems(db: Db): Promise<{ source: string; problem: string }[]> {
  const found = await sql<{ source: string; problem: string }>`
    select source, problem from knowledge.documents where problem is not null order by source`.execute(db);
  return found.rows;
}

export async function readWarnings(db: Db): Promise<{ source: string; warning: string }[]> {
  const found = await sql<{ source: string; warning: string }>`
    select source, warning from knowledge.documents where warning is not null order by source`.execute(db);
  return found.rows;
}

/** When a synchronisation ended last, in any process. */
export async function readLastSync(db: Db): Promise<Date | null> {
  const found = await sql<{ at: Date }>`
    select at from platform.ledger where subject_type = 'knowledge' and subject_id = 'folder'
      and action <> ${notSynchronised}
    order by id desc limit 1`.execute(db);
  return found.rows[0]?.at ?? null;
}

/** Noted when the folder as a whole could not be read; the next synchronisation that ends takes it back. */
export const notSynchronised = 'knowledge-not-synchronised';

/** Why the server's last look at the folder failed; null when it did not. */
export async function readFolderProblem(db: Db): Promise<string | null> {
  const found = await sql<{ problem: string | null }>`
    select case when action = ${notSynchronised} then data->>'problem' end as problem
    from platform.ledger where subject_type = 'knowledge' and subject_id = 'folder'
    order by id desc limit 1`.execute(db);
  return found.rows[0]?.problem ?? null;
}
