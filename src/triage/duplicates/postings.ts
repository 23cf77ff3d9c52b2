import type { ComparedText } from './compared-text.ts';

/** One ticket of the window. */
export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly text: ComparedText;
  /** Its number in the index of vectors; -1 without a vector. */
  slot: number;
  alive: boolean;
  /** Of the search that met it last, and what it has in common with that so far. */
  search: number;
  score: number;
}

interface List {
  entries: Entry[];
  dead: number;
}

/** Entries looked at in one search, all lists together. 4,000 take 0.1 ms. */
const stepLimit = 4_000;
/** Of one list: a word of every ticket of a flood tells nothing more after so many. */
const listLimit = 600;

/** Which entries hold which term, newest last. Removed entries stay in a list until they are half of it. */
export class Postings {
  readonly #lists = new Map<number, List>();
  #search = 0;

  add(entry: Entry): void {
    for (const hash of termsOf(entry.text)) {
      const list = this.#lists.get(hash);
      if (list === undefined) this.#lists.set(hash, { entries: [entry], dead: 0 });
      else list.entries.push(entry);
    }
  }

  /** The entry must be dead already. O(terms), now and then the length of a list. */
  remove(entry: Entry): void {
    for (const hash of termsOf(entry.text)) {
      const list = this.#lists.get(hash);
      if (list === undefined) continue;
      list.dead++;
      if (list.dead === list.entries.length) this.#lists.delete(hash);
      else if (list.dead > 16 && list.dead * 2 > list.entries.length) {
        list.entries = list.entries.filter(({ alive }) => alive);
        list.dead = 0;
      }
    }
  }

  /**
   * The `limit` entries since `since` that share most with the text, a rare term counting more: the lists of its terms
   * are walked from the shortest on, each from its newest entry, 600 of a list and 4,000 in all.
   */
  candidates(text: ComparedText, { since, limit }: { readonly since: number; readonly limit: number }): Entry[] {
    const search = ++this.#search;
    const lists = [...termsOf(text)].flatMap((hash) => this.#lists.get(hash) ?? []);
    lists.sort((a, b) => a.entries.length - b.entries.length);
    const met: Entry[] = [];
    let steps = stepLimit;
    for (const { entries } of lists) {
      if (steps <= 0) break;
      const weight = 1 / (1 + Math.log(entries.length));
      const last = Math.max(0, entries.length - Math.min(listLimit, steps));
      steps -= entries.length - last;
      for (let i = entries.length - 1; i >= last; i--) {
        const entry = entries[i]!;
        if (!entry.alive || entry.at < since) continue;
        if (entry.search !== search) {
          entry.search = search;
          entry.score = 0;
          met.push(entry);
        }
        entry.score += weight;
      }
    }
    return met.length <= limit ? met : met.sort((a, b) => b.score - a.score).slice(0, limit);
  }
}

/** Concepts, the words that stand in none, and what happened to what. */
function* termsOf({ meaning, frames }: ComparedText): Generator<number> {
  yield* meaning.hashes;
  yield* frames;
}
