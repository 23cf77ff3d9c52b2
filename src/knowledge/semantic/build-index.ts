import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Db, Log, NewId, TextEmbedder, Trx } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import { readChunk } from '../documents/find-order.ts';
import {
  activateIndex,
  beginIndex,
  countChunks,
  countVectors,
  deleteOldVectors,
  dropBuilding,
  type EmbeddingIndexRow,
  findMissing,
  type PresentIndexes,
  readChunkTexts,
  readIndexes,
  readLastChange,
  setModel,
  setReason,
  storeLearned,
  tellVectors,
  whileBuilding,
  writeVectors,
} from '../stores/vectors.ts';
import { chunkText } from './chunk-text.ts';
import type { Embedders, EmbeddingSettings } from './embedders.ts';
import { type IndexPlan, planIndex, type WantedModel } from './plan-index.ts';
import { bytesOf } from './vector-bytes.ts';

/*
 * How an index comes about. One process at a time is at it (an advisory lock, which a killed process loses):
 *   begin     a row in the state `building`: by the plan, or by POST /knowledge/reindex
 *   learn     the builtin model learns from the chunks and the starter tickets
 *   fill      vectors of the chunks that have none, batch by batch: whatever is stored is never computed again
 *   activate  in one transaction, when no chunk is without
 *   delete    vectors of the index before go
 * Chunks that come meanwhile get their vectors in the active index, too, so that it answers in full until then.
 */
export interface BuildParts {
  readonly db: Db;
  readonly transaction: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly embedders: Embedders;
  readonly settings: EmbeddingSettings;
}

/** Chunks whose vectors are computed and stored at once. */
const fillAtOnce = 64;
const textsAtOnce = 1_000;
const deletedAtOnce = 2_000;
/** Batches of the new index between two looks at the active one. */
const looksEvery = 10;
const restMs = 500;
const restsAtMostMs = 15_000;

/**
 * Does what is to be done until nothing is left, or until another process does it. What stops an index from growing
 * stands in its row, too, and is thrown; the next call goes on where this one stopped.
 */
export async function bringUpToDate(parts: BuildParts, signal: AbortSignal): Promise<void> {
  // Who finds the lock taken goes; so who had it looks once more after letting go of it.
  for (let left = true; left && !signal.aborted; ) {
    const mine = await whileBuilding(parts.db, () => work(parts, signal));
    left = mine && (await isLeft(parts));
  }
}

async function isLeft({ db }: BuildParts): Promise<boolean> {
  const { active, building } = await readIndexes(db);
  if (building !== null) return true;
  return active !== null && (await findMissing(db, active.id, { after: null, limit: 1 })).length > 0;
}

async function work(parts: BuildParts, signal: AbortSignal): Promise<void> {
  // An active index of a model that cannot be opened any more must not keep the new one from coming.
  const stopped = await fillActive(parts, signal).catch((error: unknown) => error);
  await plan(parts);
  const { building } = await readIndexes(parts.db);
  if (building !== null) await build(parts, building, signal);
  else if (stopped !== undefined) throw stopped;
  await deleteOld(parts, signal);
}

async function plan(parts: BuildParts): Promise<void> {
  const { db, settings, embedders } = parts;
  const present = await readIndexes(db);
  if (present.active === null && (await countChunks(db)) === 0) return;
  const { provider } = settings;
  const model = provider === 'builtin' ? null : (await embedders.forProvider(provider)).id;
  const wanted: WantedModel = { provider, model };
  const counts = present.active === null ? null : await countVectors(db, present.active.id);
  const next = (await unreadable(parts, present)) ?? planIndex(present, wanted, counts);
  if (next.do === 'drop') await dropBuilding(db);
  if (next.do !== 'begin') return;
  await beginAnew(parts, next.reason);
}

/** What a builtin model of an older version of Signalbox learned, or what was damaged, is learned anew. */
async function unreadable(
  { embedders }: BuildParts,
  { active, building, failed }: PresentIndexes,
): Promise<IndexPlan | null> {
  if (active?.provider !== 'builtin' || building !== null || failed !== null) return null;
  try {
    await embedders.forIndex(active);
    return null;
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.code !== 'model-invalid') throw error;
    return { do: 'begin', reason: error.message };
  }
}

/** A new index of the model that the settings ask for. */
export async function beginAnew(
  {
    transaction,
    newId,
    clock,
    settings,
    log,
  }: Pick<BuildParts, 'transaction' | 'newId' | 'clock' | 'settings' | 'log'>,
  reason: string,
): Promise<void> {
  const { provider } = settings;
  await transaction((trx) => beginIndex(trx, { id: newId(), provider, reason, at: clock.now() }));
  log.info({ provider, reason }, 'a semantic index is being built');
}

