import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createKnowledge, readSynonyms } from '../../src/knowledge/index.ts';
import { createLog, migrate, openDatabase, parseConfig, startPostgres, systemClock } from '../../src/platform/index.ts';
import { openSemanticIndex } from '../../src/semantic-index.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * A database of its own with the starter knowledge in it, and the search over it as the product has it: by words and,
 * with the built-in embedder, by meaning. Call `end` when done. Questions that are `withheld` are not noted in the
 * documents: who measures with a question must not find it there.
 */
export async function openStarterKnowledge(withheld: readonly string[] = []) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-evals-'));
  const log = createLog('error');
  const postgres = await startPostgres({ dataFolder, log });
  const database = openDatabase(postgres.url, { poolSize: 2 });
  await migrate(database, join(root, 'migrations'));
  const semantic = await openSemanticIndex(parseConfig({ SIGNALBOX_DATA: dataFolder }), database, { log });
  if (semantic === null) throw new Error('the product searches by meaning; this search would not');
  const knowledge = createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId: randomUUID,
    log,
    synonyms: readSynonyms(join(root, 'starter/synonyms.json')),
    semantic,
  });
  const documents = mkdtempSync(join(tmpdir(), 'signalbox-documents-'));
  const folder = join(root, 'starter/knowledge');
  const held = new Set(withheld.map(inOneLine));
  for (const name of readdirSync(folder)) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    writeFileSync(join(documents, name), lines.filter((line) => !held.has(inOneLine(line))).join('\n'));
  }
  await knowledge.syncFolder(documents);
  rmSync(documents, { recursive: true });
  await knowledge.buildVectors();
  await semantic.settled();
  const { ready, problem } = await semantic.status();
  if (!ready) throw new Error(`the vectors are not there: ${problem}`);
  return {
    knowledge,
    database,
    async end() {
      await semantic.close();
      await database.close();
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
