import { z } from 'zod';
import { communicationStyles, customerStages, limits, statuses, tiers } from '../../ticket/index.ts';
import {
  citation,
  cleanText,
  email,
  filterText,
  id,
  listOf,
  metadata,
  optionalText,
  page,
  probability,
  timestamp,
} from './common.ts';
import { defineRoute } from './define-route.ts';

export const sessionId = z
  .string({ error: 'session_id must be a string' })
  .regex(/^[A-Za-z0-9._:@-]{1,128}$/, { error: 'session_id must have 1 to 128 letters, digits or . _ : @ -' });

/** What a customer says in a chat, over HTTP or a socket. */
export const chatText = cleanText('message', 1, limits.body);

const claim = z.object({
  customer_id: optionalText('customer_id', 200).describe('an id of ours, or your own'),
  email: email.optional(),
  name: optionalText('name', 200),
  tier: z.enum(tiers).optional().describe('believed from keys with the scope agent or admin only'),
});

const sessionToken = z.string().min(1).max(2_000).optional();

/** How an answer came about; the same in the frame of a socket. */
const chatMetadata = z.object({
  response_time: z.number().min(0).describe('seconds from the message to the reply'),
  confidence: probability.nullable(),
  communication_style: z.enum(communicationStyles),
  strategy: z.string(),
});

const chatAnswer = z
  .object({
    response: z.string().describe('empty when a person has the conversation, or nothing is to be said'),
    session_id: z.string(),
    customer_id: id,
    ticket_id: id,
    escalated: z.boolean().describe('a person has it; the machine is silent from now on'),
    pending: z.boolean().describe('the answer takes longer: read it with GET /chat/{session_id}/messages'),
    metadata: chatMetadata,
    session_token: z.string().optional().describe('first answer of a session only: proves that the session is yours'),
  })
  .meta({ id: 'ChatAnswer' });

const chatMessage = z
  .object({
    id,
    ticket_id: id,
    author: z.enum(['customer', 'agent', 'ai', 'system']),
    text: z.string(),
    citations: z.array(citation),
    created_at: timestamp,
  })
  .meta({ id: 'ChatMessage' });

export const customer = z
  .object({
    id,
    customer_id: z.string().nullable().describe('your own id of this customer'),
    email: z.string().nullable(),
    claimed_email: z.string().nullable().describe('what a chat visitor gave as the address; not checked'),
    name: z.string().nullable(),
    tier: z.enum(tiers),
    style: z.enum(communicationStyles).nullable().describe('set by a person; null: read from how the customer writes'),
    language: z.enum(['en', 'de']).nullable(),
    notes: z.string(),
    metadata: z.record(z.string(), z.unknown()),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Customer' });
export type CustomerBody = z.output<typeof customer>;

const customerProfile = customer
  .extend({
    communication_style: z.enum(communicationStyles),
    stage: z.enum(customerStages),
    frustrations: z.int().describe('messages in a row that showed frustration, the newest first'),
    ticket_count: z.int(),
    mean_rating: z.number().min(1).max(5).nullable(),
    tickets: z.array(
      z.object({
        id,
        subject: z.string(),
        category: z.string().nullable(),
        status: z.enum(statuses),
        created_at: timestamp,
      }),
    ),
  })
  .meta({ id: 'CustomerProfile' });

const customerInput = z.object({
  customer_id: optionalText('customer_id', 200).nullable(),
  email: email.nullish(),
  name: optionalText('name', 200).nullable(),
  tier: z.enum(tiers).optional(),
  style: z.enum(communicationStyles).nullish(),
  language: z.enum(['en', 'de']).nullish(),
  notes: cleanText('notes', 0, 10_000).optional(),
  metadata: metadata.optional(),
});
/** One field at least, so that a slip in the only name is told instead of doing nothing. */
const someField = customerInput.refine((v) => Object.values(v).some((field) => field !== undefined), {
  error: 'gives no field of a customer: customer_id, email, name, tier, style, language, notes or metadata',
});

const byId = z.object({ id });
const bySession = z.object({ session_id: sessionId });

export const conversationRoutes = {
  chat: defineRoute({
    method: 'POST',
    url: '/chat',
    summary: 'Say something in a chat; the first message opens the session and gives its token',
    scope: 'public',
    idempotent: true,
    body: z.object({
      session_id: sessionId.optional().describe('chosen by you; made when left out'),
      message: chatText,
      customer_context: claim.nullish(),
      session_token: sessionToken,
    }),
    response: { 200: chatAnswer, 202: chatAnswer },
  }),
  chatMessages: defineRoute({
    method: 'GET',
    url: '/chat/:session_id/messages',
    summary: 'The conversation of a session, oldest first; with the token in X-Session-Token, or as an agent',
    scope: 'public',
    params: bySession,
    query: z.object({
      since: z.uuid({ error: 'since must be the id of a message' }).optional(),
      limit: page.shape.limit,
    }),
    response: {
      200: z.object({
        session_id: z.string(),
        items: z.array(chatMessage),
        answering: z.boolean(),
        escalated: z.boolean(),
      }),
    },
  }),
  createCustomer: defineRoute({
    method: 'POST',
    url: '/customers',
    summary: 'Add a customer',
    scope: 'agent',
    body: someField,
    response: { 201: customer },
  }),
  listCustomers: defineRoute({
    method: 'GET',
    url: '/customers',
    summary: 'Customers, newest first',
    scope: 'agent',
    query: page.extend({ q: filterText('q', 200), tier: z.enum(tiers).optional() }),
    response: { 200: listOf(customer) },
  }),
  readCustomer: defineRoute({
    method: 'GET',
    url: '/customers/:id',
    summary: 'One customer with style, stage and last tickets',
    scope: 'agent',
    params: byId,
    response: { 200: customerProfile },
  }),
  updateCustomer: defineRoute({
    method: 'PUT',
    url: '/customers/:id',
    summary: 'Change a customer; what is left out stays',
    scope: 'agent',
    params: byId,
    body: someField,
    response: { 200: customer },
  }),
} as const;
