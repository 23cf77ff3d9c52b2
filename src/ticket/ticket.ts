import type { DuplicateVerdict } from './duplicates.ts';
import type { Department, Intent } from './taxonomy.ts';

export const languages = ['en', 'de', 'other'] as const;
export type Language = (typeof languages)[number];

export const priorities = ['low', 'medium', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** What a client may ask for; it can raise our priority, never lower it. */
export const requestedPriorities = ['critical', 'high', 'medium', 'low', 'very_low'] as const;
export type RequestedPriority = (typeof requestedPriorities)[number];

export const statuses = [
  'new',
  'processing',
  'awaiting_review',
  'waiting_customer',
  'resolved',
  'closed',
  'failed',
] as const;
export type TicketStatus = (typeof statuses)[number];

export type HandledBy = 'ai' | 'human';
export type Assignment = 'assigned' | 'waiting' | 'none';
export type Author = 'customer' | 'agent' | 'ai' | 'system';

export const limits = {
  subject: 500,
  body: 20_000,
  batch: 100,
  /** bytes */
  request: 5 * 1024 * 1024,
  batchRequest: 10 * 1024 * 1024,
  /** One file; a request with files takes 25 MB of them as base64 and more words than there can be. */
  file: 25 * 1024 * 1024,
  requestWithFiles: 40 * 1024 * 1024,
  attachments: 10,
} as const;

export interface Customer {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
}

/** A message as it came in, already validated and trimmed; Unicode is kept as it is. */
export interface NewTicket {
  readonly id: string;
  readonly clientTicketId: string | null;
  readonly subject: string;
  readonly body: string;
  readonly customerEmail: string | null;
  readonly customerName: string | null;
  readonly channel: string;
  readonly language: Language;
  readonly requestedPriority: RequestedPriority | null;
  readonly metadata: Record<string, unknown>;
  /** Set for rows of a file: hash of the file and row number; a second run stores nothing new. */
  readonly sourceKey: string | null;
  readonly createdAt: Date;
}

export interface Ticket extends Omit<NewTicket, 'sourceKey'> {
  readonly customerId: string | null;
  readonly status: TicketStatus;
  readonly handledBy: HandledBy | null;
  readonly category: string | null;
  readonly department: Department | null;
  readonly intent: Intent;
  readonly abstained: boolean | null;
  readonly confidence: number | null;
  readonly alternatives: readonly Alternative[];
  readonly urgencyScore: number | null;
  readonly priority: Priority | null;
  readonly sentiment: Sentiment | null;
  readonly modelUsed: string | null;
  readonly modelVersion: string | null;
  readonly modelIntent: Intent | null;
  readonly modelConfidence: number | null;
  readonly suggestion: string;
  readonly citations: readonly Citation[];
  readonly decisionId: string | null;
  /** As one of several tickets that report the same problem; null where it was compared with none. */
  readonly duplicates: DuplicateVerdict | null;
  readonly agent: string | null;
  readonly assignment: Assignment;
  readonly updatedAt: Date;
}

export interface Alternative {
  readonly category: string;
  readonly confidence: number;
}

export type Sentiment = 'negative' | 'neutral' | 'positive';

/** Where a sentence of an answer comes from. */
export interface Citation {
  readonly document: string;
  readonly heading: string;
  readonly quote: string;
}
