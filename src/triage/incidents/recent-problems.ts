import {
  comparePair,
  DuplicateWindow,
  type Fingerprint,
  type FoundDuplicate,
  sameProblem,
} from '../duplicates/index.ts';

/** A cluster that a ticket may belong to, by the ticket of it that is most like. */
export interface Candidate {
  readonly clusterId: string;
  readonly probability: number;
  /** Of the tickets of it that count as one incident with this one, where they are as alike as is asked for: the likeliest; else 0. */
  readonly countsAs: number;
}

interface Representative {
  readonly ticketId: string;
  readonly clusterId: string;
  readonly at: number;
  readonly fingerprint: Fingerprint;
}

/** What was found before the lock; what is added behind `until` is compared under it. */
export interface EarlierSearch {
  readonly found: readonly FoundDuplicate[];
  readonly until: number;
}

interface Kept extends Representative {
  /** Of its addition. */
  readonly number: number;
}

/** Additions that are compared one by one under the lock, 1 µs each; behind more, all is searched again. */
const mostLate = 256;
/** Looked at in one call of `forget`. */
const forgottenAtOnce = 200;

/** Best candidates looked at for one ticket. */
const mostCandidates = 20;
/** Tickets that are kept of a cluster: different words for the same problem, never the flood itself. */
const mostRepresentatives = 5;
/** From this on a further ticket says nothing new in other words. */
const sameWords = 0.995;
/** Below it similarity is told as 0: nothing is compared that far. */
export const leastProbability = 0.5;

/**
 * The tickets that others are compared with, in memory: of each cluster its first ticket and a few that say the same in
 * other words. A cluster never grows by steps: each of them is like its first ticket.
 */
export class RecentProblems {
  private readonly window = new DuplicateWindow();
  private readonly byTicket = new Map<string, Kept>();
  private readonly byCluster = new Map<string, Representative[]>();

  private additions = 0;
  /** The newest additions, each at its number modulo their count. */
  private readonly latest: Kept[] = [];

  get size(): number {
    return this.byTicket.size;
  }

  add(one: Representative): void {
    this.remove(one.ticketId);
    const kept = { ...one, number: ++this.additions };
    this.byTicket.set(one.ticketId, kept);
    this.latest[kept.number % mostLate] = kept;
    const others = this.byCluster.get(one.clusterId);
    if (others === undefined) this.byCluster.set(one.clusterId, [one]);
    else others.push(one);
    this.window.add(one.ticketId, one.at, one.fingerprint);
  }

  remove(ticketId: string): void {
    const one = this.byTicket.get(ticketId);
    if (one === undefined) return;
    this.byTicket.delete(ticketId);
    this.window.remove(ticketId);
    const others = (this.byCluster.get(one.clusterId) ?? []).filter((r) => r.ticketId !== ticketId);
    if (others.length === 0) this.byCluster.delete(one.clusterId);
    else this.byCluster.set(one.clusterId, others);
  }

  /** What is kept of one cluster belongs to another. */
  move(from: string, into: string): void {
    for (const one of this.byCluster.get(from) ?? []) this.add({ ...one, clusterId: into });
  }

  /** What is kept of a cluster. */
  keptOf(clusterId: string): Fingerprint[] {
    return (this.byCluster.get(clusterId) ?? []).map((one) => one.fingerprint);
  }

  /**
   * Forgets the oldest that nobody keeps, until all are `since` or later and at most `most` are left; looks at 200 a
   * call. What is kept goes to the end, so that it is not walked over again with every ticket.
   */
  forget({ since, most, keeps }: { since: number; most: number; keeps: (clusterId: string) => boolean }): void {
    let looks = Math.min(forgottenAtOnce, this.byTicket.size);
    for (const one of this.byTicket.values()) {
      if (looks-- === 0 || (one.at >= since && this.byTicket.size <= most)) return;
      if (!keeps(one.clusterId)) {
        this.remove(one.ticketId);
        continue;
      }
      this.byTicket.delete(one.ticketId);
      this.byTicket.set(one.ticketId, one);
    }
  }

  /** What is like a text now; to be handed to `find` when the lock is held. */
  search(fingerprint: Fingerprint): EarlierSearch {
    const found = this.window.find(fingerprint, { since: 0, threshold: leastProbability, limit: mostCandidates });
    return { found, until: this.additions };
  }

  /** One candidate a cluster, the likeliest first; with an earlier search only what came since is compared. */
  find(fingerprint: Fingerprint, earlier?: EarlierSearch): Candidate[] {
    const found = earlier === undefined ? this.search(fingerprint).found : this.complete(fingerprint, earlier);
    const best = new Map<string, { clusterId: string; probability: number; countsAs: number }>();
    for (const { key, probability, counts } of found) {
      const clusterId = this.byTicket.get(key)?.clusterId;
      if (clusterId === undefined) continue;
      const known = best.get(clusterId);
      const countsAs = counts ? probability : 0;
      if (known === undefined) best.set(clusterId, { clusterId, probability, countsAs });
      else if (known.countsAs < countsAs) known.countsAs = countsAs;
    }
    return [...best.values()];
  }

  private complete(fingerprint: Fingerprint, { found, until }: EarlierSearch): readonly FoundDuplicate[] {
    if (this.additions - until > mostLate) return this.search(fingerprint).found;
    // What was removed is passed over; what was removed and added again is among those that came since.
    const all = found.filter(({ key }) => (this.byTicket.get(key)?.number ?? until + 1) <= until);
    for (let number = until + 1; number <= this.additions; number++) {
      const late = this.latest[number % mostLate]!;
      if (this.byTicket.get(late.ticketId) !== late) continue;
      const compared = comparePair(fingerprint, late.fingerprint);
      if (compared.probability >= leastProbability) all.push({ key: late.ticketId, ...compared });
    }
    return all.sort((a, b) => b.probability - a.probability).slice(0, mostCandidates);
  }

  /** Whether a ticket of a cluster says the same as its first in words that nobody used yet. */
  isWorthKeeping(clusterId: string, fingerprint: Fingerprint, threshold: number): boolean {
    const kept = this.byCluster.get(clusterId) ?? [];
    const first = kept[0];
    if (first === undefined || kept.length >= mostRepresentatives) return false;
    if (sameProblem(first.fingerprint, fingerprint) < threshold) return false;
    return kept.every((r) => sameProblem(r.fingerprint, fingerprint) < sameWords);
  }

  /** The kept ticket that is most like the other kept ones of its cluster; null where none is kept. */
  centreOf(clusterId: string): string | null {
    const kept = this.byCluster.get(clusterId) ?? [];
    const likeness = (one: Representative) =>
      kept.reduce((sum, other) => sum + sameProblem(one.fingerprint, other.fingerprint), 0);
    const [first, ...others] = kept;
    if (first === undefined) return null;
    return others.reduce((best, one) => (likeness(one) > likeness(best) ? one : best), first).ticketId;
  }
}
