import type { Log, NewId, Trx } from '../../platform/index.ts';
import { type DuplicateReader, decodeFingerprint, type Fingerprint } from '../duplicates/index.ts';
import { isAutomaticMail } from '../is-automatic-mail.ts';
import { isOnlyGreeting } from '../is-only-greeting.ts';
import { isOnlyThanks } from '../is-only-thanks.ts';
import { readClusters, readEarlierOfCustomers } from '../stores/clusters.ts';
import { lockDuplicates } from '../stores/lock.ts';
import { type MemoryChange, readMemory, readMemoryChanges } from '../stores/memory.ts';
import { type ReadTicket, TicketComparison } from './compare-tickets.ts';
import { incidentIdOf } from './incident-id.ts';
import { type EarlierSearch, RecentProblems } from './recent-problems.ts';
import type { Compared, IncidentSettings, TicketToCompare } from './types.ts';
import { alertAlone, writeComparison } from './write-comparison.ts';

export interface DetectionParts {
  readonly reader: DuplicateReader;
  readonly settings: IncidentSettings;
  readonly newId: NewId;
  readonly log: Log;
  /** Hears of each ticket what came of the comparison. */
  readonly onCompared?: (kind: 'new' | 'duplicate' | 'failed', count: number) => void;
}

export interface TextToRead {
  readonly subject: string;
  readonly body: string;
  readonly language: 'en' | 'de' | 'other';
  /** Files are history and take no part. */
  readonly channel: string;
}

export interface Detected {
  /** In the order of the tickets. */
  readonly compared: readonly Compared[];
  /** To be called when the transaction stands, and only then. */
  readonly committed: () => void;
}

/** Who reports the same as others: read texts before the transaction, compare tickets within it. */
export interface DuplicateDetection {
  readonly settings: IncidentSettings;
  /** Never rejects. Null for texts that take no part. */
  read(texts: readonly TextToRead[]): Promise<(Fingerprint | null)[]>;
  /** In the transaction that stores the tickets, after that and before the lock of routing. */
  detect(trx: Trx, tickets: readonly TicketToCompare[]): Promise<Detected>;
  /** Tickets that this process compares others with. */
  size(): number;
}

/** Most tickets that others are compared with; the oldest without an incident are forgotten first. */
const mostRemembered = 100_000;
/** How long the event loop may be kept at it. */
const sliceMs = 10;

export function createDuplicateDetection(parts: DetectionParts): DuplicateDetection {
  return new Detection(parts);
}

class Detection implements DuplicateDetection {
  readonly settings: IncidentSettings;
  private readonly parts: DetectionParts;
  private readonly problems = new RecentProblems();
  /** Up to which number of the memory's sequence everything is known; null: nothing yet. */
  private seq: number | null = null;
  private readonly open = new Set<string>();
  /** What was found for a text when it was read, outside the transaction: the lock is held for what came since. */
  private readonly searched = new WeakMap<Fingerprint, EarlierSearch>();

  constructor(parts: DetectionParts) {
    this.parts = parts;
    this.settings = parts.settings;
  }

  size(): number {
    return this.problems.size;
  }

  async read(texts: readonly TextToRead[]): Promise<(Fingerprint | null)[]> {
    const live = texts.filter(takesPart);
    if (live.length === 0) return texts.map(() => null);
    try {
      const read = await this.parts.reader.read(live);
      if (this.seq !== null)
        await inSlices(read, (fingerprint) => this.searched.set(fingerprint, this.problems.search(fingerprint)));
      const found = new Map(live.map((text, i) => [text, read[i] ?? null]));
      return texts.map((text) => found.get(text) ?? null);
    } catch (error) {
      this.fail(error, live.length);
      return texts.map(() => null);
    }
  }

  async detect(trx: Trx, tickets: readonly TicketToCompare[]): Promise<Detected> {
    const live = tickets.filter(isRead);
    if (live.length === 0) {
      await alertAlone(trx, tickets);
      return { compared: tickets.map(() => ({ verdict: null, held: false })), committed: () => undefined };
    }
    const since = new Date(Math.min(...live.map((t) => t.at.getTime())) - this.parts.settings.windowMs);
    await lockDuplicates(trx);
    await this.catchUp(trx, since);
    const found = await this.compareAll(trx, live, since);
    const { comparison, verdicts } = found;
    const seqs = await writeComparison(trx, {
      comparison,
      since,
      tickets,
      problems: this.problems,
      log: this.parts.log,
    });
    const held = new Set(comparison.members.filter((m) => m.held).map((m) => m.ticketId));
    const compared = tickets.map(({ id }) => ({ verdict: verdicts.get(id) ?? null, held: held.has(id) }));
    return { compared, committed: () => this.remember(comparison, seqs) };
  }

