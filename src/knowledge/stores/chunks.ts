import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';

/** The text search configuration of a language. */
const configurations = { en: 'english', de: 'german', other: 'simple' } as const;

/** The number of the knowledge's version: what the memory of a process is checked against before every search. */
export async function readNumber(db: Db): Promise<number> {
  const found = await sql<{ number: number }>`
    select coalesce(max(number), 0) as number from knowledge.versions`.execute(db);
  return found.rows[0]!.number;
}

export interface PassageRow {
  readonly id: string;
  readonly document_id: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly position: number;
  readonly page: number | null;
  readonly language: Language;
  readonly category: string | null;
}

/** The chunks with their document's title, in no order; one that is gone by now is missing. */
export async function readPassages(db: Db, ids: readonly string[]): Promise<PassageRow[]> {
  const found = await sql<PassageRow>`
    select c.id, c.document_id, d.title, c.heading, c.text, c.position, c.page, c.language, c.category
    from knowledge.chunks c join knowledge.documents d on d.id = c.document_id
    where c.id = any(${ids as string[]}::uuid[])`.execute(db);
  return found.rows;
}

export interface ChunkIdentity {
  readonly id: string;
  readonly language: Language;
}

export interface KnowledgeSnapshot {
  readonly version: { readonly number: number; readonly hash: string } | null;
  readonly chunks: readonly ChunkIdentity[];
}

/** The version and the ids of its chunks, from one snapshot: what the memory is compared with. */
export async function readSnapshot(db: Db): Promise<KnowledgeSnapshot> {
  const found = await sql<{ number: number | null; hash: string; ids: string[]; languages: Language[] }>`
    select v.number, v.hash, c.ids, c.languages
    from (select coalesce(array_agg(id::text), '{}') as ids, coalesce(array_agg(language), '{}') as languages
      from knowledge.chunks) c
    left join (select number, hash from knowledge.versions order by number desc limit 1) v on true`.execute(db);
  const { number, hash, ids, languages } = found.rows[0]!;
  return {
    version: number === null ? null : { number, hash },
    chunks: ids.map((id, i) => ({ id, language: languages[i]! })),
  };
}

export interface ChunkForIndex {
  readonly id: string;
  readonly language: Language;
  readonly heading: string;
  readonly text: string;
  readonly category: string | null;
  readonly asked: readonly string[];
  /** Third line of the index text. */
  readonly compounds: string;
  /** Its document holds an order to the machine, perhaps this very chunk. */
  readonly warned: boolean;
}

export async function readChunksForIndex(db: Db, ids: readonly string[]): Promise<ChunkForIndex[]> {
  const found = await sql<ChunkForIndex>`
    select c.id, c.language, c.heading, c.text, c.category, c.asked, split_part(c.search_text, E'\n', 3) as compounds,
      d.warning is not null as warned
    from knowledge.chunks c join knowledge.documents d on d.id = c.document_id
    where c.id = any(${ids as string[]}::uuid[]) order by c.id`.execute(db);
  return found.rows;
}

export interface NewChunk {
  readonly id: string;
  readonly position: number;
  readonly page: number | null;
  readonly heading: string;
  readonly text: string;
  readonly asked: readonly string[];
  readonly searchText: string;
}

/** Chunks in one statement: writing a book of them as one text would hold up everything else for 50 ms. */
const chunksAtOnce = 50;

/** Puts a document's chunks in the place of those it had. */
export async function replaceChunks(
  db: Db,
  document: { readonly id: string; readonly language: Language; readonly category: string | null },
  chunks: readonly NewChunk[],
): Promise<void> {
  await sql`delete from knowledge.chunks where document_id = ${document.id}`.execute(db);
  const config = configurations[document.language];
  for (let at = 0; at < chunks.length; at += chunksAtOnce) {
    const some = JSON.stringify(chunks.slice(at, at + chunksAtOnce));
    await sql`
      insert into knowledge.chunks (id, document_id, position, page, heading, text, asked, language, category, search_text, terms)
      select id, ${document.id}::uuid, position, page, heading, text, asked, ${document.language}, ${document.category}::text,
        "searchText", to_tsvector(${sql.lit(config)}::regconfig, "searchText")
      from jsonb_to_recordset(${some}::jsonb)
        as r(id uuid, position integer, page integer, heading text, text text, asked text[], "searchText" text)`.execute(
      db,
    );
  }
}

export interface GermanChunk {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
  readonly asked: readonly string[];
  readonly search_text: string;
}

/** The German chunks that hold one of the words. */
export async function readGermanChunks(db: Db, words: readonly string[]): Promise<GermanChunk[]> {
  const found = await sql<GermanChunk>`
    select id, heading, text, asked, search_text from knowledge.chunks
    where language = 'de' and terms @@ to_tsquery('german', ${words.map((word) => `'${word}'`).join(' | ')})
    order by id`.execute(db);
  return found.rows;
}

/**
 * Gives chunks another index text, where the vocabulary splits compounds that it did not know before. They get
 * new ids, as memories are compared by id.
 */
export async function rewriteIndexTexts(
  db: Db,
  language: Language,
  texts: readonly { readonly id: string; readonly newId: string; readonly searchText: string }[],
): Promise<void> {
  if (texts.length === 0) return;
  await sql`
    update knowledge.chunks c
    set id = r."newId", search_text = r."searchText", terms = to_tsvector(${sql.lit(configurations[language])}::regconfig, r."searchText")
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r(id uuid, "newId" uuid, "searchText" text)
    where c.id = r.id`.execute(db);
}
