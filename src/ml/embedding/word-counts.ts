import type { CsrMatrix } from '../sparse.ts';
import { stopWords } from '../text/stop-words.ts';
import { tokenise } from '../text/tokenise.ts';
import type { WordSequences } from './neighbour-matrix.ts';

/** A word longer than this is a key, a link or rubbish, and says nothing about other texts. */
const longestWord = 40;

/** The content words of a text, in order and as often as they stand there; pieces of hyphenated words beside them. */
export function contentWords(text: string): string[] {
  const words: string[] = [];
  const add = (word: string): void => {
    if (word.length < 2 || word.length > longestWord) return;
    if (stopWords.en.has(word) || stopWords.de.has(word)) return;
    words.push(folded(word));
  };
  for (const token of tokenise(text)) {
    add(token.text);
    for (const part of token.parts) add(part);
  }
  return words;
}

/** "Kündigung", "Kuendigung" and "Kundigung" are one word, whatever the language: "ue" is an umlaut except behind a, e, q. */
function folded(word: string): string {
  if (!/\P{ASCII}|[aou]e/u.test(word)) return word;
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  return plain.replace(/(?<![aeq])ue|ae|oe/g, (pair) => pair[0]!);
}

export interface WordCounts {
  /** Ascending, so that the order of the texts does not matter. */
  readonly words: readonly string[];
  /** Texts that hold the word. */
  readonly texts: Int32Array;
  /** Texts × words: (1 + ln tf) · idf, each row of length 1. */
  readonly matrix: CsrMatrix;
  readonly idf: Float64Array;
  /** The kept words of each text, in order. */
  readonly sequences: WordSequences;
}

/** Smoothed as everywhere else in ml: never 0. */
export const idfOf = (holding: number, texts: number): number => Math.log((1 + texts) / (1 + holding)) + 1;

/** Counts the words of texts; the `most` that stand in most texts are kept (ties by alphabet). O(words · log words). */
export function countWords(texts: readonly string[], most: number): WordCounts {
  const listed = texts.map(contentWords);
  const rows = listed.map(countList);
  const holding = new Map<string, number>();
  for (const row of rows) for (const word of row.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  const kept = [...holding]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word)
    .sort();
  const idf = Float64Array.from(kept, (word) => idfOf(holding.get(word)!, texts.length));
  const columns = new Map(kept.map((word, column) => [word, column]));
  return {
    words: kept,
    texts: Int32Array.from(kept, (word) => holding.get(word)!),
    matrix: matrixOf(rows, columns, idf),
    idf,
    sequences: sequencesOf(listed, columns),
  };
}

export const countsOf = (text: string): Map<string, number> => countList(contentWords(text));

function countList(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function sequencesOf(listed: readonly (readonly string[])[], columns: ReadonlyMap<string, number>): WordSequences {
  const ends = new Int32Array(listed.length);
  const words: number[] = [];
  listed.forEach((list, t) => {
    for (const word of list) {
      const column = columns.get(word);
      if (column !== undefined) words.push(column);
    }
    ends[t] = words.length;
  });
  return { words: Int32Array.from(words), ends };
}

function matrixOf(
  rows: readonly ReadonlyMap<string, number>[],
  columns: ReadonlyMap<string, number>,
  idf: Float64Array,
): CsrMatrix {
  const indptr = new Int32Array(rows.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  rows.forEach((row, r) => {
    const entries = [...row]
      .flatMap(([word, count]) => {
        const column = columns.get(word);
        return column === undefined ? [] : [{ column, value: (1 + Math.log(count)) * idf[column]! }];
      })
      .sort((a, b) => a.column - b.column);
    const length = Math.sqrt(entries.reduce((sum, { value }) => sum + value * value, 0));
    for (const { column, value } of entries) {
      indices.push(column);
      values.push(value / length);
    }
    indptr[r + 1] = indices.length;
  });
  return {
    rows: rows.length,
    columns: columns.size,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}
