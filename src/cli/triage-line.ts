import type { RequestedPriority, Ticket, TriageVerdict } from '../ticket/index.ts';

/** One line of the output of `signalbox triage`; the words are those of POST /route. */
export interface TriageLine {
  readonly row: number;
  /** Ours when the ticket is stored, the file's own otherwise. */
  readonly ticket_id: string | null;
  readonly client_ticket_id: string | null;
  readonly category: string | null;
  readonly department: string | null;
  readonly confidence: number | null;
  readonly abstained: boolean | null;
  readonly alternatives: readonly { category: string; confidence: number }[];
  readonly urgency_score: number | null;
  readonly priority: string | null;
  readonly requested_priority: RequestedPriority | null;
  readonly sentiment: string | null;
  readonly language: string;
  readonly model_used: string | null;
  readonly model_version: string | null;
  readonly agent: string | null;
  readonly assignment: string | null;
}

interface Found {
  readonly row: number;
  readonly ticketId: string | null;
  readonly clientTicketId: string | null;
  readonly requestedPriority: RequestedPriority | null;
  readonly language: string;
  readonly priority: string;
  readonly agent: string | null;
  readonly assignment: string | null;
}

export function lineOfVerdict(verdict: TriageVerdict, found: Found): TriageLine {
  return {
    row: found.row,
    ticket_id: found.ticketId,
    client_ticket_id: found.clientTicketId,
    category: verdict.category,
    department: verdict.department,
    confidence: verdict.confidence,
    abstained: verdict.abstained,
    alternatives: verdict.alternatives,
    urgency_score: verdict.urgencyScore,
    priority: found.priority,
    requested_priority: found.requestedPriority,
    sentiment: verdict.sentiment,
    language: found.language,
    model_used: verdict.modelUsed,
    model_version: verdict.modelVersion,
    agent: found.agent,
    assignment: found.assignment,
  };
}

/** A row that was stored before: the ticket as it is now. */
export function lineOfTicket(row: number, ticket: Ticket): TriageLine {
  return {
    row,
    ticket_id: ticket.id,
    client_ticket_id: ticket.clientTicketId,
    category: ticket.category,
    department: ticket.department,
    confidence: ticket.confidence,
    abstained: ticket.abstained,
    alternatives: ticket.alternatives,
    urgency_score: ticket.urgencyScore,
    priority: ticket.priority,
    requested_priority: ticket.requestedPriority,
    sentiment: ticket.sentiment,
    language: ticket.language,
    model_used: ticket.modelUsed,
    model_version: ticket.modelVersion,
    agent: ticket.agent,
    assignment: ticket.assignment,
  };
}
