import { z } from 'zod';
import { limits } from '../../ticket/index.ts';
import { channel, cleanText, email, metadata, optionalText, requestedPriority } from './common.ts';
import { defineRoute } from './define-route.ts';
import { routedTicket } from './routing.ts';

/** What is sent to WS /stream and to the Kafka topic; the body of POST /route may be sent as well. */
export const streamFrame = z.object({
  customer_message: cleanText('customer_message', 1, limits.body),
  ticket_id: optionalText('ticket_id', 200).describe("the client's own id"),
  priority: requestedPriority.optional(),
  customer_id: optionalText('customer_id', 320).describe('an e-mail address, or a name of the client for the customer'),
  subject: optionalText('subject', limits.subject),
  customer_email: email.optional(),
  customer_name: optionalText('customer_name', 200),
  channel,
  language: z.enum(['en', 'de']).optional(),
  metadata: metadata.optional(),
});

/** What comes back over WS /stream. */
export const streamReply = z.union([
  z.object({ status: z.literal('received'), ticket_id: z.string(), timestamp: z.iso.datetime() }),
  z.object({ status: z.literal('classified'), ticket_id: z.string(), result: routedTicket }),
  z.object({ error: z.string(), code: z.string().optional(), ticket_id: z.string().optional() }),
]);
export type StreamReply = z.input<typeof streamReply>;

const streamState = z.object({
  name: z.enum(['websocket', 'kafka']),
  status: z.enum(['running', 'connecting', 'waiting', 'not_configured', 'elsewhere']),
  detail: z.string(),
  connections: z.int().describe('sockets that are open'),
  waiting: z.int().describe('tickets that are taken and not stored yet'),
  batch_size: z.int().describe('most tickets of the next batch; adapts to speed and to what waits'),
  per_second: z.object({ last_second: z.number(), last_minute: z.number() }),
  latency_ms: z.object({ p50: z.number().nullable(), p99: z.number().nullable() }),
  classified: z.int(),
  refused: z.int(),
  retried: z.int(),
  dead_letters: z.int(),
  lag: z.array(z.object({ topic: z.string(), partition: z.int(), lag: z.int() })),
});
export type StreamState = z.output<typeof streamState>;

export const streamRoutes = {
  streams: defineRoute({
    method: 'GET',
    url: '/streams',
    summary: 'Live throughput, batch size and lag of the streams, in this process',
    scope: 'agent',
    response: { 200: z.object({ streams: z.array(streamState) }) },
  }),
} as const;
