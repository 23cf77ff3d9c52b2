/** A place of a text at which something may begin. */
export interface At {
  readonly text: string;
  readonly at: number;
}

/** Something with a shape of its own: one spelling for what is the same, and where it ends in the text. */
export interface Shape<K extends string = string> {
  readonly kind: K;
  readonly value: string;
  readonly end: number;
}

/** The match of a sticky pattern that begins at `at`. Every pattern here reads a bounded stretch. */
export function matchFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What stands before, for a look at the words that announce something. */
export const before = ({ text, at }: At, characters: number): string => text.slice(Math.max(0, at - characters), at);
