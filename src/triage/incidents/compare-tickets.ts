import type { DuplicateVerdict } from '../../ticket/index.ts';
import { encodeFingerprint, type Fingerprint } from '../duplicates/index.ts';
import { type Candidate, RecentProblems } from './recent-problems.ts';
import { reporterOf, type StoredCluster } from './stores/clusters.ts';
import type { NewMember } from './stores/members.ts';
import type { IncidentSettings, TicketToCompare } from './types.ts';

/** A ticket with what memory says is like it. */
export interface ReadTicket extends TicketToCompare {
  readonly fingerprint: Fingerprint;
  readonly candidates: readonly Candidate[];
}

/** What is known when tickets are compared under the lock. */
export interface Known {
  readonly problems: RecentProblems;
  readonly clusters: readonly StoredCluster[];
  /** The earliest ticket of a customer in a cluster, by `cluster/customer`. */
  readonly earlierOfCustomers: ReadonlyMap<string, string>;
  readonly settings: IncidentSettings;
  readonly newIncidentId: () => string;
}

export interface OpenedIncident {
  readonly id: string;
  readonly clusterId: string;
  /** The ticket whose coming opened it. */
  readonly by: ReadTicket;
}

/** What tickets come to, each compared with all before it, those of the same transaction included. */
export interface Comparison {
  readonly members: readonly NewMember[];
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  readonly opened: readonly OpenedIncident[];
  /** Of critical tickets those of which somebody is to be told. */
  readonly alerts: readonly { readonly ticketId: string; readonly clusterId: string }[];
}

interface Cluster {
  readonly id: string;
  incidentId: string | null;
  earliest: string;
  alertedAt: number | null;
  readonly reporters: Set<string>;
  kept: number;
}

const mostUrgent = 0.8;

/** Decides under the lock; touches nothing but what it returns. O(tickets × kept tickets that are alike). */
export class TicketComparison implements Comparison {
  readonly members: NewMember[] = [];
  readonly fingerprints = new Map<string, Fingerprint>();
  readonly opened: OpenedIncident[] = [];
  readonly alerts: { ticketId: string; clusterId: string }[] = [];
  /** What came before in this transaction. */
  private readonly own = new RecentProblems();
  private readonly clusters: Map<string, Cluster>;
  private readonly ofCustomers: Map<string, string>;
  private readonly known: Known;

  constructor(known: Known) {
    this.known = known;
    this.ofCustomers = new Map(known.earlierOfCustomers);
    this.clusters = new Map(
      known.clusters.flatMap((c) => (c.earliest === null ? [] : [[c.id, clusterOf(c, c.earliest)]])),
    );
  }

  /** What it throws (of what reads texts) leaves nothing behind: the ticket took no part. */
  compare(ticket: ReadTicket): DuplicateVerdict {
    const alive = [...ticket.candidates, ...this.own.find(ticket.fingerprint)]
      .filter(({ clusterId }) => this.clusters.has(clusterId))
      .sort((a, b) => b.probability - a.probability);
    const similarity = alive[0]?.probability ?? 0;
    const cluster = this.chosen(alive);
    return cluster === null ? this.begin(ticket, similarity) : this.join(ticket, cluster.cluster, cluster.probability);
  }

  /** Whoever fits an open incident belongs to it, also where another ticket is a little more like. */
  private chosen(alive: readonly Candidate[]): { cluster: Cluster; probability: number } | null {
    const likely = alive
      .filter(({ probability }) => probability >= this.known.settings.threshold)
      .map(({ clusterId, probability }) => ({ cluster: this.clusters.get(clusterId)!, probability }));
    return likely.find(({ cluster }) => cluster.incidentId !== null) ?? likely[0] ?? null;
  }

  private begin(ticket: ReadTicket, similarity: number): DuplicateVerdict {
    const { id } = ticket;
    const cluster = { id, incidentId: null, earliest: id, alertedAt: null, reporters: new Set<string>(), kept: 0 };
    return this.note(ticket, cluster, { similarity, duplicateOf: null, sameCustomer: false, isDuplicate: false });
  }

