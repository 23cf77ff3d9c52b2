import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createKnowledge, type Knowledge, readSynonyms } from '../../src/knowledge/index.ts';
import { createLog, migrate, newId, openDatabase, startPostgres, systemClock } from '../../src/platform/index.ts';

export const root = resolve(import.meta.dirname, '../..');

export interface OpenKnowledge {
  readonly knowledge: Knowledge;
  close(): Promise<void>;
}

/** A server of our own that is gone afterwards, or the database that `--database URL` names. */
async function openServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const at = process.argv.indexOf('--database');
  if (at > 0) return { url: process.argv[at + 1]!, stop: async () => {} };
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-eval-'));
  const postgres = await startPostgres({ dataFolder, log });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const log = createLog('error');

/** An empty knowledge (or what the given database holds). */
export async function openKnowledge(): Promise<OpenKnowledge> {
  const postgres = await openServer();
  const database = openDatabase(postgres.url, { poolSize: 4 });
  await migrate(database, join(root, 'migrations'));
  const knowledge = createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId,
    log,
    synonyms: readSynonyms(join(root, 'starter/synonyms.json')),
  });
  return {
    knowledge,
    async close() {
      await database.close();
      await postgres.stop();
    },
  };
}

/** Loads the starter knowledge. */
export async function openStarterKnowledge(): Promise<OpenKnowledge> {
  const opened = await openKnowledge();
  await opened.knowledge.syncFolder(join(root, 'starter/knowledge'));
  return opened;
}
