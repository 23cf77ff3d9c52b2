import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createKnowledge, type Knowledge, readSynonyms, type Semantic } from './knowledge/index.ts';
import { openAnswering } from './open-answering.ts';
import { openDuplicates } from './open-duplicates.ts';
import { breakerHears, breakerOf, openFastModel } from './open-fast-model.ts';
import { type LlmUsage, openLlm } from './open-llm.ts';
import { openTriageModel, requireKnownCategories } from './open-triage-model.ts';
import { paths } from './paths.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import {
  announcePresence,
  type Config,
  createMetrics,
  type Database,
  type LlmPort,
  type Log,
  type Metrics,
  migrate,
  newId,
  openDatabase,
  startPostgres,
  systemClock,
  translateDatabaseError,
} from './platform/index.ts';
import { createSla, readSlaSettings, type Sla, seedAgents } from './routing/index.ts';
import { openSemanticIndex } from './semantic-index.ts';
import { prepareOrders, readTaxonomy } from './starter.ts';
import { createStreamBoard, kafkaPlaceOf, type StreamBoard } from './stream-board.ts';
import { SignalboxError } from './ticket/index.ts';
import { createTriage, type GuardedTriage, guardTriage } from './triage/index.ts';

export type Progress = (fraction: number, words: string) => void;

/** The database, migrated: our own in the data folder, or the one DATABASE_URL names. */
export interface Storage {
  readonly database: Database;
  close(): Promise<void>;
}

/** `beforeStop` is waited for when our own database is about to end: somebody else may be using it. */
export async function openStorage(
  config: Config,
  log: Log,
  beforeStop?: (url: string) => Promise<void>,
): Promise<Storage> {
  const own = config.DATABASE_URL === undefined ? await startPostgres({ dataFolder: config.dataFolder, log }) : null;
  const database = openDatabase(config.DATABASE_URL ?? own!.url, {
    poolSize: config.DATABASE_POOL,
    onBroken: (error) => log.warn({ err: error }, 'a connection to the database broke'),
  });
  const close = async () => {
    await database.close();
    if (own !== null) await beforeStop?.(own.url);
    await own?.stop();
  };
  try {
    const applied = await migrate(database, paths.migrations);
    if (applied.length > 0) log.info({ migrations: applied }, 'the database was migrated');
    return { database, close };
  } catch (error) {
    await close();
    throw cannotOpen(config, error);
  }
}

/** At the start the reason is said in full: the reader is who set DATABASE_URL. */
function cannotOpen(config: Config, error: unknown): unknown {
  const translated = translateDatabaseError(error);
  if (translated.code !== 'database-unavailable' || config.DATABASE_URL === undefined) return error;
  const reason = (error as { code?: string }).code ?? (error instanceof Error ? error.message : 'no answer');
  return new SignalboxError(
    'database-unavailable',
    `The database that DATABASE_URL names cannot be reached (${reason}). Start it, correct DATABASE_URL, or unset it to use Signalbox's own.`,
    { cause: error },
  );
}

export function openKnowledge(database: Database, log: Log, semantic: Semantic | null = null): Knowledge {
  return createKnowledge({
    db: database.db,
    transaction: (work) => database.transaction(work),
    clock: systemClock,
    newId,
    log,
    synonyms: readSynonyms(join(paths.starter, 'synonyms.json')),
    semantic,
  });
}

/** Everything that works on tickets, without a server: what the CLI and the server share. */
export interface Engine {
  readonly parts: PipelineParts;
  /** That of the parts, with what is to be known of its breaker. */
  readonly triage: GuardedTriage;
  readonly llm: LlmPort | null;
  readonly sla: Sla;
  readonly llmUsage: LlmUsage;
  readonly metrics: Metrics;
  readonly streams: StreamBoard;
  close(): Promise<void>;
}

export async function startEngine(
  config: Config,
  storage: Storage,
  { log, onProgress }: { log: Log; onProgress: Progress },
): Promise<Engine> {
  mkdirSync(config.dataFolder, { recursive: true });
  const { database } = storage;
  const metrics = createMetrics();
  const taxonomy = readTaxonomy();
  prepareOrders(config);
  // Before what takes its time: a slip in a template is told at once, not after a model was trained.
  const { llm, usage: llmUsage } = openLlm(config, { database, log, metrics });
  const sla = createSla(database, readSlaSettings(config.SLA_PATH ?? join(paths.starter, 'sla.json')));
  const answering = openAnswering(config, taxonomy, llm);
  const { model, embedder } = await openTriageModel(config, onProgress);
  requireKnownCategories(model, taxonomy);
  const owner = 1 + Math.floor(Math.random() * (2 ** 52 - 2));
  const presence = await announcePresence(database.url, owner, (error) =>
    log.warn({ err: error }, 'the presence connection broke'),
  );
  const semantic = await openSemanticIndex(config, database, { log, triage: embedder });
  const knowledge = openKnowledge(database, log, semantic);
  const fast = await openFastModel(config, model, { taxonomy, log });
  const primary = createTriage(model, taxonomy, embedder);
  const triage = guardTriage(primary, fast, breakerOf(config), breakerHears(metrics, log));
  const parts: PipelineParts = {
    database,
    clock: systemClock,
    newId,
    log,
    metrics,
    taxonomy,
    triage,
    duplicates: openDuplicates(config, { log, metrics, embedder }),
    knowledge,
    answering,
    conversation: { quietMs: config.CHAT_BURST_MS, disclosure: config.AI_DISCLOSURE, form: config.ANSWER_FORM },
    owner,
    inHand: new Set(),
  };
  await sla.subscribe();
  await database.transaction((trx) => seedAgents(trx, join(paths.starter, 'agents.json'), systemClock.now()));
  const close = async () => {
    await presence.close();
    await semantic?.close();
    await embedder?.close();
  };
  const streams = createStreamBoard(metrics, kafkaPlaceOf(config));
  return { parts, triage, sla, llm, llmUsage, metrics, streams, close };
}
