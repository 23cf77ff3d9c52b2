import { z } from 'zod';
import { cleanText, id, language, listOf, page, probability, status, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const incidentId = z
  .string()
  .regex(/^MI-[0-9A-Z]{8}$/i, { error: 'must be the id of an incident (MI-XXXXXXXX)' })
  .transform((v) => v.toUpperCase());

export const incident = z
  .object({
    id: z.string(),
    status: z.enum(['open', 'resolved']),
    title: z.string().describe('subject of the ticket in the middle'),
    category: z.string().nullable(),
    centre_ticket: id.describe('the member that is most like the others'),
    members: z.int(),
    customers: z.int().describe('tickets of one customer count once, tickets without one each by itself'),
    untold: z.int().describe('members that were told nothing through the incident'),
    languages: z.object({ en: z.int(), de: z.int(), other: z.int() }),
    opened_at: timestamp,
    last_member_at: timestamp,
    close_proposed: z.boolean().describe('nobody new for INCIDENT_QUIET_MINUTES'),
    close_proposed_at: timestamp.nullable(),
    resolved_at: timestamp.nullable(),
    resolved_by: z.string().nullable(),
  })
  .meta({ id: 'Incident' });
export type IncidentBody = z.output<typeof incident>;

export const incidentMember = z
  .object({
    ticket_id: id,
    subject: z.string(),
    language,
    status,
    customer_id: id.nullable(),
    at: timestamp,
    similarity: probability,
    duplicate_of: id.nullable(),
    same_customer: z.boolean(),
    waiting: z.boolean().describe('it stands in no queue: it waits for what the incident comes to'),
    told_at: timestamp.nullable(),
  })
  .meta({ id: 'IncidentMember' });
export type IncidentMemberBody = z.output<typeof incidentMember>;

const incidentEvent = z.object({
  at: timestamp,
  actor: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

const replyText = cleanText('text', 1, 20_000);
const byId = z.object({ id: incidentId });
const ofTicket = z.object({ ticket_id: id });

export const incidentRoutes = {
  listIncidents: defineRoute({
    method: 'GET',
    url: '/incidents',
    summary: 'Incidents, newest first',
    scope: 'agent',
    query: page.extend({ status: incident.shape.status.optional() }),
    response: { 200: listOf(incident) },
  }),
  readIncident: defineRoute({
    method: 'GET',
    url: '/incidents/:id',
    summary: 'One incident with its timeline and its members, first come first',
    scope: 'agent',
    params: byId,
    query: page,
    response: {
      200: incident.extend({ member_tickets: listOf(incidentMember), timeline: z.array(incidentEvent) }),
    },
  }),
  closeIncident: defineRoute({
    method: 'POST',
    url: '/incidents/:id/close',
    summary: 'End it: members that were told are resolved with it, the others are routed; again → 200',
    scope: 'agent',
    params: byId,
    body: z.object({
      reason: cleanText('reason', 1, 2_000),
      resolve_members: z.boolean().default(true).describe('whether members that were told are resolved with it'),
    }),
    response: { 200: incident },
  }),
  reopenIncident: defineRoute({
    method: 'POST',
    url: '/incidents/:id/reopen',
    summary: 'Tickets join it again; again → 200',
    scope: 'agent',
    params: byId,
    response: { 200: incident },
  }),
  detachTicket: defineRoute({
    method: 'POST',
    url: '/incidents/:id/detach',
    summary: 'A ticket does not belong to it and is routed by itself; again → 200',
    scope: 'agent',
    params: byId,
    body: ofTicket,
    response: { 200: incident },
  }),
  attachTicket: defineRoute({
    method: 'POST',
    url: '/incidents/:id/attach',
    summary: 'A ticket belongs to it, too; again → 200',
    scope: 'agent',
    params: byId,
    body: ofTicket,
    response: { 200: incident },
  }),
  replyToMembers: defineRoute({
    method: 'POST',
    url: '/incidents/:id/reply',
    summary: 'Tell all members the same, each in its language',
    scope: 'agent',
    idempotent: true,
    params: byId,
    body: z.object({
      text: replyText,
      language: z.enum(['en', 'de']).optional().describe('of text; detected without it'),
      translations: z.object({ en: replyText.optional(), de: replyText.optional() }).default({}),
      same_for_all: z.boolean().default(false).describe('send text to those who write another language, too'),
      resolve: z.boolean().default(false).describe('resolve the tickets that are told'),
      only: z.enum(['all', 'untold']).default('all').describe('untold: those that were told nothing yet'),
    }),
    response: {
      200: z.object({
        incident_id: z.string(),
        told: z.int(),
        resolved: z.int(),
        skipped: z.object({
          answered: z.int().describe('a person wrote to them meanwhile'),
          closed: z.int().describe('resolved or closed already'),
        }),
        languages: z.object({ en: z.int(), de: z.int(), other: z.int() }),
      }),
    },
  }),
} as const;
