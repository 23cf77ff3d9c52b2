import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { type AccessSettings, isAdminKey, keyHashOf } from './access.ts';

/**
 * Counts before anybody is asked who they are, so that guessing keys is limited too. A key that was found valid counts
 * by itself; everything else (no key, an unknown one, the first request with a new one) counts for its address. Known
 * keys are held as hashes in memory, at most as many as there are valid keys.
 */
export async function limitRates(
  server: FastifyInstance,
  { requestsPerMinute, access }: { requestsPerMinute: number; access: AccessSettings },
): Promise<AccessSettings['findKey']> {
  const known = new Set<string>();
  await server.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => {
      const hash = keyHashOf(request);
      const valid = hash !== null && (known.has(hash) || isAdminKey(hash, access.adminKey));
      return valid ? `key ${hash}` : `address ${request.ip}`;
    },
    allowList: (request) => request.url === '/health' || request.url === '/ready',
  });
  // A hook of the server runs before those of a route, where the credentials are looked at.
  server.addHook('onRequest', server.rateLimit());
  return async (hash) => {
    const caller = await access.findKey(hash);
    if (caller === null) known.delete(hash);
    else known.add(hash);
    return caller;
  };
}
