import { join } from 'node:path';
import { type Clock, type Db, type Listening, type Log, listenTo, type NewId, type Trx } from '../../platform/index.ts';
import { channels, countChunks, countVectors, forgetFailed, readIndexes } from '../stores/vectors.ts';
import { type BuildParts, beginAnew, bringUpToDate } from './build-index.ts';
import { createEmbedders, type EmbeddingSettings } from './embedders.ts';
import { followIndex } from './follow-index.ts';
import type { SemanticIndex } from './semantic-index.ts';
import { type Soon, soon } from './soon.ts';

export interface SemanticParts {
  readonly db: Db;
  readonly transaction: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  /** Of the same database, for a connection that listens. */
  readonly url: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly settings: EmbeddingSettings;
  /** Vectors and builtin models are kept in folders of their own below it. */
  readonly dataFolder: string;
  /** See vector-rows.ts; its own value unless said. */
  readonly exactUpTo?: number;
}

/** The semantic index of one process: it follows the one that answers, and builds, if it is let, the next. */
export interface Semantic {
  readonly index: SemanticIndex;
  /** This process takes its turn in computing vectors, from now on and whenever the knowledge changes. Never throws. */
  build(): Promise<void>;
  /** Builds the whole index anew, in the background, whichever process does it. */
  reindex(reason: string): Promise<void>;
  /** What a search has seen: a newer version of the knowledge than the one in memory is caught up with. */
  notice(knowledgeVersion: number): void;
  status(): Promise<SemanticStatus>;
  /** Resolves when nothing is being computed or read: for tests, and for commands that end. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface SemanticStatus {
  readonly provider: EmbeddingSettings['provider'] | 'none';
  /** The index that answers. */
  readonly active: IndexStatus | null;
  /** The one that will take its place. */
  readonly building: (IndexStatus & { readonly reason: string | null }) | null;
  readonly chunks: number;
  /** Whether this process has the active index in memory. */
  readonly ready: boolean;
  /** Why searches go by words alone, or why the vectors do not come; null when nothing is wrong. */
  readonly problem: string | null;
}

export interface IndexStatus {
  readonly provider: EmbeddingSettings['provider'];
  /** Null until it was opened or has learned. */
  readonly model: string | null;
  /** Chunks that have a vector. */
  readonly vectors: number;
}

/** Changes that come within so many milliseconds are looked at together. */
const pauseMs = 50;
/** Longest that a start waits for the index: a server that embeds may be away, and questions come. */
const startMs = 2_000;

/** Follows the active index from the start; `build` is called by who runs background work. */
export async function openSemantic(parts: SemanticParts): Promise<Semantic> {
  const { db, log, settings, dataFolder } = parts;
  const stop = new AbortController();
  const { signal } = stop;
  const embedders = createEmbedders(db, settings, { folder: join(dataFolder, 'models', 'embedding'), signal });
  const building: BuildParts = { ...parts, embedders };
  let buildFailure: string | null = null;
  let builds = false;

  const follower = followIndex({ ...parts, embedders, folder: join(dataFolder, 'vectors'), signal });
  const following = soon(() => follower.follow(), pauseMs);
  const turns = soon(async () => {
    try {
      await bringUpToDate(building, signal);
      buildFailure = null;
    } catch (error) {
      if (signal.aborted) return;
      buildFailure = error instanceof Error ? error.message : String(error);
      log.warn({ err: error }, 'vectors of the knowledge could not be computed; tried again later');
    }
  }, pauseMs);

  const heard = () => {
    following.ask();
    if (builds) turns.ask();
  };
  const listening = await listen(parts, heard);
  await Promise.race([following.settled(), new Promise((resolve) => setTimeout(resolve, startMs).unref())]);

  return {
    index: follower.index,
    async build() {
      if (!builds) await forgetFailed(db).catch((error) => log.warn({ err: error }, 'the indexes could not be read'));
      builds = true;
      turns.ask();
    },
    async reindex(reason) {
      await beginAnew(building, reason);
      if (builds) turns.ask();
    },
    notice(version) {
      if (version > follower.version()) following.ask();
    },
    async status() {
      const found = await readStatus(db);
      const problem = follower.failure() ?? buildFailure ?? found.problem;
      return { ...found, provider: settings.provider, ready: follower.ready(), problem };
    },
    settled: () => allSettled([turns, following]),
    async close() {
      stop.abort();
      await listening.close();
      await Promise.all([turns.close(), following.close()]);
      await follower.close();
      await embedders.close();
    },
  };
}

/** What one does may ask the other. */
async function allSettled(works: readonly Soon[]): Promise<void> {
  for (const work of [...works, ...works]) await work.settled();
}

function listen({ url, log }: SemanticParts, heard: (channel: string) => void): Promise<Listening> {
  const onError = (error: unknown) => log.warn({ err: error }, 'the connection that listens for changes broke');
  return listenTo(url, Object.values(channels), { heard, onError });
}

/** As the database tells it: alike in every process. */
export async function readStatus(db: Db): Promise<Omit<SemanticStatus, 'provider' | 'ready'>> {
  const { active, building, failed } = await readIndexes(db);
  const vectors = async (id: string) => (await countVectors(db, id)).vectors;
  return {
    chunks: await countChunks(db),
    active: active && { provider: active.provider, model: active.model, vectors: await vectors(active.id) },
    building: building && {
      provider: building.provider,
      model: building.model,
      vectors: await vectors(building.id),
      reason: building.reason,
    },
    problem: failed === null ? null : `the last index was given up: ${failed.reason ?? 'no reason is known'}`,
  };
}
