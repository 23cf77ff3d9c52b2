import { appendToLedger, type LedgerEntry, type Log, type NewId, type Trx } from '../../platform/index.ts';
import { type DuplicateReader, decodeFingerprint, type Fingerprint } from '../duplicates/index.ts';
import { isOnlyGreeting } from '../is-only-greeting.ts';
import { isOnlyThanks } from '../is-only-thanks.ts';
import { mergeClusters, readClusters, readEarlierOfCustomers } from '../stores/clusters.ts';
import { insertEvents, insertIncident, type NewIncidentEvent, noteNewMembers } from '../stores/incidents.ts';
import { lockDuplicates } from '../stores/lock.ts';
import { insertMembers, noteAlerts } from '../stores/members.ts';
import { type MemoryChange, readMemory, readMemoryChanges } from '../stores/memory.ts';
import { type OpenedIncident, type ReadTicket, TicketComparison } from './compare-tickets.ts';
import { incidentIdOf } from './incident-id.ts';
import { RecentProblems } from './recent-problems.ts';
import type { Compared, IncidentSettings, TicketToCompare } from './types.ts';

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
    const seqs = await this.write(trx, { comparison, since, tickets });
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
    let began = performance.now();
    for (const ticket of live) {
      read.push(...this.attempt(() => [{ ...ticket, candidates: this.problems.find(ticket.fingerprint) }]));
      if (performance.now() - began < sliceMs) continue;
      await new Promise(setImmediate);
      began = performance.now();
    }
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

  private async write(
    trx: Trx,
    { comparison, since, tickets }: { comparison: TicketComparison; since: Date; tickets: readonly TicketToCompare[] },
  ): Promise<Map<string, number>> {
    const { members, merged, opened, alerts } = comparison;
    const fresh = new Set(opened.map((o) => o.id));
    const newest = new Date(Math.max(...tickets.map((t) => t.at.getTime())));
    // The row of an incident is there before its members name it.
    const seqs = await insertMembers(
      trx,
      members.map((m) => (m.incidentId !== null && fresh.has(m.incidentId) ? { ...m, incidentId: null } : m)),
    );
    // An incident that is only being opened takes its members by their cluster.
    const known = merged.map((m) =>
      m.incidentId !== null && fresh.has(m.incidentId) ? { ...m, incidentId: null } : m,
    );
    await mergeClusters(trx, known, since);
    const joined = new Set(
      members.flatMap((m) => (m.incidentId === null || fresh.has(m.incidentId) ? [] : [m.incidentId])),
    );
    const withdrawn = await noteNewMembers(trx, [...joined], newest);
    const events: NewIncidentEvent[] = withdrawn.map((incidentId) => ({
      incidentId,
      at: newest,
      actor: system,
      kind: 'proposal-withdrawn',
    }));
    const ledger: LedgerEntry[] = [];
    for (const one of opened) {
      const { event, entry } = await this.openIncident(trx, one, since);
      events.push(event);
      ledger.push(entry);
    }
    const own = new Set(members.map((m) => m.ticketId));
    await noteAlerts(trx, [...comparison.alerted], newest);
    const alerted = new Set(alerts.map((a) => a.ticketId));
    const criticals = tickets.filter((t) => (own.has(t.id) ? alerted.has(t.id) : isCritical(t)));
    await insertEvents(trx, events);
    await appendToLedger(trx, [...criticals.map(criticalEntry), ...duplicateEntries(members), ...ledger]);
    return seqs;
  }

  private async openIncident(trx: Trx, { id, clusterId, by }: OpenedIncident, since: Date) {
    const centre = this.problems.centreOf(clusterId);
    const written = await insertIncident(trx, { id, clusterId, centre, openedBy: by.id, since, at: by.at });
    const data = {
      title: written.title,
      category: written.category,
      centre: written.centre,
      size: written.members,
      opened_by: by.id,
    };
    const event: NewIncidentEvent = { incidentId: id, at: by.at, actor: system, kind: 'opened', data };
    const entry: LedgerEntry = {
      at: by.at,
      actor: system,
      action: 'incident-opened',
      subjectType: 'incident',
      subjectId: id,
      data,
    };
    this.parts.log.warn(
      { incident: id, members: written.members },
      'many customers report the same: an incident was opened',
    );
    return { event, entry };
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

const system = 'signalbox';
const mostUrgent = 0.8;
const isCritical = ({ urgencyScore }: TicketToCompare) => urgencyScore > mostUrgent;

/** Who only greets or thanks reports nothing; the rows of a file are history. */
function takesPart({ subject, body, channel }: TextToRead): boolean {
  const text = `${subject}\n${body}`;
  return channel !== 'file' && !isOnlyGreeting(text) && !isOnlyThanks(text);
}

function isRead(ticket: TicketToCompare): ticket is TicketToCompare & { fingerprint: Fingerprint } {
  return ticket.fingerprint !== null;
}

async function alertAlone(trx: Trx, tickets: readonly TicketToCompare[]): Promise<void> {
  await appendToLedger(trx, tickets.filter(isCritical).map(criticalEntry));
}

function criticalEntry({ id, at, category, urgencyScore }: TicketToCompare): LedgerEntry {
  return {
    at,
    actor: system,
    action: 'ticket-critical',
    subjectType: 'ticket',
    subjectId: id,
    data: { urgency_score: urgencyScore, category },
  };
}

function duplicateEntries(members: TicketComparison['members']): LedgerEntry[] {
  return members
    .filter((m) => m.duplicateOf !== null)
    .map((m) => ({
      at: m.at,
      actor: system,
      action: 'duplicate-found',
      subjectType: 'ticket',
      subjectId: m.ticketId,
      data: {
        duplicate_of: m.duplicateOf,
        similarity: m.probability,
        same_customer: m.sameCustomer,
        incident_id: m.incidentId,
      },
    }));
}
