import type { DuplicateVerdict } from '../../ticket/index.ts';
import { encodeFingerprint, type Fingerprint, sameProblem } from '../duplicates/index.ts';
import { reporterOf, type StoredCluster } from '../stores/clusters.ts';
import type { NewMember } from '../stores/members.ts';
import { type Candidate, leastProbability, RecentProblems } from './recent-problems.ts';
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

export interface MergedCluster {
  readonly from: string;
  readonly into: string;
  readonly incidentId: string | null;
}

/** What tickets come to, each compared with all before it, those of the same transaction included. */
export interface Comparison {
  readonly members: readonly NewMember[];
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  readonly opened: readonly OpenedIncident[];
  /** A ticket was like both: they report the same problem. */
  readonly merged: readonly MergedCluster[];
  /** Of critical tickets those of which somebody is to be told. */
  readonly alerts: readonly { readonly ticketId: string; readonly clusterId: string }[];
  /** Earlier clusters that got one, or that one was given for under another name. */
  readonly alerted: ReadonlySet<string>;
}

interface Cluster {
  readonly id: string;
  incidentId: string | null;
  earliest: { readonly id: string; readonly at: number };
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
  readonly merged: MergedCluster[] = [];
  readonly alerted = new Set<string>();
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
      known.clusters.flatMap((c) =>
        c.earliest === null || c.earliestAt === null
          ? []
          : [[c.id, clusterOf(c, { id: c.earliest, at: c.earliestAt.getTime() })]],
      ),
    );
  }

  /** What it throws (of what reads texts) leaves nothing behind: the ticket took no part. */
  compare(ticket: ReadTicket): DuplicateVerdict {
    const alive = [...ticket.candidates, ...this.own.find(ticket.fingerprint)]
      .filter(({ clusterId }) => this.clusters.has(clusterId))
      .sort((a, b) => b.probability - a.probability);
    const likely = alive.filter(({ probability }) => probability >= this.known.settings.threshold);
    const similarity = alive[0]?.probability ?? 0;
    const counted = likely.filter(({ countsAs }) => countsAs >= this.known.settings.threshold);
    const cluster = this.chosen(counted);
    if (cluster !== null) return this.join(ticket, cluster, counted);
    const [linked] = likely;
    return linked === undefined
      ? this.begin(ticket, similarity)
      : this.link(ticket, this.clusters.get(linked.clusterId)!, likely);
  }

  /** Whoever fits an open incident belongs to it, also where another ticket is a little more like. */
  private chosen(likely: readonly Candidate[]): Cluster | null {
    const clusters = likely.map(({ clusterId }) => this.clusters.get(clusterId)!);
    return clusters.find(({ incidentId }) => incidentId !== null) ?? clusters[0] ?? null;
  }

  private begin(ticket: ReadTicket, similarity: number): DuplicateVerdict {
    return this.note(ticket, newCluster(ticket), {
      similarity,
      duplicateOf: null,
      sameCustomer: false,
      isDuplicate: false,
    });
  }

  /** Alike, and no problem in common: it is shown beside the other ticket, and counted by itself. */
  private link(ticket: ReadTicket, other: Cluster, likely: readonly Candidate[]): DuplicateVerdict {
    const ofCustomer = this.earlierOf(ticket.customerId, other, likely);
    const verdict = {
      similarity: likely[0]!.probability,
      isDuplicate: true,
      duplicateOf: ofCustomer ?? other.earliest.id,
      sameCustomer: ofCustomer !== undefined,
    };
    return this.note(ticket, newCluster(ticket), verdict);
  }

  private join(ticket: ReadTicket, cluster: Cluster, likely: readonly Candidate[]): DuplicateVerdict {
    const ofCustomer = this.earlierOf(ticket.customerId, cluster, likely);
    const similarity = Math.max(
      ...likely.filter((c) => this.clusters.get(c.clusterId) === cluster).map((c) => c.probability),
    );
    return this.note(
      ticket,
      cluster,
      {
        similarity,
        isDuplicate: true,
        duplicateOf: ofCustomer ?? cluster.earliest.id,
        sameCustomer: ofCustomer !== undefined,
      },
      likely,
    );
  }

  private earlierOf(customer: string | null, cluster: Cluster, likely: readonly Candidate[]): string | undefined {
    if (customer === null) return undefined;
    const ids = new Set([cluster.id, ...likely.map((c) => c.clusterId)]);
    return [...ids].map((id) => this.ofCustomers.get(`${id}/${customer}`)).find((ticket) => ticket !== undefined);
  }

  /**
   * Clusters without an incident that become part of the one that a ticket joins: it is like both, and tickets of theirs
   * are somewhat alike. One ticket that names two matters must not make one of them.
   */
  private toMerge(into: Cluster, likely: readonly Candidate[]): Cluster[] {
    const near = new Set(likely.map(({ clusterId }) => this.clusters.get(clusterId)!));
    return [...near].filter(
      (from) => from !== into && from.incidentId === null && this.areAlike(this.keptOf(from.id), this.keptOf(into.id)),
    );
  }

  private keptOf(clusterId: string): Fingerprint[] {
    return [...this.known.problems.keptOf(clusterId), ...this.own.keptOf(clusterId)];
  }

  private areAlike(some: readonly Fingerprint[], others: readonly Fingerprint[]): boolean {
    return some.some((one) => others.some((other) => sameProblem(one, other) >= leastProbability));
  }

  private merge(into: Cluster, clusters: readonly Cluster[]): void {
    for (const from of clusters) {
      for (const reporter of from.reporters) into.reporters.add(reporter);
      if (into.incidentId === null && from.earliest.at < into.earliest.at) into.earliest = from.earliest;
      if ((from.alertedAt ?? 0) > (into.alertedAt ?? 0)) {
        into.alertedAt = from.alertedAt;
        this.alerted.add(into.id);
      }
      for (const [id, cluster] of this.clusters) if (cluster === from) this.clusters.set(id, into);
      this.merged.push({ from: from.id, into: into.id, incidentId: into.incidentId });
    }
  }

  /** What may fail comes first: a ticket that cannot be compared leaves nothing behind. */
  private note(
    ticket: ReadTicket,
    cluster: Cluster,
    found: Omit<DuplicateVerdict, 'incidentId'>,
    likely: readonly Candidate[] = [],
  ): DuplicateVerdict {
    const alike = this.toMerge(cluster, likely);
    const bytes = this.keeps(ticket, cluster) ? encodeFingerprint(ticket.fingerprint) : null;
    if (bytes !== null) this.keep(ticket, cluster);
    this.clusters.set(cluster.id, cluster);
    this.merge(cluster, alike);
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

  private keeps({ id: ticketId, fingerprint }: ReadTicket, { id, kept }: Cluster): boolean {
    if (id === ticketId) return true;
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
    if (cluster.id !== ticket.id) this.alerted.add(cluster.id);
  }
}

function newCluster({ id, at }: ReadTicket): Cluster {
  const earliest = { id, at: at.getTime() };
  return { id, incidentId: null, earliest, alertedAt: null, reporters: new Set<string>(), kept: 0 };
}

function clusterOf(stored: StoredCluster, earliest: Cluster['earliest']): Cluster {
  return {
    id: stored.id,
    incidentId: stored.incidentId,
    earliest,
    alertedAt: stored.alertedAt?.getTime() ?? null,
    reporters: new Set(stored.reporters),
    kept: 0,
  };
}
