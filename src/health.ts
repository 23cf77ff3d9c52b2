import type { Engine } from './engine.ts';
import type { Clock, Database, Jobs, LlmPort } from './platform/index.ts';

type State = { status: 'ok' | 'degraded' | 'down' | 'not_configured'; detail: string };

const ok = (detail: string): State => ({ status: 'ok', detail });

/** Asks every part how it is. What is not configured is no fault. */
export function createHealth({ engine, jobs, clock }: { engine: Engine; jobs: Jobs; clock: Clock }) {
  const started = clock.now().getTime();
  const { parts } = engine;
  const llm = llmState(engine.llm, clock);
  return async () => {
    const [database, queue, knowledge, language] = await Promise.all([
      attempt('down', () => databaseState(parts.database)),
      attempt('degraded', async () => ok(`${await jobs.waiting()} jobs wait`)),
      attempt('degraded', () => knowledgeState(engine)),
      attempt('degraded', llm),
    ]);
    const model = modelState(engine);
    return {
      components: { database, queue, model, knowledge, llm: language },
      breaker: engine.triage.breaker(),
      uptimeSeconds: (clock.now().getTime() - started) / 1000,
    };
  };
}

/** A model that failed last is named until it works again; the fast one reads the tickets meanwhile, or people do. */
function modelState({ triage }: Engine): State {
  const failure = triage.failure();
  if (failure === null) return ok(`${triage.variant} ${triage.version}`);
  const instead = triage.standIn() === null ? 'tickets go to people' : `${triage.standIn()} reads what it cannot`;
  return { status: 'degraded', detail: `${instead}, the breaker is ${triage.breaker()}: ${failure}` };
}

/** A full disk lets reading go on, so that a ping says nothing of it: what was refused a minute ago probably still is. */
async function databaseState(database: Database): Promise<State> {
  const milliseconds = await database.ping();
  const since = database.sinceFull();
  if (since !== null && since < 60_000)
    return { status: 'degraded', detail: 'the disk of the database is full: nothing can be stored. Free some space' };
  return ok(`${milliseconds.toFixed(1)} ms`);
}

async function knowledgeState({ parts }: Engine): Promise<State> {
  const { documents, chunks, stale, semantic } = await parts.knowledge.status();
  const words = `${documents} documents, ${chunks} chunks`;
  if (documents === 0) return { status: 'degraded', detail: 'no documents: every question goes to a person' };
  if (stale.length > 0) return { status: 'degraded', detail: `${words}, ${stale.length} could not be read` };
  if (semantic === null || semantic.problem === null) return ok(words);
  const searched = semantic.ready ? 'vectors are not up to date' : 'searched by words only';
  return { status: 'degraded', detail: `${words}, ${searched}: ${semantic.problem}` };
}

/** A model server is asked at most every half minute, however often somebody asks for the health. */
function llmState(llm: LlmPort | null, clock: Clock): () => Promise<State> {
  let last: { at: number; state: Promise<State> } | null = null;
  return async () => {
    if (llm === null) return { status: 'not_configured', detail: 'answers are composed from the knowledge' };
    const now = clock.now().getTime();
    if (last === null || now - last.at > 30_000) {
      last = {
        at: now,
        state: llm.check().then(({ status, detail }) => ({ status: status === 'ok' ? status : 'degraded', detail })),
      };
    }
    return last.state;
  };
}

async function attempt(otherwise: 'down' | 'degraded', ask: () => Promise<State>): Promise<State> {
  try {
    return await ask();
  } catch {
    return { status: otherwise, detail: 'does not answer' };
  }
}
