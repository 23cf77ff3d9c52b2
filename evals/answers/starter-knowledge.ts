import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createKnowledge, readSynonyms } from '../../src/knowledge/index.ts';
import { createLog, migrate, openDatabase, startPostgres, systemClock } from '../../src/platform/index.ts';

const root = resolve(import.meta.dirname, '../..');

/** A database of its own with the starter knowledge in it, and the search over it. Call `end` when done. */
export async function openStarterKnowledge() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-evals-'));
  const log = createLog('error');
  const postgres = await startPostgres({ dataFolder, log });
  const database = openDatabase(postgres.url, { poolSize: 2 });
  await migrate(database, join(root, 'migrations'));
  const knowledge = createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId: randomUUID,
    log,
    synonyms: readSynonyms(join(root, 'starter/synonyms.json')),
  });
  await knowledge.syncFolder(join(root, 'starter/knowledge'));
  return {
    knowledge,
    async end() {
      await database.close();
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
