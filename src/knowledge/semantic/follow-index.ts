import type { Clock, Db, Log } from '../../platform/index.ts';
import { readVersion } from '../stores/documents.ts';
import { type EmbeddingIndexRow, readIndexes } from '../stores/vectors.ts';
import type { Embedders, EmbeddingSettings } from './embedders.ts';
import { createQuestionReader, type QuestionReader } from './read-question.ts';
import { Replica } from './replica.ts';
import { loadReplica, saveReplica } from './replica-files.ts';
import type { SemanticIndex } from './semantic-index.ts';

export interface FollowParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: EmbeddingSettings;
  readonly embedders: Embedders;
  /** Where the rows are kept for the next start. */
  readonly folder: string;
  readonly exactUpTo?: number;
  readonly signal: AbortSignal;
}

/** What answers in this process. States: nothing → loading → serving → (another index became active) loading → serving. */
export interface Follower {
  readonly index: SemanticIndex;
  /** Loads the active index, or what changed of it; the one in memory answers until then. Never throws. */
  follow(): Promise<void>;
  ready(): boolean;
  failure(): string | null;
  /** Version of the knowledge that was caught up with last. */
  version(): number;
  /** Saves what the next start need not read from the database. */
  close(): Promise<void>;
}

interface Serving {
  readonly replica: Replica;
  readonly reader: QuestionReader;
}

/** Rows that changed since the last saving, as a share of all, from which on they are saved again. */
const savedFrom = 0.1;

export function followIndex(parts: FollowParts): Follower {
  const { db, embedders, log, signal } = parts;
  let serving: Serving | null = null;
  let failure: string | null = null;
  let version = 0;
  let unsaved = 0;

  async function follow(): Promise<void> {
    try {
      // Read first: what comes after it is told of again.
      const number = (await readVersion(db))?.number ?? 0;
      const { active, building } = await readIndexes(db);
      if (active === null) serving = null;
      else {
        const next = serving?.replica.indexId === active.id ? serving : await open(parts, active);
        unsaved += await next.replica.catchUp(db);
        serving = next;
        await next.replica.growGraphs(signal);
      }
      version = number;
      failure = null;
      await embedders.tidy([active, building].flatMap((index) => (index === null ? [] : [index.id])));
      if (serving !== null && unsaved > savedFrom * serving.replica.size) await save();
    } catch (error) {
      if (signal.aborted) return;
      failure = error instanceof Error ? error.message : String(error);
      log.warn({ err: error }, 'the semantic index could not be followed; searches may go by words alone');
    }
  }

  async function save(): Promise<void> {
    if (serving === null || unsaved === 0) return;
    try {
      await saveReplica(parts.folder, serving.replica, version);
      unsaved = 0;
    } catch (error) {
      log.warn({ err: error }, 'the vectors could not be saved; the next start reads them from the database');
    }
  }

  return {
    index: asIndex(() => serving),
    follow,
    ready: () => serving !== null,
    failure: () => failure ?? serving?.reader.failure() ?? null,
    version: () => version,
    close: save,
  };
}

async function open(parts: FollowParts, index: EmbeddingIndexRow): Promise<Serving> {
  const { settings, embedders, folder, exactUpTo } = parts;
  const embedder = await embedders.forIndex(index);
  const { dimension } = embedder;
  const replica =
    (await loadReplica(folder, index.id, { dimension, exactUpTo })) ?? new Replica(index.id, dimension, exactUpTo);
  const patienceMs = settings.patienceMs[index.provider];
  return { replica, reader: createQuestionReader(embedder, { patienceMs, now: () => parts.clock.now().getTime() }) };
}

function asIndex(present: () => Serving | null): SemanticIndex {
  return {
    async nearest(text, { languages, category = null, limit, signal }) {
      const serving = present();
      const query = await serving?.reader.read(text, signal);
      if (serving === null || query === null || query === undefined) return null;
      const { replica } = serving;
      return { indexId: replica.indexId, hits: replica.nearest(query, { languages, category, limit }) };
    },
    async similarity(text, chunkIds, { signal } = {}) {
      const serving = present();
      const query = await serving?.reader.read(text, signal);
      if (serving === null || query === null || query === undefined) return null;
      const of = new Map<string, number>();
      for (const id of chunkIds) {
        const found = serving.replica.similarity(query, id);
        if (found !== undefined) of.set(id, found);
      }
      return { indexId: serving.replica.indexId, of };
    },
  };
}
