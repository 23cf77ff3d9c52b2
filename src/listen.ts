import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from './platform/index.ts';
import { SignalboxError } from './ticket/index.ts';

/** @throws `port-in-use` naming what to do */
export async function listen(server: FastifyInstance, config: Pick<Config, 'HOST' | 'PORT'>): Promise<string> {
  try {
    return await server.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE')
      throw new SignalboxError(
        'port-in-use',
        `Port ${config.PORT} on ${config.HOST} is in use. Stop the other program or choose another port with PORT=8001.`,
        { cause: error },
      );
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw new SignalboxError(
        'config-invalid',
        `${config.HOST}:${config.PORT} cannot be listened on (${code}). Choose another HOST or PORT.`,
        { cause: error },
      );
    throw error;
  }
}

/**
 * No new requests; those in flight have `graceMs` to end. Then the connections are cut, whatever their clients do: one
 * that sends half a request, or reads no answer, would otherwise hold the stop up for as long as it likes.
 */
export async function closeServer(server: FastifyInstance, graceMs: number): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), graceMs);
  try {
    await server.close();
  } finally {
    clearTimeout(cut);
  }
}

/**
 * Waits until nothing is in hand, at most `graceMs`: a model call may still be under way. A run that is left half-done
 * is taken up at the next start.
 */
export async function untilIdle(inHand: ReadonlySet<string>, graceMs: number): Promise<void> {
  for (let waited = 0; inHand.size > 0 && waited < graceMs; waited += 20) await wait(20);
}
