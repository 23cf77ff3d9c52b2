import type { FastifyInstance } from 'fastify';
import { SignalboxError } from '../../ticket/index.ts';

/** Paths of the whole contract whose part is not built: an honest 501 instead of a 404 that looks like a slip. */
const parts: Readonly<Record<string, string>> = {
  '/customers/:id/similar': 'Similar customers',
  '/customers/:id/insights': 'Insights into a customer',
  '/rl/*': 'Learning of answer strategies',
  '/decisions/*': 'Replay of decisions',
  '/analytics/*': 'Analytics',
};

export function refuseNotYet(server: FastifyInstance): void {
  for (const [url, part] of Object.entries(parts)) {
    server.all(url, { schema: { hide: true } }, () => {
      throw new SignalboxError('not-yet', `${part} is not built yet. GET /docs lists what is.`);
    });
  }
}
