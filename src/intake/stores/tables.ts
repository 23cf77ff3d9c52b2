import type { ColumnType, GeneratedAlways, JSONColumnType } from 'kysely';
import type {
  Alternative,
  Assignment,
  Author,
  Citation,
  CommunicationStyle,
  Department,
  HandledBy,
  Intent,
  Language,
  Priority,
  RequestedPriority,
  Sentiment,
  TicketStatus,
  Tier,
} from '../../ticket/index.ts';

/** PostgreSQL gives jsonb parsed; we write it as text. */
type Json<T extends object> = JSONColumnType<T>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface TicketsTable {
  id: string;
  client_ticket_id: string | null;
  content_hash: string;
  source_key: string | null;
  subject: string;
  body: string;
  customer_id: string | null;
  channel: string;
  language: Language;
  requested_priority: RequestedPriority | null;
  metadata: Json<Record<string, unknown>>;
  status: TicketStatus;
  handled_by: HandledBy | null;
  category: string | null;
  department: Department | null;
  intent: Intent;
  abstained: boolean | null;
  confidence: number | null;
  alternatives: Json<Alternative[]>;
  urgency_score: number | null;
  priority: Priority | null;
  sentiment: Sentiment | null;
  model_used: string | null;
  model_version: string | null;
  model_intent: Intent | null;
  model_confidence: number | null;
  suggestion: string;
  citations: Json<Citation[]>;
  decision_id: string | null;
  run: number;
  owner: number | null;
  tries: number;
  agent: string | null;
  assignment: Assignment;
  queue: string | null;
  queued_at: Timestamp | null;
  released_by: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  resolved_at: Timestamp | null;
  closed_at: Timestamp | null;
  session_id: string | null;
  session_seq: number | null;
  burst_since: Timestamp | null;
  answer_at: Timestamp | null;
}

export interface CustomersTable {
  id: string;
  external_id: string | null;
  email: string | null;
  name: string | null;
  tier: Tier;
  style: CommunicationStyle | null;
  language: 'en' | 'de' | null;
  notes: string;
  metadata: Json<Record<string, unknown>>;
  claimed_email: string | null;
  created_at: Timestamp;
  updated_at: Timestamp | null;
}

export interface SessionsTable {
  id: string;
  key: string;
  customer_id: string;
  ticket_id: string | null;
  channel: string;
  opened_by: string;
  opened_at: Timestamp;
  last_seen_at: Timestamp;
  disclosed_at: Timestamp | null;
}

/** What a ticket shows of triage.members. */
export interface DuplicateColumns {
  ticket_id: string;
  probability: number;
  duplicate_of: string | null;
  incident_id: string | null;
  same_customer: boolean;
}

export type IntakeTables = {
  'triage.members': DuplicateColumns;
  'intake.customers': CustomersTable;
  'intake.sessions': SessionsTable;
  'intake.tickets': TicketsTable;
  'intake.messages': {
    id: string;
    ticket_id: string;
    author: Author;
    actor: string;
    text: string;
    private: boolean;
    delivery: 'pending' | 'delivered' | 'failed' | null;
    citations: Json<Citation[]>;
    created_at: Timestamp;
    seq: GeneratedAlways<number>;
  };
  'intake.feedback': {
    ticket_id: string;
    rating: number;
    resolved: boolean;
    comment: string | null;
    created_at: Timestamp;
  };
};
