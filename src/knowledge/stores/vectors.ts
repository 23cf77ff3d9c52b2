import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import { lockKnowledge } from './documents.ts';

export type EmbeddingProviderName = 'builtin' | 'onnx' | 'openai';

export interface EmbeddingIndexRow {
  readonly id: string;
  readonly provider: EmbeddingProviderName;
  /** The embedder's id; null until it is known. */
  readonly model: string | null;
  readonly dimension: number | null;
  readonly state: 'building' | 'active' | 'retired' | 'failed';
  readonly reason: string | null;
  readonly learned_chunks: number;
  /** Whether what the builtin model learned is stored. */
  readonly has_learned: boolean;
  readonly created_at: Date;
  readonly activated_at: Date | null;
}

const columns = sql`id, provider, model, dimension, state, reason, learned_chunks, learned is not null as has_learned,
  created_at, activated_at`;

export interface PresentIndexes {
  readonly active: EmbeddingIndexRow | null;
  readonly building: EmbeddingIndexRow | null;
  /** The last that was given up, when nothing came after it. */
  readonly failed: EmbeddingIndexRow | null;
}

export async function readIndexes(db: Db): Promise<PresentIndexes> {
  const { rows } = await sql<EmbeddingIndexRow>`
    select ${columns} from knowledge.embedding_indexes i
    where state in ('active', 'building') or (state = 'failed' and not exists (
      select 1 from knowledge.embedding_indexes later where later.created_at > i.created_at))
    order by created_at`.execute(db);
  const inState = (state: EmbeddingIndexRow['state']) => rows.findLast((row) => row.state === state) ?? null;
  return { active: inState('active'), building: inState('building'), failed: inState('failed') };
}

/** Bytes read at once: 40 MB in one piece would hold the event loop for a good while. */
const pieceBytes = 1_000_000;

/** What the builtin model learned, piece by piece; nothing when there is none. */
export async function* readLearned(db: Db, id: string): AsyncGenerator<Uint8Array> {
  for (let from = 1; ; from += pieceBytes) {
    const { rows } = await sql<{ piece: Uint8Array | null }>`
      select substring(learned from ${from}::int for ${pieceBytes}::int) as piece
      from knowledge.embedding_indexes where id = ${id}`.execute(db);
    const piece = rows[0]?.piece ?? null;
    if (piece === null || piece.length === 0) return;
    yield piece;
  }
}

/** A new index in the state building; another one that is being built is dropped, its vectors with it. */
export async function beginIndex(
  trx: Trx,
  index: Pick<EmbeddingIndexRow, 'id' | 'provider' | 'reason'> & { readonly at: Date },
): Promise<void> {
  await dropBuilding(trx);
  await sql`
    insert into knowledge.embedding_indexes (id, provider, state, reason, created_at)
    values (${index.id}, ${index.provider}, 'building', ${index.reason}, ${index.at})`.execute(trx);
  await tellVectors(trx);
}

export async function dropBuilding(db: Db): Promise<void> {
  await sql`delete from knowledge.embedding_indexes where state = 'building'`.execute(db);
}

export async function setModel(
  db: Db,
  id: string,
  { model, dimension }: { readonly model: string; readonly dimension: number },
): Promise<void> {
  await sql`update knowledge.embedding_indexes set model = ${model}, dimension = ${dimension} where id = ${id}`.execute(
    db,
  );
}

/** Stores what the builtin model learned, and marks the chunks that it learned from and that still are there. */
export async function storeLearned(
  trx: Trx,
  id: string,
  given: { readonly model: string; readonly dimension: number; learned: Uint8Array; chunkIds: readonly string[] },
): Promise<void> {
  await sql`
    update knowledge.embedding_indexes set model = ${given.model}, dimension = ${given.dimension},
      learned = ${Buffer.from(given.learned)}, learned_chunks = ${given.chunkIds.length} where id = ${id}`.execute(trx);
  await sql`
    insert into knowledge.vectors (index_id, chunk_id, learned)
    select ${id}, c.id, true from knowledge.chunks c
    where c.id = any(${given.chunkIds as string[]}::uuid[]) for key share
    on conflict do nothing`.execute(trx);
}

export async function setReason(
  db: Db,
  id: string,
  { reason, failed }: { readonly reason: string; readonly failed: boolean },
): Promise<void> {
  await sql`
    update knowledge.embedding_indexes set reason = ${reason}, state = ${failed ? 'failed' : 'building'}
    where id = ${id} and state = 'building'`.execute(db);
}

/** An index that was given up may be tried again: after a restart the reason may be gone. */
export async function forgetFailed(db: Db): Promise<void> {
  await sql`update knowledge.embedding_indexes set state = 'retired', learned = null where state = 'failed'`.execute(
    db,
  );
}

export interface ChunkToRead {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
  readonly asked: readonly string[];
}

/** Chunks of the knowledge behind `after` by id, for learning; null begins. */
export async function readChunkTexts(db: Db, after: string | null, limit: number): Promise<ChunkToRead[]> {
  const { rows } = await sql<ChunkToRead>`
    select id, heading, text, asked from knowledge.chunks
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${limit}`.execute(db);
  return rows;
}

