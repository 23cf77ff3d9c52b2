import { HashTable } from './hash-table.ts';
import type { NgramList } from './scan-ngrams.ts';
import { inverseDocumentFrequency } from './tfidf.ts';

/** The fitted n-grams of one kind. Column i has hash `hashes[i]` (ascending), weight `idf[i]` and a name. */
export interface Vocabulary {
  readonly hashes: Int32Array;
  readonly idf: Float64Array;
  /** All names one after the other as UTF-16 units; name i is nameCodes[nameOffsets[i] … nameOffsets[i+1]). */
  readonly nameCodes: Uint16Array;
  readonly nameOffsets: Int32Array;
}

export interface VocabularyLimits {
  /** An n-gram in fewer documents is dropped. */
  readonly minDocuments: number;
  /** At most so many, the most frequent in the corpus first; equals are decided by hash. */
  readonly maxFeatures: number;
}

export function nameOf(vocabulary: Vocabulary, column: number): string {
  const { nameCodes, nameOffsets } = vocabulary;
  return String.fromCharCode(...nameCodes.subarray(nameOffsets[column], nameOffsets[column + 1]));
}

/** Where an n-gram was first seen, so that only those that are kept need a string. */
export interface FirstSeen {
  readonly document: number;
  readonly start: number;
  readonly length: number;
}

/** Counts n-grams over documents in one pass and remembers each document's counts. */
export class NgramCounter {
  private readonly table = new HashTable(1 << 16);
  private readonly hashOf: number[] = [];
  private readonly total: number[] = [];
  private readonly frequency: number[] = [];
  private readonly lastDocument: number[] = [];
  private readonly entryOf: number[] = [];
  private readonly firstDocument: number[] = [];
  private readonly firstStart: number[] = [];
  private readonly firstLength: number[] = [];
  /** Entries of all documents: n-gram number and count. */
  private readonly entryNgrams: number[] = [];
  private readonly entryCounts: number[] = [];
  private readonly documentEnds: number[] = [];

  addDocument(list: NgramList): void {
    const document = this.documentEnds.length;
    for (let i = 0; i < list.count; i++) {
      const id = this.table.findOrAdd(list.hashes[i]!);
      if (id === this.hashOf.length) this.addNgram(list, i, document);
      this.total[id]!++;
      if (this.lastDocument[id] === document) {
        this.entryCounts[this.entryOf[id]!]!++;
        continue;
      }
      this.lastDocument[id] = document;
      this.frequency[id]!++;
      this.entryOf[id] = this.entryNgrams.length;
      this.entryNgrams.push(id);
      this.entryCounts.push(1);
    }
    this.documentEnds.push(this.entryNgrams.length);
  }

  private addNgram(list: NgramList, i: number, document: number): void {
    this.hashOf.push(list.hashes[i]!);
    this.total.push(0);
    this.frequency.push(0);
    this.lastDocument.push(-1);
    this.entryOf.push(0);
    this.firstDocument.push(document);
    this.firstStart.push(list.starts[i]!);
    this.firstLength.push(list.lengths[i]!);
  }

  /**
   * Keeps what the limits allow. Columns are in the order of their hashes, so the order of the documents
   * changes nothing. `name` is asked once for every n-gram kept, in the order of first appearance.
   */
  fit(limits: VocabularyLimits, name: (seen: FirstSeen) => string): FittedCounts {
    const kept = this.select(limits);
    const hashes = Int32Array.from(kept, (id) => this.hashOf[id]!);
    const frequency = Int32Array.from(kept, (id) => this.frequency[id]!);
    const columns = new Int32Array(this.hashOf.length).fill(-1);
    kept.forEach((id, column) => {
      columns[id] = column;
    });
    const names: string[] = new Array(kept.length).fill('');
    for (let id = 0; id < columns.length; id++) {
      const column = columns[id]!;
      if (column < 0) continue;
      const [document, start, length] = [this.firstDocument[id]!, this.firstStart[id]!, this.firstLength[id]!];
      names[column] = name({ document, start, length });
    }
    const idf = inverseDocumentFrequency(frequency, this.documentEnds.length);
    return {
      vocabulary: { hashes, idf, ...packNames(names) },
      columns,
      entryNgrams: this.entryNgrams,
      entryCounts: this.entryCounts,
      documentEnds: this.documentEnds,
    };
  }

  private select(limits: VocabularyLimits): number[] {
    const { total, hashOf } = this;
    let kept: number[] = [];
    for (let id = 0; id < total.length; id++) if (this.frequency[id]! >= limits.minDocuments) kept.push(id);
    if (kept.length > limits.maxFeatures) {
      kept.sort((a, b) => total[b]! - total[a]! || hashOf[a]! - hashOf[b]!);
      kept = kept.slice(0, limits.maxFeatures);
    }
    return kept.sort((a, b) => hashOf[a]! - hashOf[b]!);
  }
}

/** A vocabulary with the counts it came from, so that the training matrix needs no second scan. */
export interface FittedCounts {
  readonly vocabulary: Vocabulary;
  /** N-gram number of the counter → column, or -1 for one that was dropped. */
  readonly columns: Int32Array;
  readonly entryNgrams: readonly number[];
  readonly entryCounts: readonly number[];
  readonly documentEnds: readonly number[];
}

function packNames(names: readonly string[]): Pick<Vocabulary, 'nameCodes' | 'nameOffsets'> {
  const nameOffsets = new Int32Array(names.length + 1);
  names.forEach((name, i) => {
    nameOffsets[i + 1] = nameOffsets[i]! + name.length;
  });
  const nameCodes = new Uint16Array(nameOffsets[names.length]!);
  names.forEach((name, i) => {
    for (let j = 0; j < name.length; j++) nameCodes[nameOffsets[i]! + j] = name.charCodeAt(j);
  });
  return { nameCodes, nameOffsets };
}
