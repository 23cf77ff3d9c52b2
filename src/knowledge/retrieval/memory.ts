import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../../platform/index.ts';
import { type Language, languages } from '../../ticket/index.ts';
import { readChunk } from '../documents/find-order.ts';
import { partsFromIndexText } from '../indexing/index-text.ts';
import { readChunksForIndex, readSnapshot } from '../stores/chunks.ts';
import { LanguageIndex } from './language-index.ts';

/** Chunks read and counted between two turns of the event loop. */
const batch = 25;

/**
 * The statistics of one version of the knowledge, by language. Renewed as a whole: readers keep the state they
 * began with. What changed is told by the ids of the chunks, so that a change of one document costs little.
 */
export interface MemoryState {
  readonly number: number;
  /** As it goes on answers: `<number>-<start of the hash>`. */
  readonly version: string;
  readonly indexes: Readonly<Record<Language, LanguageIndex>>;
}

export interface Memory {
  /** The state in memory, loaded on first use. */
  current(): Promise<MemoryState>;
  /** The state of version `atLeast` or newer. */
  renew(atLeast: number): Promise<MemoryState>;
}

export const versionName = (row: { number: number; hash: string } | null): string =>
  row ? `${row.number}-${row.hash.slice(0, 12)}` : '0-empty';

export function createMemory(db: Db): Memory {
  let state: MemoryState | null = null;
  let loading: Promise<MemoryState> | null = null;
  const load = (): Promise<MemoryState> => {
    loading ??= loadState(db, state)
      .then((next) => {
        state = next;
        return next;
      })
      .finally(() => {
        loading = null;
      });
    return loading;
  };
  return {
    current: async () => state ?? load(),
    async renew(atLeast) {
      let now = state ?? (await load());
      // A load that was under way may have begun before the change: one more brings it.
      for (let turn = 0; turn < 3 && now.number < atLeast; turn++) now = await load();
      return now;
    },
  };
}

/**
 * The batches are not of one snapshot with the ids. That does no harm: a chunk that went missing in between
 * means that the version has moved on, which the next search sees by the number it reads.
 */
async function loadState(db: Db, before: MemoryState | null): Promise<MemoryState> {
  const snapshot = await readSnapshot(db);
  const indexes = mapLanguages((language) => before?.indexes[language].copy() ?? new LanguageIndex(language));
  const wanted = new Set(snapshot.chunks.map((chunk) => chunk.id));
  for (const language of languages) {
    for (const id of [...indexes[language].chunkIds()]) if (!wanted.has(id)) indexes[language].remove(id);
  }
  const missing = snapshot.chunks.filter((chunk) => !indexes[chunk.language].chunk(chunk.id)).map((c) => c.id);
  for (let i = 0; i < missing.length; i += batch) {
    const rows = await readChunksForIndex(db, missing.slice(i, i + batch));
    for (const chunk of rows) {
      const read = chunk.warned ? { ...chunk, text: readChunk(chunk).text } : chunk;
      indexes[chunk.language].add(read, partsFromIndexText(chunk.compounds));
    }
    await nextTurn();
  }
  for (const language of languages) for (const _ of indexes[language].prepare()) await nextTurn();
  return { number: snapshot.version?.number ?? 0, version: versionName(snapshot.version), indexes };
}

function mapLanguages<T>(make: (language: Language) => T): Record<Language, T> {
  return { en: make('en'), de: make('de'), other: make('other') };
}
