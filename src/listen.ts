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

/** Waits until nothing is in hand, at most half a minute: a model call may still be under way. */
export async function untilIdle(inHand: ReadonlySet<string>): Promise<void> {
  for (let waited = 0; inHand.size > 0 && waited < 30_000; waited += 20) await wait(20);
}
