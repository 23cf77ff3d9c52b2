import { createServer } from './api/index.ts';
import { openConversationHub } from './conversation-hub.ts';
import { type Engine, openStorage, type Progress, startEngine } from './engine.ts';
import { createHealth } from './health.ts';
import { closeServer, listen, untilIdle } from './listen.ts';
import { paths, version } from './paths.ts';
import { type Config, createLog, type Jobs, type Log, startJobs, systemClock } from './platform/index.ts';
import { startRecurringJobs } from './recurring-jobs.ts';
import { createServices } from './services.ts';

export interface App {
  readonly engine: Engine;
  /** The address that is listened on. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly log?: Log;
  readonly onProgress?: Progress;
  /** Holds every response against the contract (tests). */
  readonly checkResponses?: boolean;
}

/** Milliseconds that a stop waits, one after the other. */
const grace = { requests: 10_000, run: 1_000, jobs: 3_000 } as const;

/** Starts everything and listens. @throws SignalboxError when something stands in the way, with what to do. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = options.log ?? createLog(config.LOG_LEVEL);
  const onProgress = options.onProgress ?? (() => undefined);
  const stack = new AsyncDisposableStack();
  try {
    const storage = await openStorage(config, log);
    stack.defer(() => storage.close());
    const engine = await startEngine(config, storage, { log, onProgress });
    stack.defer(() => engine.close());
    const jobs = await startJobs(storage.database.url, log);
    stack.defer(() => jobs.stop(grace.jobs));
    const url = await serve(config, { engine, jobs, log, stack, checkResponses: options.checkResponses === true });
    const release = stack.move();
    return { engine, url, stop: () => release.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

interface Serving {
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly stack: AsyncDisposableStack;
  readonly checkResponses: boolean;
}

async function serve(config: Config, { engine, jobs, log, stack, checkResponses }: Serving): Promise<string> {
  const { parts } = engine;
  const hub = await openConversationHub(parts.database.url, log);
  stack.defer(() => hub.close());
  const services = createServices({
    parts,
    hub,
    metrics: engine.metrics,
    llmUsage: engine.llmUsage,
    health: createHealth({ engine, jobs, clock: systemClock }),
    version,
    syncKnowledge: () => jobs.trigger('knowledge-sync'),
  });
  const server = await createServer(services, {
    access: { open: config.loopback, adminKey: config.SIGNALBOX_ADMIN_KEY },
    version,
    consoleFolder: paths.console,
    requestsPerMinute: config.RATE_LIMIT,
    checkResponses,
    log,
  });
  // First the server (no new requests), then what it calls; requests and runs in flight are finished.
  stack.defer(async () => {
    const began = performance.now();
    await closeServer(server, grace.requests);
    await untilIdle(parts.inHand, Math.max(grace.run, grace.requests - (performance.now() - began)));
  });
  await startRecurringJobs({ config, parts, jobs, log, idempotency: services.idempotency });
  return listen(server, config);
}
