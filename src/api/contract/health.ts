import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const component = z.object({
  status: z.enum(['ok', 'degraded', 'down', 'not_configured']),
  detail: z.string(),
});

export const health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    components: z.object({
      database: component,
      queue: component,
      model: component,
      knowledge: component,
      llm: component,
    }),
    model_loaded: z.boolean(),
    model_variant: z.string(),
    categories: z.array(z.string()),
    circuit_breaker: z.enum(['closed', 'open', 'half-open']).describe('Of the triage model, in this process'),
    uptime_seconds: z.number(),
    version: z.string(),
  })
  .meta({ id: 'Health' });

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
  metrics: defineRoute({
    method: 'GET',
    url: '/metrics',
    summary: 'Prometheus metrics',
    scope: 'public',
    produces: 'text/plain; version=0.0.4; charset=utf-8',
    response: { 200: z.string() },
  }),
} as const;
