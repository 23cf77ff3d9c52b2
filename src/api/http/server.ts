import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { serveChat } from '../ws/serve-chat.ts';
import { serveStream } from '../ws/serve-stream.ts';
import { createBase } from './base-server.ts';
import { createBinder } from './bind-route.ts';
import { bindAgents } from './handlers/agents.ts';
import { bindAnswering } from './handlers/answering.ts';
import { bindConversation, bindCustomers } from './handlers/conversation.ts';
import { bindFiles } from './handlers/files.ts';
import { bindGaps } from './handlers/gaps.ts';
import { bindHealth } from './handlers/health.ts';
import { bindIncidents } from './handlers/incidents.ts';
import { bindJobs } from './handlers/jobs.ts';
import { bindKnowledge } from './handlers/knowledge.ts';
import { bindLlm } from './handlers/llm.ts';
import { bindOutcomes } from './handlers/outcomes.ts';
import { bindRouting } from './handlers/routing.ts';
import { bindStreams } from './handlers/streams.ts';
import { bindTickets } from './handlers/tickets.ts';
import { bindWebhooks } from './handlers/webhooks.ts';
import { limitRates } from './limit-rates.ts';
import { refuseNotYet } from './not-yet.ts';
import { acceptFiles } from './receive-file.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Services } from './services.ts';

/** Every route of the contract, the sockets, the description of it all and the console. */
export async function createServer(services: Services, settings: ServerSettings): Promise<FastifyInstance> {
  const server = createBase(services, settings);
  await acceptFiles(server);
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Signalbox', version: settings.version } },
    transform: jsonSchemaTransform,
  });
  await server.register(swaggerUi, { routePrefix: '/docs' });
  const access = { ...settings.access, findKey: services.findKey };
  const { requestsPerMinute, counts } = settings;
  const findKey = access.open ? access.findKey : await limitRates(server, { requestsPerMinute, access, counts });
  await serveChat(server, { chat: services.chat, access: { ...access, findKey } });
  serveStream(server, { stream: services.streams, access: { ...access, findKey } });
  await server.register(async (scope) => bindAll(scope, { ...services, findKey }, settings));
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger());
  await serveConsole(server, settings.consoleFolder);
  return server;
}

function bindAll(server: FastifyInstance, services: Services, settings: ServerSettings): void {
  const access = { ...settings.access, findKey: services.findKey };
  const bind = createBinder(server, {
    access,
    idempotency: services.idempotency,
    checkResponses: settings.checkResponses,
  });
  bindHealth(bind, services, settings);
  bindRouting(bind, services);
  bindJobs(bind, services);
  bindStreams(bind, services);
  bindTickets(bind, services);
  bindConversation(bind, services);
  bindCustomers(bind, services);
  bindAnswering(bind, services);
  bindKnowledge(bind, services);
  bindOutcomes(bind, services);
  bindGaps(bind, services);
  bindIncidents(bind, services);
  bindFiles(bind, services);
  bindLlm(bind, services);
  bindAgents(bind, services);
  bindWebhooks(bind, services);
  refuseNotYet(server);
}

const contentPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The console is at `/` and below `/ui`; its own paths are all answered with the one page. */
async function serveConsole(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    server.get('/', { schema: { hide: true } }, (_, reply) =>
      reply
        .type('text/plain')
        .send('The console is not built. Run: npm run build:console\nThe API is described at /docs\n'),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: folder,
    prefix: '/ui/',
    index: false,
    wildcard: false,
    immutable: true,
    maxAge: '365d',
  });
  const page = (
    _: unknown,
    reply: { header(k: string, v: string): unknown; sendFile(name: string, options: object): unknown },
  ) => {
    reply.header('content-security-policy', contentPolicy);
    return reply.sendFile('index.html', { maxAge: 0, immutable: false });
  };
  for (const url of ['/', '/ui', '/ui/*']) server.get(url, { schema: { hide: true } }, page as never);
}