  /** What other processes, and other transactions of this one, have stored since the last look. */
  private async catchUp(trx: Trx, since: Date): Promise<void> {
    const from = new Date(since.getTime() - this.parts.settings.windowMs);
    if (this.seq === null) {
      const { seq, tickets } = await readMemory(trx, from);
      for (const ticket of tickets) this.apply(ticket);
      this.seq = seq;
    } else {
      const changes = await readMemoryChanges(trx, this.seq);
      for (const change of changes) this.apply(change);
      this.seq = Math.max(this.seq, changes.at(-1)?.seq ?? 0);
    }
    const keeps = (clusterId: string) => this.open.has(clusterId);
    this.problems.forget({ since: from.getTime(), most: mostRemembered, keeps });
  }

  private apply({ ticketId, clusterId, at, fingerprint, incidentOpen }: MemoryChange): void {
    if (incidentOpen) this.open.add(clusterId);
    if (fingerprint === null) this.problems.remove(ticketId);
    else this.problems.add({ ticketId, clusterId, at: at.getTime(), fingerprint: decodeFingerprint(fingerprint) });
  }

  private async compareAll(trx: Trx, live: readonly (TicketToCompare & { fingerprint: Fingerprint })[], since: Date) {
    const read = await this.readCandidates(live);
    const ids = [...new Set(read.flatMap((t) => t.candidates.map((c) => c.clusterId)))];
    const customers = [...new Set(read.flatMap((t) => (t.customerId === null ? [] : [t.customerId])))];
    const clusters = ids.length === 0 ? [] : await readClusters(trx, ids, since);
    for (const { id, incidentId } of clusters) this.open[incidentId === null ? 'delete' : 'add'](id);
    const comparison = new TicketComparison({
      problems: this.problems,
      clusters,
      earlierOfCustomers: await readEarlierOfCustomers(trx, { clusters: ids, customers, since }),
      settings: this.parts.settings,
      newIncidentId: () => incidentIdOf(this.parts.newId()),
    });
    const verdicts = new Map(
      read.flatMap((ticket) => this.attempt(() => [[ticket.id, comparison.compare(ticket)] as const])),
    );
    return { comparison, verdicts };
  }

  private async readCandidates(
    live: readonly (TicketToCompare & { fingerprint: Fingerprint })[],
  ): Promise<ReadTicket[]> {
    const read: ReadTicket[] = [];
    await inSlices(live, (ticket) => {
      const { fingerprint } = ticket;
      read.push(
        ...this.attempt(() => [
          { ...ticket, candidates: this.problems.find(fingerprint, this.searched.get(fingerprint)) },
        ]),
      );
    });
    return read;
  }

  /** A ticket that cannot be compared is stored all the same. */
  private attempt<T>(work: () => T[]): T[] {
    try {
      return work();
    } catch (error) {
      this.fail(error, 1);
      return [];
    }
  }

  private fail(error: unknown, count: number): void {
    this.parts.log.error({ err: error, tickets: count }, 'tickets could not be compared; they are stored without it');
    this.parts.onCompared?.('failed', count);
  }

  /** What this transaction added is known from now on, without being read again. */
  private remember(comparison: TicketComparison, seqs: ReadonlyMap<string, number>): void {
    for (const { ticketId, clusterId, at } of comparison.members) {
      const fingerprint = comparison.fingerprints.get(ticketId);
      const seq = seqs.get(ticketId);
      // A look that came between has it already, or knows that it was withdrawn again.
      if (fingerprint === undefined || seq === undefined || seq <= (this.seq ?? 0)) continue;
      this.problems.add({ ticketId, clusterId, at: at.getTime(), fingerprint });
    }
    // Clusters that became one, or an incident, have newer numbers, which the next look reads.
    const { merged, opened } = comparison;
    if (merged.length + opened.length === 0) this.seq = Math.max(this.seq ?? 0, ...seqs.values());
    const duplicates = comparison.members.filter((m) => m.duplicateOf !== null).length;
    this.parts.onCompared?.('duplicate', duplicates);
    this.parts.onCompared?.('new', comparison.members.length - duplicates);
  }
}

/** One after the other; others have their turn every 10 ms. */
async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - began < sliceMs) continue;
    await new Promise(setImmediate);
    began = performance.now();
  }
}

/** Who only greets or thanks reports nothing, nor does a notice of absence; the rows of a file are history. */
function takesPart({ subject, body, channel }: TextToRead): boolean {
  const text = `${subject}\n${body}`;
  return channel !== 'file' && !isAutomaticMail(subject) && !isOnlyGreeting(text) && !isOnlyThanks(text);
}

function isRead(ticket: TicketToCompare): ticket is TicketToCompare & { fingerprint: Fingerprint } {
  return ticket.fingerprint !== null;
}
