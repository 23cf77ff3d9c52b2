import type { FastifyInstance } from 'fastify';
import { createServer, createWorkerServer, type ServerSettings } from './api/index.ts';
import { closeServer, listen, untilIdle } from './listen.ts';
import { paths, version } from './paths.ts';
import type { Running } from './running.ts';

/** Milliseconds that a stop waits, one after the other. */
const grace = { requests: 10_000, run: 1_000 } as const;

export interface Server {
  /** @returns the address */
  listen(): Promise<string>;
  /** First no new requests; requests and runs in flight are finished. */
  close(): Promise<void>;
}

type Serving = Running & { readonly checkResponses: boolean };

/** Every route, the sockets and the console. */
export async function serveApi(serving: Serving): Promise<Server> {
  return closing(await createServer(serving.services, settingsOf(serving)), serving);
}

/** Only what a worker says of itself. */
export async function serveWorker(serving: Serving): Promise<Server> {
  return closing(await createWorkerServer(serving.services, settingsOf(serving)), serving);
}

function settingsOf({ config, bus, checkResponses, log }: Serving): ServerSettings {
  return {
    access: { open: config.loopback, adminKey: config.SIGNALBOX_ADMIN_KEY },
    version,
    consoleFolder: paths.console,
    requestsPerMinute: config.RATE_LIMIT,
    counts: bus.counts,
    metricsOpen: config.METRICS_OPEN,
    checkResponses,
    log,
  };
}

function closing(server: FastifyInstance, { config, jobs, parts }: Serving): Server {
  return {
    listen: () => listen(server, config),
    async close() {
      const began = performance.now();
      await jobs.rest();
      await closeServer(server, grace.requests);
      await untilIdle(parts.inHand, Math.max(grace.run, grace.requests - (performance.now() - began)));
    },
  };
}
