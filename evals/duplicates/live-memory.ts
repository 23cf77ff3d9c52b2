import type { Fingerprint } from '../../src/triage/duplicates/index.ts';
import { TicketComparison } from '../../src/triage/incidents/compare-tickets.ts';
import { RecentProblems } from '../../src/triage/incidents/recent-problems.ts';
import type { IncidentSettings } from '../../src/triage/incidents/types.ts';
import type { StoredCluster } from '../../src/triage/stores/clusters.ts';
import type { NewMember } from '../../src/triage/stores/members.ts';

interface Member extends NewMember {
  readonly place: number;
}

export interface OpenedHere {
  /** The tickets of the incident at the moment when it was opened, by their place in the stream. */
  readonly members: readonly number[];
}

/**
 * What the server does with tickets one by one, with arrays in place of the database: the same memory, the same
 * comparison, and clusters as the queries of src/triage/stores/clusters.ts give them. Each ticket is its own customer's.
 */
export class LiveMemory {
  readonly #settings: IncidentSettings;
  readonly #problems = new RecentProblems();
  readonly #clusters = new Map<string, Member[]>();
  readonly #incidents = new Map<string, string>();
  #count = 0;

  constructor(settings: IncidentSettings) {
    this.#settings = settings;
  }

  /** @returns the incident that the ticket opened, or null; and whether it belongs to one */
  receive(place: number, at: number, fingerprint: Fingerprint): { opened: OpenedHere | null; inIncident: boolean } {
    const since = at - this.#settings.windowMs;
    this.#problems.forget({
      since: since - this.#settings.windowMs,
      most: 100_000,
      keeps: (id) => this.#incidents.has(id),
    });
    const id = `${place}-${this.#count++}`;
    const candidates = this.#problems.find(fingerprint);
    const comparison = new TicketComparison({
      problems: this.#problems,
      clusters: candidates.map(({ clusterId }) => this.#clusterOf(clusterId, since)),
      earlierOfCustomers: new Map(),
      settings: this.#settings,
      newIncidentId: () => `incident ${this.#count}`,
    });
    const ticket = { id, at: new Date(at), customerId: null, category: null, urgencyScore: 0, mayWait: true };
    const { incidentId } = comparison.compare({ ...ticket, fingerprint, candidates });
    this.#keep(comparison, place);
    const [opened] = comparison.opened;
    if (opened === undefined) return { opened: null, inIncident: incidentId !== null };
    this.#incidents.set(opened.clusterId, opened.id);
    const members = this.#since(opened.clusterId, since).map((m) => m.place);
    return { opened: { members }, inIncident: true };
  }

  #keep({ members, merged, fingerprints }: TicketComparison, place: number): void {
    for (const member of members) {
      this.#membersOf(member.clusterId).push({ ...member, place });
      const fingerprint = fingerprints.get(member.ticketId);
      const { ticketId, clusterId, at } = member;
      if (fingerprint !== undefined) this.#problems.add({ ticketId, clusterId, at: at.getTime(), fingerprint });
    }
    for (const { from, into } of merged) {
      this.#membersOf(into).push(...this.#membersOf(from));
      this.#clusters.delete(from);
      this.#problems.move(from, into);
    }
  }

  #membersOf(cluster: string): Member[] {
    const known = this.#clusters.get(cluster);
    if (known !== undefined) return known;
    const made: Member[] = [];
    this.#clusters.set(cluster, made);
    return made;
  }

  #since(cluster: string, since: number): Member[] {
    return this.#membersOf(cluster).filter(({ at }) => at.getTime() >= since);
  }

  #clusterOf(id: string, since: number): StoredCluster {
    const incidentId = this.#incidents.get(id) ?? null;
    const counted = incidentId === null ? this.#since(id, since) : this.#membersOf(id);
    const earliest = counted.reduce<Member | null>((first, m) => (first === null || m.at < first.at ? m : first), null);
    return {
      id,
      incidentId,
      earliest: earliest?.ticketId ?? null,
      earliestAt: earliest?.at ?? null,
      alertedAt: null,
      reporters: incidentId === null ? counted.map((m) => m.ticketId) : [],
    };
  }
}
