import type { ComponentHealth } from './api/index.ts';
import type { Engine } from './engine.ts';
import type { Check } from './health.ts';
import {
  type Bus,
  type Clock,
  type Config,
  type Database,
  type Jobs,
  type LlmPort,
  listProcesses,
  type PartState,
  type Watchdog,
} from './platform/index.ts';
import { kafkaCheck } from './stream-board.ts';
import { webhooksState } from './webhook-parts.ts';

export interface Looked {
  readonly config: Config;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly bus: Bus;
  readonly watchdog: Watchdog;
  readonly clock: Clock;
}

/** Where the health can be read by anybody it does not say why: reasons name machines, files and models. */
const theLog = 'the log tells why';

const ok = (detail: string): ComponentHealth => ({ status: 'ok', detail });
const degraded = (detail: string): ComponentHealth => ({ status: 'degraded', detail });

/** Every part that GET /health tells of. What is not configured is no fault. Add a check here. */
export function checksOf({ config, engine, jobs, bus, watchdog, clock }: Looked): Check[] {
  const { parts } = engine;
  return [
    { name: 'database', otherwise: 'down', ask: () => databaseState(parts.database) },
    { name: 'model', otherwise: 'down', ask: () => modelState(engine, config.loopback) },
    { name: 'queue', otherwise: 'degraded', ask: () => queueState(jobs) },
    { name: 'knowledge', otherwise: 'degraded', ask: () => knowledgeState(engine, config.loopback) },
    { name: 'llm', otherwise: 'degraded', ask: llmState(engine.llm, { clock, mayKnowWhy: config.loopback }) },
    { name: 'webhooks', otherwise: 'degraded', ask: () => webhooksState(parts.database, config.loopback) },
    { name: 'workers', otherwise: 'degraded', ask: () => workersState(config, parts.database, watchdog) },
    ...(bus.redis() === null ? [] : [redisCheck(bus, config.loopback)]),
    ...kafkaCheck(engine, config.loopback),
  ];
}

/** A model that failed last is named until it works again; the fast one reads the tickets meanwhile, or people do. */
function modelState({ triage }: Engine, mayKnowWhy: boolean): ComponentHealth {
  const failure = triage.failure();
  if (failure === null) return ok(`${triage.variant} ${triage.version}`);
  const instead = triage.standIn() === null ? 'tickets go to people' : `${triage.standIn()} reads what it cannot`;
  return degraded(`${instead}, the breaker is ${triage.breaker()}: ${mayKnowWhy ? failure : theLog}`);
}

/** A full disk lets reading go on, so that a ping says nothing of it: what was refused a minute ago probably still is. */
async function databaseState(database: Database): Promise<ComponentHealth> {
  const milliseconds = await database.ping();
  const since = database.sinceFull();
  if (since !== null && since < 60_000)
    return degraded('the disk of the database is full: nothing can be stored. Free some space');
  return ok(`${milliseconds.toFixed(1)} ms`);
}

async function queueState(jobs: Jobs): Promise<ComponentHealth> {
  const lanes = await jobs.depth();
  const oldest = Math.max(0, ...lanes.map((lane) => lane.oldestSeconds));
  const failed = lanes.reduce((sum, lane) => sum + lane.failed, 0);
  return ok(
    `${await jobs.waiting()} jobs wait, the oldest for ${oldest.toFixed(0)} s${failed > 0 ? `; ${failed} failed: GET /jobs?status=failed` : ''}`,
  );
}

async function knowledgeState({ parts }: Engine, mayKnowWhy: boolean): Promise<ComponentHealth> {
  const { documents, chunks, stale, semantic } = await parts.knowledge.status();
  const words = `${documents} documents, ${chunks} chunks`;
  if (documents === 0) return degraded('no documents: every question goes to a person');
  if (stale.length > 0) return degraded(`${words}, ${stale.length} could not be read`);
  if (semantic === null || semantic.problem === null) return ok(words);
  const searched = semantic.ready ? 'vectors are not up to date' : 'searched by words only';
  return degraded(`${words}, ${searched}: ${mayKnowWhy ? semantic.problem : 'GET /knowledge/status tells why'}`);
}

/** A model server is asked at most every half minute, however often somebody asks for the health. */
function llmState(
  llm: LlmPort | null,
  { clock, mayKnowWhy }: { readonly clock: Clock; readonly mayKnowWhy: boolean },
): () => Promise<ComponentHealth> {
  let last: { at: number; state: Promise<ComponentHealth> } | null = null;
  return async () => {
    if (llm === null) return { status: 'not_configured', detail: 'answers are composed from the knowledge' };
    const now = clock.now().getTime();
    if (last === null || now - last.at > 30_000) {
      last = {
        at: now,
        state: llm.check().then(({ status, detail }) => ({
          status: status === 'ok' ? status : 'degraded',
          detail: mayKnowWhy || status === 'ok' ? detail : 'it does not answer as it should; see `signalbox doctor`',
        })),
      };
    }
    return last.state;
  };
}

/** Who does what runs by itself: nobody at all is a fault that no single process would notice. */
async function workersState(config: Config, { db }: Database, watchdog: Watchdog): Promise<ComponentHealth> {
  const servers = await listProcesses(db);
  const workers = servers.filter(({ role }) => role !== 'api').length;
  if (workers === 0) return degraded('no worker lives: jobs wait. Start one: signalbox serve --role worker');
  const words = `${workers} of ${servers.length} processes work`;
  if (config.SIGNALBOX_ROLE === 'api') return ok(words);
  const states = watchdog.states();
  const stopped = states.filter(({ runs }) => !runs);
  const told = [
    words,
    ...states.filter(({ last }) => last !== null).map((state) => tellOf(state, config.loopback)),
  ].join('; ');
  return stopped.length > 0 ? degraded(told) : ok(told);
}

function redisCheck(bus: Bus, mayKnowWhy: boolean): Check {
  const ask = () => {
    const { ready, problem } = bus.redis() ?? { ready: false, problem: null };
    if (ready) return ok('carries news and counts');
    const why = mayKnowWhy && problem !== null ? ` (${problem})` : '';
    return degraded(`away${why}: the database carries news, and each process counts for itself`);
  };
  return { name: 'redis', otherwise: 'degraded', ask };
}

/** Why is for who may read the log: a reason can name machines. */
function tellOf({ name, runs, restarts, last }: PartState, mayKnowWhy: boolean): string {
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  const when = last === null ? '' : `, last at ${last.at.toISOString()}: ${mayKnowWhy ? last.reason : theLog}`;
  return `${name} ${runs ? 'runs' : 'does not run'}, started again ${times}${when}`;
}
