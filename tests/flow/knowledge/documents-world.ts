import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createKnowledge, type Knowledge, readSynonyms } from '../../../src/knowledge/index.ts';
import { createLog, type Database, newId, openDatabase, systemClock } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const synonyms = readSynonyms(join(import.meta.dirname, '../../../starter/synonyms.json'));

/** A database without documents and an empty folder for each test, and the knowledge on them. */
interface DocumentsWorld {
  readonly database: Database;
  readonly folder: string;
  readonly knowledge: Knowledge;
  /** Another process on the same database, as far as the knowledge can tell. */
  another(): Knowledge;
  /** Writes a file into the folder. */
  put(name: string, content: string | Uint8Array): void;
  /** Rows in a table. */
  count(table: string): Promise<number>;
}

export function documentsWorld(): DocumentsWorld {
  let own: TestDatabase;
  let database: Database;
  let folder: string;
  let knowledge: Knowledge;

  const another = (): Knowledge =>
    createKnowledge({
      db: database.db,
      transaction: database.transaction,
      clock: systemClock,
      newId,
      log: createLog('silent'),
      synonyms,
    });

  function put(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  async function count(table: string): Promise<number> {
    const found = await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(database.db);
    return found.rows[0]!.n;
  }

  beforeAll(async () => {
    own = await createTestDatabase();
    database = openDatabase(own.url, { poolSize: 6 });
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-docs-'));
    await sql`truncate knowledge.documents, knowledge.chunks, knowledge.versions restart identity cascade`.execute(
      database.db,
    );
    knowledge = another();
    return () => rmSync(folder, { recursive: true, force: true });
  });

  return {
    get database() {
      return database;
    },
    get folder() {
      return folder;
    },
    get knowledge() {
      return knowledge;
    },
    another,
    put,
    count,
  };
}

export const document = (title: string, body: string, language = 'en') =>
  `---\ntitle: ${title}\nlanguage: ${language}\ncategory: Billing\n---\n\n# ${title}\n\n${body}\n`;
