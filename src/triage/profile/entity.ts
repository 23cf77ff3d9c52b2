import type { EntityKind, Language } from '../../ticket/index.ts';

export interface Entity {
  readonly kind: EntityKind;
  /** As written; of a card or bank account the last four characters only, wherever it stands. */
  readonly text: string;
  /**
   * One spelling for what is the same: "1234.56 EUR", "2026-03-12" ("--03-12" without a year), "14:30",
   * "+493012345678". Relative dates and dates that could be two ("03/04/2026" in English) stay words.
   */
  readonly value: string;
  /** UTF-16 units in the text that was read. */
  readonly start: number;
  readonly end: number;
}

/** A place at which something may begin, with what is known of it. */
export interface Place {
  readonly text: string;
  readonly at: number;
  readonly language: Language;
  /** End of the run without white space that `at` stands in. */
  readonly chunkEnd: number;
  /** The letters from `at` on, folded (see `fold`), at most 40; empty where no letter begins. */
  readonly word: string;
  /** End of these letters, or of the digits that begin at `at`. */
  readonly wordEnd: number;
  /** Prefixes of the house's own error codes: "QH" of "QH-1042". */
  readonly errorPrefixes: ReadonlySet<string>;
  /** End of the last product named; a number right behind it is its version. */
  readonly productEnd: number;
}

export interface Found {
  readonly kind: EntityKind;
  readonly value: string;
  /** Where it begins, where that is behind a word that announces it. */
  readonly from?: number;
  readonly end: number;
}
export type Finder = (place: Place) => Found | null;

/** Whether a letter follows the digits that begin here, at once, behind a blank or a full stop: "12 March", "3rd". */
export function leadsToWord({ text, wordEnd }: Place): boolean {
  const code = text.charCodeAt(wordEnd);
  if (code === 46 && text.charCodeAt(wordEnd + 1) === 32) return isLetterCode(text.charCodeAt(wordEnd + 2));
  return isLetterCode(code === 32 || code === 0xa0 ? text.charCodeAt(wordEnd + 1) : code);
}

const isLetterCode = (code: number): boolean => (code | 32) >= 97 && ((code | 32) <= 122 || code >= 0xc0);

/** The first finder that finds something. */
export function firstOf(finders: readonly Finder[], place: Place): Found | null {
  for (const find of finders) {
    const found = find(place);
    if (found !== null) return found;
  }
  return null;
}
