import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { limits, SignalboxError } from '../../ticket/index.ts';
import { refuseForeign } from './access.ts';
import { compileValidator, parseJsonStrictly } from './parse-body.ts';
import { sendProblem } from './problem.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Services } from './services.ts';

/** Limits, errors and headers are the same for every server of ours. */
export function createBase(
  services: Services,
  settings: ServerSettings,
  hint = 'GET /docs lists every path.',
): FastifyInstance {
  const server = Fastify({
    loggerInstance: settings.log as FastifyBaseLogger,
    // A line for every request would tell more of customers than of us; requests are counted in the metrics.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 200 },
    bodyLimit: limits.request,
    // For receiving a request, not for answering it. Five megabytes in a minute is a slow line.
    requestTimeout: 60_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  server.setValidatorCompiler(compileValidator);
  server.setSerializerCompiler(() => JSON.stringify);
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  server.setNotFoundHandler((request, reply) =>
    sendProblem(
      new SignalboxError('not-found', `There is nothing at ${request.method} ${request.url.split('?', 1)[0]}. ${hint}`),
      request,
      reply,
    ),
  );
  parseJsonStrictly(server);
  addHooks(server, services, settings);
  return server;
}

function addHooks(server: FastifyInstance, services: Services, settings: ServerSettings): void {
  server.decorateRequest('caller');
  server.addHook('onRequest', (request, reply, done) => {
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('x-frame-options', 'DENY');
    refuseForeign(request, settings.access.open);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    services.observeRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
}
