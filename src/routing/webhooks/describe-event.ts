import type { OutboxEntry } from '../../platform/index.ts';
import type { Ticket } from '../../ticket/index.ts';
import type { WebhookEvent, WebhookPayload } from './events.ts';

type Data = Record<string, string | number | boolean | null>;

/** Of what the ledger says only what is listed here goes out: it also holds what people wrote. */
const told: Readonly<Partial<Record<WebhookEvent, Readonly<Record<string, string>>>>> = {
  // name in the ledger: name in the event
  'ticket.routed': { agent: 'agent', queue: 'queue' },
  'ticket.critical': { incident_id: 'incident_id', urgency_score: 'urgency_score' },
  'ticket.resolved': { decided_by: 'decided_by' },
  'review.requested': { decided_by: 'reason' },
  'reply.sent': { handover: 'handover' },
  'incident.opened': { size: 'size', category: 'category', centre: 'centre_ticket_id' },
  'incident.closed': { size: 'size', category: 'category', centre: 'centre_ticket_id' },
  'sla.breached': { clock: 'clock', priority: 'priority', target_minutes: 'target_minutes', due_at: 'due_at' },
};

/**
 * What is sent of an entry of the ledger: ids, classes and states, and the customer's words only where the webhook asks
 * for them. `ticket` is the entry's, as it stands now.
 */
export function describeEvent(
  { entry, type, ticket }: { entry: OutboxEntry; type: WebhookEvent; ticket: Ticket | undefined },
  { includeContent }: { readonly includeContent: boolean },
): WebhookPayload {
  const about: Data = ticket === undefined ? { [`${entry.subjectType}_id`]: entry.subjectId } : describe(ticket);
  const said: Data = {};
  for (const [from, to] of Object.entries(told[type] ?? {})) {
    const value = entry.data[from];
    if (isPlain(value)) said[to] = value;
  }
  if (type === 'ticket.routed') said['agent'] ??= null;
  if (entry.action === 'run-failed') said['reason'] = 'run-failed';
  if (type === 'reply.sent') said['author'] = entry.actor === 'signalbox' ? 'ai' : 'agent';
  const words = includeContent ? wordsOf(entry, ticket) : {};
  return { type, timestamp: entry.at.toISOString(), data: { ...about, ...said, ...words } };
}

/** A title of an incident is the subject of one of its tickets. */
function wordsOf({ data }: OutboxEntry, ticket: Ticket | undefined): Data {
  if (ticket !== undefined) return { subject: ticket.subject, body: ticket.body };
  return typeof data['title'] === 'string' ? { subject: data['title'] } : {};
}

function describe(ticket: Ticket): Data {
  return {
    ticket_id: ticket.id,
    client_ticket_id: ticket.clientTicketId,
    channel: ticket.channel,
    language: ticket.language,
    status: ticket.status,
    category: ticket.category,
    department: ticket.department,
    priority: ticket.priority,
    urgency_score: ticket.urgencyScore,
    assignment: ticket.assignment,
    agent: ticket.agent,
    handled_by: ticket.handledBy,
    created_at: ticket.createdAt.toISOString(),
  };
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
