import { createAgentDesk } from './agent-services.ts';
import { createBackgroundServices, openBackgroundJobs } from './background-work.ts';
import { openConversationHub } from './conversation-hub.ts';
import { describeProcess } from './describe-process.ts';
import { type Engine, type Progress, startEngine } from './engine.ts';
import { sessionChannel } from './intake/index.ts';
import { version } from './paths.ts';
import { type Config, createLog, createWatchdog, type Log, openBus, systemClock } from './platform/index.ts';
import { serveApi, serveWorker } from './serve.ts';
import { createServices } from './services.ts';
import { openServerStorage } from './shared-storage.ts';
import { startApi } from './start-api.ts';
import { startWorkers } from './start-workers.ts';
import { openWebhooks } from './webhook-parts.ts';

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

/** Milliseconds that a stop waits for jobs in hand. */
const jobsGrace = 3_000;

/**
 * Starts what the role of this process asks for, and listens: database → engine → jobs → services → what runs by itself
 * → the server. It stops in the opposite order: no new requests first, the database last.
 * @throws SignalboxError when something stands in the way, with what to do.
 */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = options.log ?? createLog(config.LOG_LEVEL);
  const onProgress = options.onProgress ?? (() => undefined);
  const stack = new AsyncDisposableStack();
  try {
    const storage = await openServerStorage(config, log);
    stack.defer(() => storage.close());
    const engine = await startEngine(config, storage, { log, onProgress });
    stack.defer(() => engine.close());
    const jobs = await openBackgroundJobs(config, engine, log);
    stack.defer(() => jobs.stop(jobsGrace));
    const { parts } = engine;
    const { database } = parts;
    const bus = await openBus({
      database,
      log,
      clock: systemClock,
      redisUrl: config.REDIS_URL,
      channels: [sessionChannel],
    });
    stack.defer(() => bus.close());
    const hub = openConversationHub(bus);
    stack.defer(() => hub.close());
    const watchdog = createWatchdog({
      log,
      clock: systemClock,
      onRestart: (part) => engine.metrics.watchdogRestarts.inc({ part }),
    });
    const described = await describeProcess({ config, engine, jobs, bus, watchdog, clock: systemClock });
    const services = createServices({
      parts,
      hub,
      webhooks: await openWebhooks(config, parts),
      desk: createAgentDesk(parts, engine.sla),
      jobs: createBackgroundServices({ config, parts, jobs }),
      metrics: engine.metrics,
      streams: engine.streams,
      llmUsage: engine.llmUsage,
      ...described,
      version,
      syncKnowledge: () => jobs.trigger('knowledge-sync'),
    });
    const running = { config, engine, parts, jobs, bus, log, watchdog, services };
    const serving = { ...running, checkResponses: options.checkResponses === true };
    if (config.SIGNALBOX_ROLE !== 'worker') stack.use(await startApi(running));
    if (config.SIGNALBOX_ROLE !== 'api') stack.use(await startWorkers(running));
    const server = await (config.SIGNALBOX_ROLE === 'worker' ? serveWorker(serving) : serveApi(serving));
    stack.defer(() => server.close());
    const url = await server.listen();
    const release = stack.move();
    return { engine, url, stop: () => release.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
