import type { Fingerprint } from './fingerprint.ts';
import { sameProblem } from './same-problem.ts';

export interface FindOptions {
  /** Only entries of this time or later (the clock of `add`). */
  readonly since: number;
  /** Least probability. */
  readonly threshold: number;
  /** At most so many. */
  readonly limit: number;
}

export interface FoundDuplicate {
  readonly key: string;
  readonly probability: number;
}

interface Entry {
  readonly at: number;
  readonly fingerprint: Fingerprint;
}

/** The tickets of the last minutes, in memory, searched for those that report the same problem. */
export class DuplicateWindow {
  private readonly entries = new Map<string, Entry>();

  get size(): number {
    return this.entries.size;
  }

  /** An entry of the same key is replaced. `at` in any unit that grows with time. */
  add(key: string, at: number, fingerprint: Fingerprint): void {
    this.remove(key);
    this.entries.set(key, { at, fingerprint });
  }

  remove(key: string): void {
    this.entries.delete(key);
  }

  /** Forgets what came before this time. */
  expire(before: number): void {
    for (const [key, { at }] of this.entries) if (at < before) this.entries.delete(key);
  }

  /** Entries that report the same problem, the likeliest first, the earlier first where two are equally likely. */
  find(fingerprint: Fingerprint, { since, threshold, limit }: FindOptions): FoundDuplicate[] {
    const found: (FoundDuplicate & { readonly at: number })[] = [];
    for (const [key, entry] of this.entries) {
      if (entry.at < since) continue;
      const probability = sameProblem(fingerprint, entry.fingerprint);
      if (probability >= threshold) found.push({ key, probability, at: entry.at });
    }
    found.sort((a, b) => b.probability - a.probability || a.at - b.at);
    return found.slice(0, limit).map(({ key, probability }) => ({ key, probability }));
  }
}