async function fillActive(parts: BuildParts, signal: AbortSignal): Promise<void> {
  const { active } = await readIndexes(parts.db);
  if (active === null) return;
  if ((await findMissing(parts.db, active.id, { after: null, limit: 1 })).length === 0) return;
  const embedder = await parts.embedders.forIndex(active);
  await fill(parts, active, { embedder, signal });
  await tellVectors(parts.db);
}

async function build(parts: BuildParts, begun: EmbeddingIndexRow, signal: AbortSignal): Promise<void> {
  const { db, transaction, clock, log } = parts;
  try {
    const { index, embedder } = await readyToFill(parts, begun, signal);
    let batches = 0;
    const between = async () => {
      if (++batches % looksEvery === 0) await fillActive(parts, signal).catch(() => undefined);
    };
    for (let done = false; !done; ) {
      await fill(parts, index, { embedder, signal, between });
      signal.throwIfAborted();
      const present = await readIndexes(db);
      if (present.building?.id !== index.id) return;
      done = await transaction((trx) => activateIndex(trx, index.id, clock.now()));
    }
    log.info({ provider: index.provider, model: index.model }, 'a semantic index answers now');
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    // Vectors of another kind stay so; a server that is away comes back.
    const failed = error instanceof SignalboxError && ['model-invalid', 'training-data'].includes(error.code);
    await setReason(db, begun.id, { reason, failed });
    throw error;
  }
}

interface Filling {
  readonly embedder: TextEmbedder;
  readonly signal: AbortSignal;
  /** Called after each batch. */
  readonly between?: () => Promise<void>;
}

/** The index with a model that is known and open; the builtin one learns first. */
async function readyToFill(
  parts: BuildParts,
  index: EmbeddingIndexRow,
  signal: AbortSignal,
): Promise<{ index: EmbeddingIndexRow; embedder: TextEmbedder }> {
  const { db, embedders } = parts;
  if (index.provider === 'builtin') {
    const known = index.has_learned ? index : { ...index, ...(await learn(parts, index.id, signal)) };
    return { index: known, embedder: await embedders.forIndex(known) };
  }
  const embedder = await embedders.forProvider(index.provider);
  const model = { model: embedder.id, dimension: embedder.dimension };
  if (index.model === null) await setModel(db, index.id, model);
  return { index: { ...index, ...model }, embedder };
}

/**
 * From the chunks and the starter tickets. Not from customers' tickets: a model keeps words of what it learned from,
 * a name or an address among them, where no erasure would find it.
 */
async function learn(parts: BuildParts, indexId: string, signal: AbortSignal) {
  const { db, transaction, settings, embedders } = parts;
  await untilAtRest(parts, signal);
  const texts: string[] = [...settings.starterTexts()];
  const chunkIds: string[] = [];
  for (let after: string | null = null; ; after = chunkIds.at(-1)!) {
    const page = await readChunkTexts(db, after, textsAtOnce);
    for (const chunk of page) {
      texts.push(chunkText(chunk));
      chunkIds.push(chunk.id);
    }
    if (page.length < textsAtOnce) break;
  }
  const { id: model, dimension, file } = await embedders.learn(indexId, texts, signal);
  const learned = await readFile(file);
  await transaction((trx) => storeLearned(trx, indexId, { model, dimension, learned, chunkIds }));
  return { model, dimension };
}

/** Vectors for the chunks that have none in this index. */
/** Without orders to the machine: what they say must draw no question to the passage. */
const textOf = (chunk: Parameters<typeof chunkText>[0]): string => chunkText({ ...chunk, text: readChunk(chunk).text });

async function fill(
  { db }: BuildParts,
  { id, dimension, model }: EmbeddingIndexRow,
  { embedder, signal, between }: Filling,
): Promise<void> {
  if (embedder.dimension !== dimension || embedder.id !== model)
    throw new SignalboxError('model-invalid', `The model changed from ${model} to ${embedder.id} in the meantime.`);
  for (let after: string | null = null; !signal.aborted; ) {
    const chunks = await findMissing(db, id, { after, limit: fillAtOnce });
    if (chunks.length === 0) return;
    const rows = await embedder.embed(chunks.map(textOf), { signal });
    const vectors = chunks.map(({ id: chunkId }, i) => ({
      chunkId,
      vector: bytesOf(rows.subarray(i * embedder.dimension, (i + 1) * embedder.dimension)),
    }));
    await writeVectors(db, id, vectors);
    after = chunks.at(-1)!.id;
    await between?.();
  }
}

/** A folder that is just being read changes with every document: it is learned from when it has come to rest. */
async function untilAtRest({ db, clock }: BuildParts, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < restsAtMostMs && !signal.aborted; waited += restMs) {
    const changed = await readLastChange(db);
    if (changed === null || clock.now().getTime() - changed.getTime() >= restMs) return;
    await wait(restMs, undefined, { signal }).catch(() => undefined);
  }
}

async function deleteOld({ db }: BuildParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await deleteOldVectors(db, deletedAtOnce)) > 0);
}
