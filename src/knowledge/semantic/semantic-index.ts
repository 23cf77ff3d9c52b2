import type { Language } from '../../ticket/index.ts';

/**
 * Search by meaning over the chunks of the knowledge, as retrieval sees it. Every answer names the index that it
 * comes from: numbers of two indexes must not be mixed. Nothing here throws, and nothing here is late: without an
 * index, without an embedder, or past the time limit the answer is null, and the search goes on by words alone.
 */
export interface SemanticIndex {
  /**
   * The chunks nearest to `text`, most similar first; exact ties by chunk id. Chunks that have no vector yet are
   * missing here and still found by their words. Chunks that were deleted a moment ago may still be among them.
   */
  nearest(text: string, wish: NearestWish): Promise<NearestChunks | null>;
  /**
   * How similar `text` is to each of these chunks, by the vectors in memory; a chunk without a vector is left out.
   * After `nearest` for the same text it costs no second embedding.
   */
  similarity(text: string, chunkIds: readonly string[], wish?: SimilarityWish): Promise<ChunkSimilarities | null>;
}

export interface SimilarityWish {
  readonly signal?: AbortSignal | undefined;
}

export interface NearestWish extends SimilarityWish {
  /** Only chunks of these languages. */
  readonly languages: readonly Language[];
  /** Only chunks of documents of this category; null or left out: all. */
  readonly category?: string | null;
  /** At most this many, 1 to 500. */
  readonly limit: number;
}

export interface NearestChunks {
  readonly indexId: string;
  readonly hits: readonly SimilarChunk[];
}

export interface SimilarChunk {
  readonly chunkId: string;
  /** Cosine, −1 to 1. What counts as similar differs from model to model. */
  readonly similarity: number;
}

export interface ChunkSimilarities {
  readonly indexId: string;
  /** Cosine by chunk id. */
  readonly of: ReadonlyMap<string, number>;
}
