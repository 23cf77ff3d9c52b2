import type { ComparedText } from './compared-text.ts';
import { quickOdds } from './quick-odds.ts';

/** One ticket of the window. */
export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly text: ComparedText;
  /** Its number in the index of vectors; -1 without a vector. */
  slot: number;
}

interface List {
  /** Numbers of entries, the newest last; those behind `length` are room to grow. */
  numbers: Int32Array;
  length: number;
  dead: number;
}

/** Entries looked at in one search, all lists together: some 2 ns each while they lie in the cache. */
const stepLimit = 8_000;
/** Of one list: a word of every ticket of a flood tells nothing more after so many. */
const listLimit = 2_000;

/**
 * Which entries hold which term. Entries are numbers in flat arrays, so that a walk over thousands of them allocates
 * nothing. Removed entries stay in a list until they are half of it, and their number is given again when no list has it.
 */
export class Postings {
  readonly #lists = new Map<number, List>();
  readonly #entries: (Entry | null)[] = [];
  readonly #free: number[] = [];
  readonly #numberOf = new Map<Entry, number>();
  /** Lists that hold a number. */
  #holders = new Int32Array(1024);
  /** Sum of the weights of an entry's terms. */
  #total = new Float32Array(1024);
  /** Whether an entry says what is wrong. */
  #reports = new Uint8Array(1024);
  /** What an entry has in common with the text that is searched for; 0 between searches. */
  #shared = new Float32Array(1024);
  /** Whether the same happened to the same thing in both; 0 between searches. */
  #sameFrame = new Uint8Array(1024);
  readonly #met = new Int32Array(stepLimit);

  add(entry: Entry): void {
    const number = this.#free.pop() ?? this.#entries.length;
    if (number >= this.#total.length) this.#grow();
    this.#entries[number] = entry;
    this.#numberOf.set(entry, number);
    const { meaning, frames, symptoms } = entry.text;
    this.#total[number] = meaning.total;
    this.#reports[number] = symptoms.length > 0 ? 1 : 0;
    for (const hash of meaning.hashes) this.#append(hash, number);
    for (const hash of frames) this.#append(hash, number);
    this.#holders[number] = meaning.hashes.length + frames.length;
  }

  /** O(terms), now and then the length of a list. */
  remove(entry: Entry): void {
    const number = this.#numberOf.get(entry);
    if (number === undefined) return;
    this.#numberOf.delete(entry);
    this.#entries[number] = null;
    const { meaning, frames } = entry.text;
    for (const hash of meaning.hashes) this.#bury(hash);
    for (const hash of frames) this.#bury(hash);
    if (meaning.hashes.length + frames.length === 0) this.#free.push(number);
  }

  /**
   * The `limit` entries since `since` that are likeliest by `quickOdds`, best first: the lists of the text's terms are
   * walked from the shortest on, each from its newest entry, 2,000 of a list and 8,000 in all.
   */
  candidates(text: ComparedText, { since, limit }: { readonly since: number; readonly limit: number }): Entry[] {
    const met = this.#walk(text);
    const best: Entry[] = [];
    const odds = new Float32Array(limit);
    const own = text.meaning.total;
    const reports = text.symptoms.length > 0;
    for (let m = 0; m < met; m++) {
      const number = this.#met[m]!;
      const quick = quickOdds({
        kind: reports && this.#reports[number] === 1 ? 'reports' : 'requests',
        shared: this.#shared[number]!,
        own,
        other: this.#total[number]!,
        sameFrame: this.#sameFrame[number] === 1,
      });
      this.#shared[number] = 0;
      this.#sameFrame[number] = 0;
      if (best.length === limit && quick <= odds[limit - 1]!) continue;
      const entry = this.#entries[number];
      if (entry == null || entry.at < since) continue;
      let place = best.length < limit ? best.length : limit - 1;
      for (; place > 0 && odds[place - 1]! < quick; place--) {
        odds[place] = odds[place - 1]!;
        best[place] = best[place - 1]!;
      }
      odds[place] = quick;
      best[place] = entry;
    }
    return best;
  }

  /** Adds up what entries share with the text. @returns how many of `#met` are filled */
  #walk({ meaning, frames }: ComparedText): number {
    const lists: { readonly list: List; readonly weight: number }[] = [];
    for (let i = 0; i < meaning.hashes.length; i++) {
      const list = this.#lists.get(meaning.hashes[i]!);
      if (list !== undefined) lists.push({ list, weight: meaning.weights[i]! });
    }
    lists.sort((a, b) => a.list.length - b.list.length);
    const [shared, all] = [this.#shared, this.#met];
    let [met, steps] = [0, stepLimit];
    for (const { list, weight } of lists) {
      const { numbers, length } = list;
      const last = Math.max(0, length - Math.min(listLimit, steps));
      steps -= length - last;
      for (let i = length - 1; i >= last; i--) {
        const number = numbers[i]!;
        if (shared[number] === 0) all[met++] = number;
        shared[number]! += weight;
      }
    }
    for (const hash of frames) this.#markFrame(hash);
    return met;
  }

  /** Whoever has the frame has its words or others of their families; only who was met is marked. */
  #markFrame(hash: number): void {
    const list = this.#lists.get(hash);
    if (list === undefined) return;
    const last = Math.max(0, list.length - listLimit);
    for (let i = list.length - 1; i >= last; i--) {
      const number = list.numbers[i]!;
      if (this.#shared[number]! > 0) this.#sameFrame[number] = 1;
    }
  }

  #append(hash: number, number: number): void {
    const list = this.#lists.get(hash);
    if (list === undefined) {
      this.#lists.set(hash, { numbers: Int32Array.of(number), length: 1, dead: 0 });
      return;
    }
    if (list.length === list.numbers.length) {
      const longer = new Int32Array(Math.max(4, list.length * 2));
      longer.set(list.numbers);
      list.numbers = longer;
    }
    list.numbers[list.length++] = number;
  }

  /** One more entry of a list is dead. */
  #bury(hash: number): void {
    const list = this.#lists.get(hash)!;
    list.dead++;
    if (list.dead * 2 < list.length) return;
    let kept = 0;
    for (let i = 0; i < list.length; i++) {
      const number = list.numbers[i]!;
      if (this.#entries[number] !== null) list.numbers[kept++] = number;
      else if (--this.#holders[number]! === 0) this.#free.push(number);
    }
    list.length = kept;
    list.dead = 0;
    if (kept === 0) this.#lists.delete(hash);
    else if (kept * 4 < list.numbers.length) list.numbers = list.numbers.slice(0, kept * 2);
  }

  #grow(): void {
    const size = this.#total.length * 2;
    this.#holders = copied(this.#holders, new Int32Array(size));
    this.#total = copied(this.#total, new Float32Array(size));
    this.#reports = copied(this.#reports, new Uint8Array(size));
    this.#shared = copied(this.#shared, new Float32Array(size));
    this.#sameFrame = copied(this.#sameFrame, new Uint8Array(size));
  }
}

function copied<T extends Int32Array | Float32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
