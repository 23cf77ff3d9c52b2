/** Whether something that does the same again and again still does. */
export interface Standstill {
  /** It was done once more. */
  moved(): void;
  /** To be called at even times. @throws when it has not moved for `most` calls in a row */
  check(): void;
}

/** Counts calls instead of comparing clocks: a process that stood still itself is not taken for one whose part hangs. */
export function createStandstill(most: number, words: string): Standstill {
  let moved = true;
  let still = 0;
  return {
    moved() {
      moved = true;
    },
    check() {
      still = moved ? 0 : still + 1;
      moved = false;
      if (still >= most) throw new Error(words);
    },
  };
}
