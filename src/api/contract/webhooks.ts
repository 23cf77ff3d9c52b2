import { z } from 'zod';
import { id, listOf, page, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const events = [
  'ticket.created',
  'ticket.routed',
  'ticket.critical',
  'ticket.resolved',
  'ticket.reopened',
  'reply.sent',
  'review.requested',
  'incident.opened',
  'incident.closed',
  'sla.breached',
] as const;

const settings = {
  format: z.enum(['generic', 'slack', 'discord']).describe('taken from the host of the url when it is left out'),
  events: z
    .array(z.enum(events))
    .max(events.length)
    .transform((all) => [...new Set(all)])
    .describe('empty: all of them'),
  language: z.enum(['en', 'de']).describe('of the words that slack and discord show'),
  include_content: z.boolean().describe("send the customer's subject and text along"),
};

export const webhook = z
  .object({
    id,
    url: z.string().describe('without what in it is a password'),
    format: settings.format,
    events: z.array(z.enum(events)),
    language: settings.language,
    include_content: settings.include_content,
    enabled: z.boolean(),
    disabled_reason: z.string().nullable(),
    failing_since: timestamp.nullable().describe('since when nothing has gone through'),
    pending: z.int().describe('deliveries that wait, or will be tried again'),
    dead: z.int().describe('deliveries that were given up'),
    origin: z.enum(['api', 'setting']).describe('setting: WEBHOOK_URL'),
    created_by: z.string(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Webhook' });
export type WebhookBody = z.output<typeof webhook>;

const withSecret = webhook.extend({ secret: z.string().describe('shown once') }).meta({ id: 'WebhookWithSecret' });

export const delivery = z
  .object({
    id: id.describe('the webhook-id of the request, the same at each attempt'),
    webhook_id: id,
    event: z.enum([...events, 'webhook.test']),
    status: z.enum(['pending', 'delivered', 'failed', 'dead']).describe('failed: will be tried again; dead: will not'),
    attempts: z.int(),
    next_attempt_at: timestamp.nullable(),
    last_attempt_at: timestamp.nullable(),
    last_status: z.int().nullable().describe('of HTTP; null: there was no answer'),
    last_error: z.string().nullable(),
    last_response: z.string().nullable().describe('the first 500 characters'),
    duration_ms: z.number().nullable(),
    delivered_at: timestamp.nullable(),
    created_at: timestamp,
    payload: z.unknown().describe('what is sent in the format generic'),
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryBody = z.output<typeof delivery>;

const byId = z.object({ id });

export const webhookRoutes = {
  addWebhook: defineRoute({
    method: 'POST',
    url: '/webhooks',
    summary: 'Have events sent to an address; the signing secret is shown once',
    scope: 'admin',
    idempotent: true,
    body: z.object({
      url: z.url({ error: 'must be a URL' }).max(2_000),
      format: settings.format.optional(),
      events: settings.events.default([]),
      language: settings.language.default('en'),
      include_content: settings.include_content.default(false),
    }),
    response: { 201: withSecret },
  }),
  listWebhooks: defineRoute({
    method: 'GET',
    url: '/webhooks',
    summary: 'All webhooks, oldest first',
    scope: 'admin',
    response: { 200: z.object({ items: z.array(webhook) }) },
  }),
  changeWebhook: defineRoute({
    method: 'PATCH',
    url: '/webhooks/:id',
    summary: 'Change a webhook, or switch it off and on',
    scope: 'admin',
    params: byId,
    body: z
      .object({
        enabled: z.boolean().optional(),
        format: settings.format.optional(),
        events: settings.events.optional(),
        language: settings.language.optional(),
        include_content: settings.include_content.optional(),
      })
      .refine((change) => Object.keys(change).length > 0, { error: 'name what is to be changed' }),
    response: { 200: webhook },
  }),
  deleteWebhook: defineRoute({
    method: 'DELETE',
    url: '/webhooks/:id',
    summary: 'Remove a webhook with its deliveries',
    scope: 'admin',
    params: byId,
    response: { 204: z.null() },
  }),
  testWebhook: defineRoute({
    method: 'POST',
    url: '/webhooks/:id/test',
    summary: 'Send a test now and tell what came of it; at most ten seconds',
    scope: 'admin',
    params: byId,
    response: { 200: delivery },
  }),
  rotateWebhook: defineRoute({
    method: 'POST',
    url: '/webhooks/:id/rotate',
    summary: 'A new signing secret; the one before signs along for 24 hours',
    scope: 'admin',
    params: byId,
    response: { 200: withSecret },
  }),
  replayWebhook: defineRoute({
    method: 'POST',
    url: '/webhooks/:id/replay',
    summary: 'Send again what was given up',
    scope: 'admin',
    params: byId,
    response: { 202: z.object({ replayed: z.int() }) },
  }),
  listDeliveries: defineRoute({
    method: 'GET',
    url: '/webhooks/deliveries',
    summary: 'What was sent and what came of it, newest first; kept for 30 days',
    scope: 'admin',
    query: page.extend({ webhook: id.optional(), status: delivery.shape.status.optional() }),
    response: { 200: listOf(delivery) },
  }),
  replayDelivery: defineRoute({
    method: 'POST',
    url: '/webhooks/deliveries/:id/replay',
    summary: 'Send one again, under the same webhook-id',
    scope: 'admin',
    params: byId,
    response: { 202: delivery },
  }),
} as const;
