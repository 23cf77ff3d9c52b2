import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { SharedCounts } from '../../platform/index.ts';
import { type AccessSettings, isAdminKey, keyHashOf } from './access.ts';
import { countingStore } from './count-requests.ts';

/**
 * Counts before anybody is asked who they are, so that guessing keys is limited too. A key that was found valid counts
 * by itself; everything else (no key, an unknown one, the first request with a new one) counts for its address. Known
 * keys are held as hashes in memory, at most as many as there are valid keys. With Redis all processes count together.
 */
export async function limitRates(
  server: FastifyInstance,
  {
    requestsPerMinute,
    access,
    counts,
  }: { requestsPerMinute: number; access: AccessSettings; counts: SharedCounts | null },
): Promise<AccessSettings['findKey']> {
  const known = new Set<string>();
  await server.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: '1 minute',
    store: countingStore(counts) as never,
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
