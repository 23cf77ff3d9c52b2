import { z } from 'zod';
import {
  alternative,
  citation,
  cleanText,
  department,
  email,
  filterText,
  id,
  intent,
  language,
  listOf,
  optionalText,
  page,
  priority,
  probability,
  requestedPriority,
  sentiment,
  status,
  ticketInput,
  timestamp,
} from './common.ts';
import { defineRoute } from './define-route.ts';
import { ticketFeatures } from './features.ts';
import { attachment, attachments } from './files.ts';
import { agentName, dedup } from './routing.ts';
import { slaClock } from './sla.ts';
import { trace } from './trace.ts';

export const ticket = z
  .object({
    id,
    client_ticket_id: z.string().nullable(),
    subject: z.string(),
    body: z.string(),
    customer_email: z.string().nullable(),
    customer_name: z.string().nullable(),
    channel: z.string(),
    language,
    status,
    handled_by: z.enum(['ai', 'human']).nullable(),
    intent,
    category: z.string().nullable(),
    department: department.nullable(),
    priority: priority.nullable(),
    requested_priority: requestedPriority.nullable(),
    confidence: probability.nullable(),
    abstained: z.boolean().nullable(),
    alternatives: z.array(alternative),
    urgency_score: probability.nullable(),
    sentiment: sentiment.nullable(),
    suggestion: z.string(),
    citations: z.array(citation),
    model_used: z.string().nullable(),
    model_version: z.string().nullable(),
    model_intent: intent.nullable(),
    model_confidence: probability.nullable(),
    agent: z.string().nullable(),
    assignment: z.enum(['assigned', 'waiting', 'none']),
    decision_id: id.nullable(),
    dedup,
    metadata: z.record(z.string(), z.unknown()),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Ticket' });
export type TicketBody = z.output<typeof ticket>;

export const message = z
  .object({
    id,
    author: z.enum(['customer', 'agent', 'ai', 'system']),
    actor: z.string(),
    text: z.string(),
    private: z.boolean(),
    delivery: z.enum(['pending', 'delivered', 'failed']).nullable(),
    citations: z.array(citation),
    created_at: timestamp,
  })
  .meta({ id: 'Message' });

export const review = z
  .object({
    id,
    ticket_id: id,
    status: z.enum(['pending', 'approved', 'edited', 'rejected', 'escalated']),
    reason: z.string(),
    notes: z.array(z.string()),
    draft: z.string().nullable(),
    citations: z.array(citation),
    reply: z.string().nullable(),
    decision_reason: z.string().nullable(),
    decided_by: z.string().nullable(),
    created_at: timestamp,
    decided_at: timestamp.nullable(),
    ticket: z.object({
      subject: z.string(),
      category: z.string().nullable(),
      priority: priority.nullable(),
      language,
      status,
    }),
  })
  .meta({ id: 'Review' });
export type ReviewBody = z.output<typeof review>;

const byId = z.object({ id });
const reasonText = cleanText('reason', 1, 2_000);
const replyText = cleanText('reply', 1, 20_000);

export const ticketRoutes = {
  createTicket: defineRoute({
    method: 'POST',
    url: '/tickets',
    summary: 'Create a ticket; it is stored as new, and evaluated in the background when that is asked for',
    scope: 'customer',
    idempotent: true,
    files: 'json',
    body: ticketInput.extend({
      customer_email: email,
      attachments,
      evaluate: z.enum(['none', 'background']).optional().describe('without it AUTO_EVALUATE decides'),
    }),
    response: { 201: ticket },
  }),
  listTickets: defineRoute({
    method: 'GET',
    url: '/tickets',
    summary: 'Tickets, newest first',
    scope: 'agent',
    query: page.extend({
      status: status.optional(),
      category: filterText('category', 100),
      q: filterText('q', 200),
    }),
    response: { 200: listOf(ticket) },
  }),
  readTicket: defineRoute({
    method: 'GET',
    url: '/tickets/:id',
    summary: 'One ticket, with what came along with it',
    scope: 'agent',
    params: byId,
    response: { 200: ticket.extend({ attachments: z.array(attachment), sla: z.array(slaClock) }) },
  }),
  evaluateTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/ai-evaluate',
    summary: 'Take the ticket through the steps; a second call is refused',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  assignTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/assign',
    summary: 'Give the ticket to an agent',
    scope: 'agent',
    params: byId,
    body: z.object({ agent: agentName }),
    response: { 200: ticket },
  }),
  releaseTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/release',
    summary: 'Give the ticket back to the queue',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  resolveTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/resolve',
    summary: 'Resolve the ticket, with a reply or without',
    scope: 'agent',
    params: byId,
    body: z.object({ reply: replyText.optional(), reason: reasonText }),
    response: { 200: ticket },
  }),
  closeTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/close',
    summary: 'Close a resolved ticket',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  reopenTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/reopen',
    summary: 'Make a resolved or closed ticket new again',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  giveFeedback: defineRoute({
    method: 'POST',
    url: '/tickets/:id/feedback',
    summary: 'Rating by the customer, once',
    scope: 'customer',
    params: byId,
    body: z.object({
      rating: z.int().min(1).max(5),
      resolved: z.boolean(),
      comment: cleanText('comment', 1, 5_000).optional(),
    }),
    response: {
      201: z.object({
        ticket_id: id,
        rating: z.int(),
        resolved: z.boolean(),
        comment: z.string().nullable(),
        created_at: timestamp,
      }),
    },
  }),
  listMessages: defineRoute({
    method: 'GET',
    url: '/tickets/:id/messages',
    summary: 'The conversation, oldest first',
    scope: 'agent',
    params: byId,
    response: { 200: z.object({ items: z.array(message) }) },
  }),
  addMessage: defineRoute({
    method: 'POST',
    url: '/tickets/:id/messages',
    summary: "Add a message; a customer's makes a resolved ticket new again",
    scope: 'agent',
    idempotent: true,
    files: 'json',
    params: byId,
    body: z.object({
      text: cleanText('text', 1, 20_000),
      author: z.enum(['customer', 'agent']),
      private: z.boolean().default(false),
      attachments,
    }),
    response: { 201: message },
  }),
  readTrace: defineRoute({
    method: 'GET',
    url: '/tickets/:id/trace',
    summary: 'Every step with verdict, versions and time',
    scope: 'agent',
    params: byId,
    response: { 200: trace },
  }),
  readFeatures: defineRoute({
    method: 'GET',
    url: '/tickets/:id/features',
    summary: 'Entities, patterns, topics, style and similar tickets; no card and no bank account in clear',
    scope: 'agent',
    params: byId,
    response: { 200: ticketFeatures },
  }),
  listReviews: defineRoute({
    method: 'GET',
    url: '/reviews',
    summary: 'Reviews, newest first',
    scope: 'agent',
    query: page.extend({
      status: z.enum(['pending', 'approved', 'edited', 'rejected', 'escalated']).optional(),
      reason: filterText('reason', 60).describe('a code of GET /reviews/reasons'),
    }),
    response: { 200: listOf(review) },
  }),
  decideReview: defineRoute({
    method: 'POST',
    url: '/reviews/:id',
    summary: 'Decide a review: approve sends the draft, edit sends your reply, reject and escalate send nothing',
    scope: 'agent',
    params: byId,
    body: z.object({
      action: z.enum(['approve', 'edit', 'reject', 'escalate']),
      reply: replyText.optional(),
      category: optionalText('category', 100),
      reason: reasonText,
    }),
    response: { 200: review },
  }),
} as const;
