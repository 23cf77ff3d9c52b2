import type { FastifyInstance } from 'fastify';
import { createBase } from './base-server.ts';
import { createBinder } from './bind-route.ts';
import { bindHealth } from './handlers/health.ts';
import { limitRates } from './limit-rates.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Services } from './services.ts';

/** What a worker says of itself: /health, /ready, /version and /metrics, and nothing else. Keys are guessed as slowly as elsewhere. */
export async function createWorkerServer(services: Services, settings: ServerSettings): Promise<FastifyInstance> {
  const server = createBase(services, settings, 'This process is a worker: ask one of the role api.');
  const access = { ...settings.access, findKey: services.findKey };
  const { requestsPerMinute, counts, checkResponses } = settings;
  const findKey = access.open ? access.findKey : await limitRates(server, { requestsPerMinute, access, counts });
  await server.register(async (scope) => {
    const bind = createBinder(scope, {
      access: { ...access, findKey },
      idempotency: services.idempotency,
      checkResponses,
    });
    bindHealth(bind, services, settings);
  });
  return server;
}
