import type { DuplicateVerdict, Language, TicketStatus } from '../../ticket/index.ts';
import type { Fingerprint } from '../duplicates/index.ts';

export interface IncidentSettings {
  /** Probability in [0,1] from which on two tickets count as the same problem. */
  readonly threshold: number;
  /** How far apart two tickets may be, as long as there is no incident. */
  readonly windowMs: number;
  /** So many customers within the window make an incident. */
  readonly count: number;
  /** After so long without a new member it is proposed to close an incident. */
  readonly quietMs: number;
}

/** A stored ticket that is to be compared with the others. */
export interface TicketToCompare {
  readonly id: string;
  readonly at: Date;
  readonly customerId: string | null;
  readonly category: string | null;
  /** S in [0,1]; above 0.8 somebody is told. */
  readonly urgencyScore: number;
  /** False: whatever the incident comes to, a person has to look at this one now. */
  readonly mayWait: boolean;
  /** Null: it takes no part (a greeting, a row of a file, a text that could not be read). */
  readonly fingerprint: Fingerprint | null;
}

/** What came of it for one ticket. */
export interface Compared {
  /** Null: it took no part. */
  readonly verdict: DuplicateVerdict | null;
  /** It takes no slot and stands in no queue: it waits for what the incident comes to. */
  readonly held: boolean;
}

export type IncidentStatus = 'open' | 'resolved';

export interface Incident {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly title: string;
  readonly category: string | null;
  readonly centreTicket: string;
  readonly openedAt: Date;
  readonly lastMemberAt: Date;
  readonly closeProposedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly members: number;
  /** Tickets of one customer count once, tickets without a customer one each. */
  readonly customers: number;
  /** Members whose customer was told nothing through the incident. */
  readonly untold: number;
  readonly languages: Readonly<Record<Language, number>>;
}

export interface IncidentMember {
  readonly ticketId: string;
  readonly subject: string;
  readonly language: Language;
  readonly status: TicketStatus;
  readonly customerId: string | null;
  readonly at: Date;
  readonly probability: number;
  readonly duplicateOf: string | null;
  readonly sameCustomer: boolean;
  readonly held: boolean;
  readonly toldAt: Date | null;
}

export interface IncidentEvent {
  readonly at: Date;
  readonly actor: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}
