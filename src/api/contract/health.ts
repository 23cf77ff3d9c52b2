import { z } from 'zod';
import { timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const component = z.object({
  status: z.enum(['ok', 'degraded', 'down', 'not_configured']),
  detail: z.string(),
});

export const health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    components: z
      .object({
        database: component,
        queue: component,
        model: component,
        knowledge: component,
        llm: component,
        workers: component,
      })
      .catchall(component)
      .describe('and redis, kafka, webhooks and others that are there'),
    role: z.enum(['all', 'api', 'worker']).describe('of the process that answers'),
    processes: z
      .object({ all: z.int(), api: z.int(), worker: z.int() })
      .describe('that live on this database; 0 while it does not answer'),
    model_loaded: z.boolean(),
    model_variant: z.string(),
    categories: z.array(z.string()),
    circuit_breaker: z.enum(['closed', 'open', 'half-open']).describe('Of the triage model, in this process'),
    uptime_seconds: z.number(),
    version: z.string(),
  })
  .meta({ id: 'Health' });

const serverProcess = z
  .object({
    name: z.string().describe('machine and process number'),
    role: z.enum(['all', 'api', 'worker']),
    version: z.string(),
    since: timestamp,
    this: z.boolean().describe('the one that answers'),
  })
  .meta({ id: 'Process' });

export const healthRoutes = {
  health: defineRoute({
    method: 'GET',
    url: '/health',
    summary: 'State of every part',
    scope: 'public',
    response: { 200: health, 503: health },
  }),
  ready: defineRoute({
    method: 'GET',
    url: '/ready',
    summary: 'Ready to take tickets',
    scope: 'public',
    response: { 200: z.object({ ready: z.literal(true) }) },
  }),
  version: defineRoute({
    method: 'GET',
    url: '/version',
    summary: 'Versions of program, model, knowledge and policy',
    scope: 'public',
    response: {
      200: z.object({
        version: z.string(),
        model: z.string(),
        knowledge: z.string(),
        policy: z.string(),
        node: z.string(),
      }),
    },
  }),
  processes: defineRoute({
    method: 'GET',
    url: '/processes',
    summary: 'The servers that live on this database, the oldest first',
    scope: 'admin',
    response: { 200: z.object({ items: z.array(serverProcess) }) },
  }),
  metrics: defineRoute({
    method: 'GET',
    url: '/metrics',
    summary: 'Prometheus metrics; METRICS_OPEN=true asks for no key',
    scope: 'agent',
    produces: 'text/plain; version=0.0.4; charset=utf-8',
    response: { 200: z.string() },
  }),
} as const;
