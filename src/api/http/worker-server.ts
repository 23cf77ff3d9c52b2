import type { FastifyInstance } from 'fastify';
import { createBase } from './base-server.ts';
import { createBinder } from './bind-route.ts';
import { bindHealth } from './handlers/health.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Services } from './services.ts';

/** What a worker says of itself: /health, /ready, /version and /metrics, and nothing else. */
export function createWorkerServer(services: Services, settings: ServerSettings): FastifyInstance {
  const server = createBase(services, settings, 'This process is a worker: ask one of the role api.');
  const bind = createBinder(server, {
    access: { ...settings.access, findKey: services.findKey },
    idempotency: services.idempotency,
    checkResponses: settings.checkResponses,
  });
  bindHealth(bind, services, settings);
  return server;
}
