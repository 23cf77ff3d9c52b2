import type { CsrMatrix } from '../ml/index.ts';
import type { TopicWord } from './topics-words.ts';

/** The stems that topics are made of. */
export interface TopicVocabulary {
  /** Ascending; the place of a stem is its column. */
  readonly stems: readonly string[];
  readonly idf: Float32Array;
}

/** At most so many stems, the most frequent: with twenty topics they take 160 kB. */
const mostStems = 1500;
/** A stem in fewer texts tells nothing about what goes with it. */
const fewestTexts = 4;
const fewestOfFew = 2;

export function collectVocabulary(texts: readonly (readonly TopicWord[])[]): TopicVocabulary {
  const frequency = new Map<string, number>();
  for (const words of texts) {
    for (const stem of new Set(words.map((word) => word.stem))) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  }
  const fewest = texts.length < 200 ? fewestOfFew : fewestTexts;
  const stems = [...frequency]
    .filter(([, count]) => count >= fewest)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostStems)
    .map(([stem]) => stem)
    .sort();
  const idf = Float32Array.from(stems, (stem) => Math.log((1 + texts.length) / (1 + frequency.get(stem)!)) + 1);
  return { stems, idf };
}

/** Sublinear TF-IDF of texts over a vocabulary, each row of length 1. */
export class TopicVectoriser {
  private readonly columns: ReadonlyMap<string, number>;
  private readonly idf: Float32Array;

  constructor({ stems, idf }: TopicVocabulary) {
    this.columns = new Map(stems.map((stem, column) => [stem, column]));
    this.idf = idf;
  }

  vectorise(words: readonly TopicWord[]): { indices: Int32Array; values: Float32Array; count: number } {
    const counts = new Map<number, number>();
    for (const { stem } of words) {
      const column = this.columns.get(stem);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const indices = Int32Array.from(counts.keys()).sort();
    const weights = Array.from(indices, (column) => (1 + Math.log(counts.get(column)!)) * this.idf[column]!);
    const length = Math.hypot(...weights);
    return { indices, values: Float32Array.from(weights, (weight) => weight / length), count: indices.length };
  }

  matrix(texts: readonly (readonly TopicWord[])[]): CsrMatrix {
    const rows = texts.map((words) => this.vectorise(words));
    const indptr = new Int32Array(rows.length + 1);
    rows.forEach(({ count }, r) => {
      indptr[r + 1] = indptr[r]! + count;
    });
    const indices = new Int32Array(indptr[rows.length]!);
    const values = new Float32Array(indices.length);
    rows.forEach((row, r) => {
      indices.set(row.indices, indptr[r]!);
      values.set(row.values, indptr[r]!);
    });
    return { rows: rows.length, columns: this.idf.length, indptr, indices, values };
  }
}
