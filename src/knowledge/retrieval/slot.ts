/** One way to say a word of the question: all of `terms` together. */
export interface Wording {
  readonly terms: readonly number[];
  /** 1 for the word itself, less for others, in (0,1]. */
  readonly weight: number;
}

/** A content word of the question. */
export interface Slot {
  readonly word: string;
  readonly stem: string;
  readonly wordings: readonly Wording[];
  /** For a compound: its parts; a passage that holds them holds most of the word. */
  readonly parts: readonly Slot[];
  /** What finding it is worth: the rarity of the word, more when it is said several times. */
  readonly worth: number;
  /** Below 1 for words that say little; `worth` and score are counted so much. */
  readonly emphasis: number;
  /** False when the documents know neither the word nor another for it. */
  readonly known: boolean;
}
