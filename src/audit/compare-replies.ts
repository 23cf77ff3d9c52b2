/** How far a person's reply is from the draft. */
export interface ReplyComparison {
  /** Letter by letter the same. */
  readonly unchanged: boolean;
  /** 1 − edits / words of the longer text, in [0,1]: words that must be inserted, removed or replaced. */
  readonly similarity: number;
  /** Numbers of the draft that the reply does not have: a date or a price that was wrong. */
  readonly lostNumbers: readonly string[];
}

/** Below it an edit says that the draft was wrong, not that it was worded badly: one word in ten. */
export const substantialBelow = 0.9;

/** Beyond so many comparisons of words (texts of 1,000 words, 4 ms) what both have in common is counted instead. */
const mostComparisons = 1_000_000;

/**
 * Levenshtein's distance over words (case and white space do not matter), as a share. O(words²) up to the bound above,
 * O(words) beyond it, where the order of the words no longer counts.
 */
export function compareReplies(draft: string, reply: string): ReplyComparison {
  const [before, after] = [wordsOf(draft), wordsOf(reply)];
  const numbers = new Set(after.filter(isNumber));
  return {
    unchanged: draft === reply,
    similarity: similarityOf(before, after),
    lostNumbers: [...new Set(before.filter((word) => isNumber(word) && !numbers.has(word)))],
  };
}

/** Whether the reply contradicts the draft: much was rewritten, or a number was taken out. */
export function contradicts({ similarity, lostNumbers }: ReplyComparison): boolean {
  return similarity < substantialBelow || lostNumbers.length > 0;
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{N}+(?:[.,:]\p{N}+)*|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
const isNumber = (word: string) => /^\p{N}/u.test(word);

function similarityOf(before: readonly string[], after: readonly string[]): number {
  const longer = Math.max(before.length, after.length);
  if (longer === 0) return 1;
  if (before.length * after.length > mostComparisons) return inCommon(before, after) / longer;
  return 1 - distance(before, after) / longer;
}

function inCommon(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of before) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of after) {
    const count = left.get(word) ?? 0;
    if (count > 0) common++;
    left.set(word, count - 1);
  }
  return common;
}

/** Wagner and Fischer (1974), two rows at a time. */
function distance(before: readonly string[], after: readonly string[]): number {
  let above = Uint32Array.from({ length: after.length + 1 }, (_, i) => i);
  let row = new Uint32Array(after.length + 1);
  for (let i = 1; i <= before.length; i++) {
    row[0] = i;
    for (let j = 1; j <= after.length; j++) {
      const replaced = above[j - 1]! + (before[i - 1] === after[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above[j]! + 1, row[j - 1]! + 1);
    }
    [above, row] = [row, above];
  }
  return above[after.length]!;
}
