/** What a chunk weighs in memory: 5 kB measured over 10,162 chunks of 108 words, all indexes counted in. The text stays in the database. */
export interface IndexedChunk {
  readonly id: string;
  readonly category: string | null;
  /** Distinct terms, ascending, with their weighted frequency (fields and parts counted in). */
  readonly terms: Int32Array;
  readonly frequencies: Float32Array;
  /** How often each stood as a word of its own. */
  readonly ownCounts: Uint16Array;
  /** Terms of the section's own heading, and of the headings above and the title. */
  readonly headingTerms: ReadonlySet<number>;
  readonly pathTerms: ReadonlySet<number>;
  /** Distinct terms of each sentence. */
  readonly sentences: readonly Int32Array[];
  /** Letter groups of each question noted for the section. */
  readonly asked: readonly Int32Array[];
  /** Content words of the text. */
  readonly length: number;
}