  private join(ticket: ReadTicket, cluster: Cluster, similarity: number): DuplicateVerdict {
    const ofCustomer =
      ticket.customerId === null ? undefined : this.ofCustomers.get(`${cluster.id}/${ticket.customerId}`);
    return this.note(ticket, cluster, {
      similarity,
      isDuplicate: true,
      duplicateOf: ofCustomer ?? cluster.earliest,
      sameCustomer: ofCustomer !== undefined,
    });
  }

  /** What may fail comes first: a ticket that cannot be compared leaves nothing behind. */
  private note(ticket: ReadTicket, cluster: Cluster, found: Omit<DuplicateVerdict, 'incidentId'>): DuplicateVerdict {
    const bytes = this.keeps(ticket, cluster, found.isDuplicate) ? encodeFingerprint(ticket.fingerprint) : null;
    if (bytes !== null) this.keep(ticket, cluster);
    this.clusters.set(cluster.id, cluster);
    this.tellOf(ticket, cluster);
    this.count(ticket, cluster);
    this.members.push({
      ticketId: ticket.id,
      clusterId: cluster.id,
      incidentId: cluster.incidentId,
      customerId: ticket.customerId,
      at: ticket.at,
      probability: found.similarity,
      duplicateOf: found.duplicateOf,
      sameCustomer: found.sameCustomer,
      fingerprint: bytes,
      alertedAt: cluster.id === ticket.id && cluster.alertedAt !== null ? ticket.at : null,
      held: cluster.incidentId !== null && ticket.mayWait,
    });
    return { ...found, incidentId: cluster.incidentId };
  }

  /** Opens the incident with the ticket that makes the number full. */
  private count(ticket: ReadTicket, cluster: Cluster): void {
    if (ticket.customerId !== null) {
      const key = `${cluster.id}/${ticket.customerId}`;
      if (!this.ofCustomers.has(key)) this.ofCustomers.set(key, ticket.id);
    }
    if (cluster.incidentId !== null) return;
    cluster.reporters.add(reporterOf(ticket.customerId, ticket.id));
    if (cluster.reporters.size < this.known.settings.count) return;
    cluster.incidentId = this.known.newIncidentId();
    this.opened.push({ id: cluster.incidentId, clusterId: cluster.id, by: ticket });
  }

  private keeps({ fingerprint }: ReadTicket, { id, kept }: Cluster, isDuplicate: boolean): boolean {
    if (!isDuplicate) return true;
    const { problems, settings } = this.known;
    // Kept in this transaction and before it are looked at apart; together they may be a few more than five.
    if (kept >= 3) return false;
    const byOthers = problems.isWorthKeeping(id, fingerprint, settings.threshold);
    return byOthers || this.own.isWorthKeeping(id, fingerprint, settings.threshold);
  }

  private keep({ id: ticketId, at, fingerprint }: ReadTicket, cluster: Cluster): void {
    cluster.kept++;
    this.fingerprints.set(ticketId, fingerprint);
    this.own.add({ ticketId, clusterId: cluster.id, at: at.getTime(), fingerprint });
  }

  /** One alert a problem: not again within the window, and never when there is an incident. */
  private tellOf(ticket: ReadTicket, cluster: Cluster): void {
    if (ticket.urgencyScore <= mostUrgent || cluster.incidentId !== null) return;
    const now = ticket.at.getTime();
    if (cluster.alertedAt !== null && now - cluster.alertedAt < this.known.settings.windowMs) return;
    cluster.alertedAt = now;
    this.alerts.push({ ticketId: ticket.id, clusterId: cluster.id });
  }
}

function clusterOf(stored: StoredCluster, earliest: string): Cluster {
  return {
    id: stored.id,
    incidentId: stored.incidentId,
    earliest,
    alertedAt: stored.alertedAt?.getTime() ?? null,
    reporters: new Set(stored.reporters),
    kept: 0,
  };
}
