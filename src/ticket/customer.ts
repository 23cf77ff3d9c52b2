import type { TicketStatus } from './ticket.ts';

/** What a customer pays for decides how an answer is worded and who is told, never whether it is true. */
export const tiers = ['free', 'standard', 'premium', 'enterprise'] as const;
export type Tier = (typeof tiers)[number];

/** How somebody writes, and so wants to be written to. */
export const communicationStyles = ['neutral', 'formal', 'casual', 'technical', 'brief'] as const;
export type CommunicationStyle = (typeof communicationStyles)[number];

/** Where somebody stands with us, by what has happened so far. */
export const customerStages = ['new', 'active', 'loyal', 'at_risk'] as const;
export type CustomerStage = (typeof customerStages)[number];

/** One thing that was said. */
export interface Turn {
  readonly author: 'customer' | 'agent' | 'ai' | 'system';
  readonly text: string;
  readonly at: string;
}

export interface EarlierTicket {
  readonly ticketId: string;
  readonly subject: string;
  readonly category: string | null;
  readonly status: TicketStatus;
  readonly at: string;
}

/** Who writes, as the steps of a run see them (I10). JSON all through: it is stored with the run. */
export interface CustomerContext {
  readonly id: string;
  readonly name: string | null;
  readonly tier: Tier;
  readonly style: CommunicationStyle;
  readonly stage: CustomerStage;
  /** The customer's last tickets before this one, newest first, at most 5. */
  readonly earlier: readonly EarlierTicket[];
  /** What was said in this conversation before the present message, oldest first, at most 20; nothing private. */
  readonly turns: readonly Turn[];
  /** Messages of this customer in a row that showed frustration, the present one included. */
  readonly frustrations: number;
}