/** Chunks without a vector in this index, behind `after` by id. */
export async function findMissing(
  db: Db,
  indexId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ChunkToRead[]> {
  const { rows } = await sql<ChunkToRead>`
    select c.id, c.heading, c.text, c.asked from knowledge.chunks c
    where (${after}::uuid is null or c.id > ${after}::uuid) and not exists (
      select 1 from knowledge.vectors v where v.index_id = ${indexId} and v.chunk_id = c.id and v.vector is not null)
    order by c.id limit ${limit}`.execute(db);
  return rows;
}

export interface VectorRow {
  readonly chunkId: string;
  readonly vector: Uint8Array;
}

/** Chunks that are gone by now, and indexes that were dropped, are passed over. A vector that is there stays. */
export async function writeVectors(db: Db, indexId: string, rows: readonly VectorRow[]): Promise<void> {
  const ids = rows.map((row) => row.chunkId);
  const vectors = rows.map((row) => Buffer.from(row.vector).toString('hex'));
  await sql`
    with there as (select c.id from knowledge.chunks c where c.id = any(${ids}::uuid[]) for key share),
      index as (select i.id from knowledge.embedding_indexes i where i.id = ${indexId} for key share)
    insert into knowledge.vectors (index_id, chunk_id, learned, vector)
    select index.id, there.id, false, decode(r.vector, 'hex')
    from unnest(${ids}::uuid[], ${vectors}::text[]) as r(id, vector) join there on there.id = r.id cross join index
    on conflict (index_id, chunk_id) do update set vector = excluded.vector where vectors.vector is null`.execute(db);
}

export interface IndexCounts {
  /** Chunks of the knowledge. */
  readonly chunks: number;
  /** Those of them that have a vector in this index. */
  readonly vectors: number;
  /** Those of them that the model learned from. */
  readonly learned: number;
}

export async function countVectors(db: Db, indexId: string): Promise<IndexCounts> {
  const { rows } = await sql<IndexCounts>`
    select (select count(*) from knowledge.chunks) as chunks, count(vector) as vectors,
      count(*) filter (where learned) as learned
    from knowledge.vectors where index_id = ${indexId}`.execute(db);
  return rows[0]!;
}

export async function countChunks(db: Db): Promise<number> {
  const { rows } = await sql<{ chunks: number }>`select count(*) as chunks from knowledge.chunks`.execute(db);
  return rows[0]!.chunks;
}

/** When the knowledge changed last; null before the first document. */
export async function readLastChange(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select created_at as at from knowledge.versions order by number desc limit 1`.execute(db);
  return rows[0]?.at ?? null;
}

/**
 * Puts a complete index in the place of the one that answers, in the caller's transaction. No chunk can come
 * meanwhile: changes of the knowledge wait. Returns false when a chunk has no vector yet, or the index was dropped.
 */
export async function activateIndex(trx: Trx, id: string, at: Date): Promise<boolean> {
  await lockKnowledge(trx);
  if ((await findMissing(trx, id, { after: null, limit: 1 })).length > 0) return false;
  await sql`update knowledge.embedding_indexes set state = 'retired', learned = null where state = 'active'`.execute(
    trx,
  );
  const { rows } = await sql<{ id: string }>`
    update knowledge.embedding_indexes set state = 'active', activated_at = ${at}
    where id = ${id} and state = 'building' returning id`.execute(trx);
  if (rows.length === 0) return false;
  await tellVectors(trx);
  return true;
}

/** Vectors of indexes that answer no longer, at most `limit` at once. Returns how many went. */
export async function deleteOldVectors(db: Db, limit: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with old as (
      select v.ctid from knowledge.vectors v join knowledge.embedding_indexes i on i.id = v.index_id
      where i.state in ('retired', 'failed') limit ${limit}),
    gone as (delete from knowledge.vectors where ctid = any(array(select ctid from old)) returning 1)
    select count(*) as gone from gone`.execute(db);
  return rows[0]!.gone;
}

export interface VectorPlace {
  readonly chunkId: string;
  readonly language: Language;
  readonly category: string | null;
}

/** A page of the chunks that have a vector in this index, by id. */
export async function listVectors(db: Db, indexId: string, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select chunk_id as id from knowledge.vectors
    where index_id = ${indexId} and vector is not null and (${after}::uuid is null or chunk_id > ${after}::uuid)
    order by chunk_id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

export async function readVectors(
  db: Db,
  indexId: string,
  chunkIds: readonly string[],
): Promise<(VectorPlace & VectorRow)[]> {
  const { rows } = await sql<VectorPlace & VectorRow>`
    select v.chunk_id as "chunkId", c.language, c.category, v.vector
    from knowledge.vectors v join knowledge.chunks c on c.id = v.chunk_id
    where v.index_id = ${indexId} and v.chunk_id = any(${chunkIds as string[]}::uuid[]) and v.vector is not null
    order by v.chunk_id`.execute(db);
  return rows;
}

/** Told to every process: a change of the knowledge (by a trigger), and a change of the vectors. */
export const channels = { knowledge: 'signalbox_knowledge', vectors: 'signalbox_vectors' } as const;

export async function tellVectors(db: Db): Promise<void> {
  await sql`select pg_notify(${channels.vectors}, '')`.execute(db);
}

/** Number of the lock that one process at a time holds while it computes vectors ("vect" as a number). */
const buildLock = 0x76656374;

/** Does `work` if no process of this database is at it; false if one is. A process that dies lets go of the lock. */
export async function whileBuilding(db: Db, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (own) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${buildLock}) as got`.execute(own);
    if (rows[0]?.got !== true) return false;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${buildLock})`.execute(own);
    }
    return true;
  });
}
