import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../../platform/index.ts';
import { type Language, languages } from '../../ticket/index.ts';
import { listVectors, readVectors } from '../stores/vectors.ts';
import type { SimilarChunk } from './semantic-index.ts';
import { vectorOf } from './vector-bytes.ts';
import { VectorRows } from './vector-rows.ts';

/** Ids, and rows with their vectors, that are read at once. */
const idsAtOnce = 5_000;
const rowsAtOnce = 250;

/** The vectors of one index as this process holds them. The rows of the database are the truth; this follows them. */
export class Replica {
  readonly indexId: string;
  readonly dimension: number;
  readonly rows: Readonly<Record<Language, VectorRows>>;

  constructor(indexId: string, dimension: number, exactUpTo?: number) {
    this.indexId = indexId;
    this.dimension = dimension;
    const make = () => new VectorRows(dimension, exactUpTo);
    this.rows = { en: make(), de: make(), other: make() };
  }

  get size(): number {
    return languages.reduce((sum, language) => sum + this.rows[language].size, 0);
  }

  has(id: string): boolean {
    return languages.some((language) => this.rows[language].has(id));
  }

  nearest(
    query: Float32Array,
    wish: { readonly languages: readonly Language[]; readonly category: string | null; readonly limit: number },
  ): SimilarChunk[] {
    const each = wish.languages.map((language) => this.rows[language].nearest(query, wish.limit, wish.category));
    if (each.length === 1) return each[0]!;
    return each
      .flat()
      .sort((a, b) => b.similarity - a.similarity || (a.chunkId < b.chunkId ? -1 : 1))
      .slice(0, wish.limit);
  }

  similarity(query: Float32Array, id: string): number | undefined {
    for (const language of languages) {
      const found = this.rows[language].similarity(query, id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Makes the rows equal to those of the database: compared by id, because the text of a chunk never changes. Searches
   * go on meanwhile. What is written between two pages is told of by NOTIFY, and found by the next run.
   * @returns how many rows came or went
   */
  async catchUp(db: Db): Promise<number> {
    const stored = new Set<string>();
    for (let after: string | null = null; ; ) {
      const page: string[] = await listVectors(db, this.indexId, after, idsAtOnce);
      for (const id of page) stored.add(id);
      if (page.length < idsAtOnce) break;
      after = page.at(-1)!;
    }
    let changed = 0;
    for (const language of languages) {
      for (const id of [...this.rows[language].ids]) {
        if (stored.has(id)) continue;
        this.rows[language].remove(id);
        changed++;
      }
    }
    const missing = [...stored].filter((id) => !this.has(id));
    for (let i = 0; i < missing.length; i += rowsAtOnce) {
      for (const row of await readVectors(db, this.indexId, missing.slice(i, i + rowsAtOnce)))
        this.rows[row.language].add(row.chunkId, row.category, vectorOf(row.vector));
      await nextTurn();
    }
    return changed + missing.length;
  }

  /** Brings the graphs up to the rows, a few at a time; stops between two when `signal` is aborted. */
  async growGraphs(signal: AbortSignal): Promise<void> {
    for (const language of languages) {
      while (!signal.aborted && !this.rows[language].growGraph()) await nextTurn();
    }
  }
}
