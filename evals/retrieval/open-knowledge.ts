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

/** An empty knowledge in a database of its own, that is gone afterwards. */
export async function openKnowledge(): Promise<OpenKnowledge> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-eval-'));
  const log = createLog('error');
  const postgres = await startPostgres({ dataFolder, log });
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
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Loads the starter knowledge. */
export async function openStarterKnowledge(): Promise<OpenKnowledge> {
  const opened = await openKnowledge();
  await opened.knowledge.syncFolder(join(root, 'starter/knowledge'));
  return opened;
}
