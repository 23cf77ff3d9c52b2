import type { InteractionRow } from '../../audit/index.ts';
import type { Message } from '../../intake/index.ts';
import type { KnowledgeDocument } from '../../knowledge/index.ts';
import {
  type Agent,
  type ClockRow,
  type Review,
  type QueuedTicket as RoutingQueued,
  utilisation,
} from '../../routing/index.ts';
import type { DuplicateVerdict, Ticket } from '../../ticket/index.ts';
import type {
  AgentState,
  Dedup,
  Interaction,
  ReviewBody,
  RoutedTicket,
  SlaClockBody,
  TicketBody,
} from '../contract/index.ts';
import type { RoutedResult } from './services.ts';

/** From our own types to the words of the contract: snake_case, ISO times, null for what is not there. */

export function presentTicket(t: Ticket): TicketBody {
  return {
    id: t.id,
    client_ticket_id: t.clientTicketId,
    subject: t.subject,
    body: t.body,
    customer_email: t.customerEmail,
    customer_name: t.customerName,
    channel: t.channel,
    language: t.language,
    status: t.status,
    handled_by: t.handledBy,
    intent: t.abstained === true ? 'unknown' : t.intent,
    category: t.category,
    department: t.department,
    priority: t.priority,
    requested_priority: t.requestedPriority,
    confidence: t.confidence,
    abstained: t.abstained,
    alternatives: [...t.alternatives],
    urgency_score: t.urgencyScore,
    sentiment: t.sentiment,
    suggestion: t.suggestion,
    citations: [...t.citations],
    model_used: t.modelUsed,
    model_version: t.modelVersion,
    model_intent: t.modelIntent,
    model_confidence: t.modelConfidence,
    agent: t.agent,
    assignment: t.assignment,
    decision_id: t.decisionId,
    dedup: presentDuplicates(t.duplicates),
    metadata: t.metadata,
    created_at: t.createdAt.toISOString(),
    updated_at: t.updatedAt.toISOString(),
  };
}

function presentDuplicates(found: DuplicateVerdict | null): Dedup {
  if (found === null) return null;
  return {
    is_duplicate: found.isDuplicate,
    similarity: found.similarity,
    duplicate_of: found.duplicateOf,
    master_incident_id: found.incidentId,
    same_customer: found.sameCustomer,
  };
}

const urgencyWord = (score: number) => (score > 0.5 ? '1(HIGH)' : '0(NORMAL)') as '1(HIGH)' | '0(NORMAL)';
const round = (ms: number) => Math.round(ms * 1000) / 1000;

export function presentRouted(result: RoutedResult): RoutedTicket {
  if (result.kind === 'repeated') return presentRepeated(result.ticket);
  const { triage, routing, milliseconds } = result;
  return {
    ticket_id: result.ticketId,
    client_ticket_id: result.received.ticket.clientTicketId,
    status: 'new',
    category: triage.category,
    department: triage.department,
    confidence: triage.confidence,
    abstained: triage.abstained,
    alternatives: [...triage.alternatives],
    urgency: urgencyWord(triage.urgencyScore),
    urgency_score: triage.urgencyScore,
    priority: result.priority,
    sentiment: triage.sentiment,
    language: result.received.ticket.language,
    model_used: triage.modelUsed,
    model_version: triage.modelVersion,
    agent: routing.agent,
    assignment: routing.assignment,
    dedup: presentDuplicates(result.duplicates),
    timings_ms: { triage: round(milliseconds.triage), store: round(milliseconds.store) },
  };
}

/** A repeated sending gets the ticket as it stands now; it was triaged when it came first. */
function presentRepeated(t: Ticket): RoutedTicket {
  return {
    ticket_id: t.id,
    client_ticket_id: t.clientTicketId,
    status: t.status,
    category: t.category ?? 'General',
    department: t.department ?? 'Legal',
    confidence: t.confidence ?? 0,
    abstained: t.abstained ?? true,
    alternatives: [...t.alternatives],
    urgency: urgencyWord(t.urgencyScore ?? 0),
    urgency_score: t.urgencyScore ?? 0,
    priority: t.priority ?? 'low',
    sentiment: t.sentiment ?? 'neutral',
    language: t.language,
    model_used: t.modelUsed ?? 'none',
    model_version: t.modelVersion ?? 'none',
    agent: t.agent,
    assignment: t.assignment,
    dedup: presentDuplicates(t.duplicates),
    timings_ms: {},
  };
}

export function presentMessage(m: Message) {
  return {
    id: m.id,
    author: m.author,
    actor: m.actor,
    text: m.text,
    private: m.private,
    delivery: m.delivery,
    citations: m.citations,
    created_at: m.created_at.toISOString(),
  };
}

export function presentInteraction(row: InteractionRow): Interaction {
  return {
    interaction_id: row.id,
    ticket_id: row.ticket_id,
    review_id: row.review_id,
    message: row.message,
    category: row.category,
    router_confidence: row.router_confidence,
    abstained: row.abstained,
    kb_hits: row.passages,
    answer: row.answer,
    final_answer: row.final_answer,
    citations: row.citations,
    method: row.method,
    tone: row.tone as Interaction['tone'],
    language: row.language,
    quality: row.judge_score,
    judge_score: row.judge_score,
    judge: row.judge,
    judge_reasoning: row.judge_reasoning,
    guardrail_action: row.guardrail_action,
    guardrail_notes: row.guardrail_notes,
    attempts: row.attempts,
    attempt_log: row.attempt_log,
    model_used: row.model_used,
    versions: row.versions,
    timings_ms: row.timings_ms,
    created_at: row.created_at.toISOString(),
  };
}

export function presentReview(r: Review): ReviewBody {
  return {
    id: r.id,
    ticket_id: r.ticketId,
    status: r.status,
    reason: r.reason,
    notes: r.notes,
    draft: r.draft,
    citations: r.citations,
    reply: r.reply,
    decision_reason: r.decisionReason,
    decided_by: r.decidedBy,
    created_at: r.createdAt.toISOString(),
    decided_at: r.decidedAt?.toISOString() ?? null,
    ticket: r.ticket,
  };
}

export function presentClock(c: ClockRow): SlaClockBody {
  return {
    ticket_id: c.ticketId,
    clock: c.clock,
    round: c.round,
    state: c.state,
    priority: c.priority,
    target_minutes: c.target,
    used_minutes: c.used,
    started_at: c.startedAt.toISOString(),
    due_at: c.dueAt?.toISOString() ?? null,
    stopped_at: c.stoppedAt?.toISOString() ?? null,
    breached_at: c.breachedAt?.toISOString() ?? null,
    risk: c.risk,
    agent: c.agent,
  };
}

export function presentAgent({ load, capacity, skills, online, keeps }: Agent): AgentState {
  return {
    load,
    capacity,
    utilisation: utilisation({ load, capacity }),
    skills,
    online,
    keeps: keeps ?? false,
  };
}

export function presentQueued(q: RoutingQueued) {
  return {
    ticket_id: q.id,
    client_ticket_id: q.clientTicketId,
    subject: q.subject,
    category: q.category,
    department: q.department,
    priority: q.priority,
    urgency_score: q.urgencyScore,
    queue: q.queue,
    queued_at: q.queuedAt.toISOString(),
  };
}

export function presentDocument(d: KnowledgeDocument) {
  return {
    id: d.id,
    source: d.source,
    title: d.title,
    language: d.language,
    category: d.category,
    content_type: d.contentType,
    chunks: d.chunks,
    problem: d.problem,
    warning: d.warning,
    created_at: d.createdAt.toISOString(),
    updated_at: d.updatedAt.toISOString(),
  };
}
