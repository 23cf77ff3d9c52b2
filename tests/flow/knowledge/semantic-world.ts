import { sql } from 'kysely';
import { afterEach, beforeEach, expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type KnowledgeProcess, openKnowledgeProcess, stubSettings } from '../../support/semantic.ts';
import { temporaryFolder } from '../../support/server.ts';
import { type StubEmbedder, stubEmbedder } from '../../support/stub-embedder.ts';

interface Wish {
  readonly dataFolder?: string;
  readonly exactUpTo?: number;
  readonly settings?: ReturnType<typeof stubSettings>;
  readonly url?: string;
}

/** A database, an embedder and folders that are new for each test, and the processes opened on them. */
interface SemanticWorld {
  readonly url: string;
  readonly stub: StubEmbedder;
  newFolder(): string;
  /** Opens a process, which is closed after the test. */
  open(wish?: Wish): Promise<KnowledgeProcess>;
  close(one: KnowledgeProcess): Promise<void>;
}

export function semanticWorld(): SemanticWorld {
  let own: TestDatabase;
  let folders: ReturnType<typeof temporaryFolder>[];
  let processes: KnowledgeProcess[];
  let stub: StubEmbedder;

  beforeEach(async () => {
    own = await createTestDatabase();
    folders = [];
    processes = [];
    stub = stubEmbedder('stub-1');
  });
  afterEach(async () => {
    for (const one of processes) await one.close();
    for (const folder of folders) folder.remove();
    await own.drop();
  });

  function newFolder(): string {
    const folder = temporaryFolder();
    folders.push(folder);
    return folder.path;
  }

  async function open({ dataFolder = newFolder(), settings, ...more }: Wish = {}): Promise<KnowledgeProcess> {
    const one = await openKnowledgeProcess(own.url, {
      settings: settings ?? stubSettings('onnx', { onnx: stub }),
      dataFolder,
      ...more,
    });
    processes.push(one);
    return one;
  }

  async function close(one: KnowledgeProcess): Promise<void> {
    processes = processes.filter((other) => other !== one);
    await one.close();
  }

  return {
    get url() {
      return own.url;
    },
    get stub() {
      return stub;
    },
    newFolder,
    open,
    close,
  };
}

export const tea =
  '# Tea\n\n## Brewing green tea\n\nGreen tea is brewed with water of seventy degrees for two minutes.\n';
export const bicycles =
  '# Fahrräder\n\n## Fahrräder mieten\n\nAm Bahnhof vermieten wir Fahrräder für jeden Tag der Woche.\n';

export async function chunkOf({ database }: KnowledgeProcess, words: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from knowledge.chunks where text like ${`%${words}%`}`.execute(database.db);
  return found.rows[0]?.id;
}

export const serves = (one: KnowledgeProcess, id: string | null = null) =>
  expect
    .poll(async () => (await one.semantic.status()).active?.model ?? null, { timeout: 20_000 })
    .toEqual(id ?? expect.any(String));

export async function built(one: KnowledgeProcess): Promise<void> {
  await one.semantic.build();
  await one.semantic.settled();
  await expect.poll(async () => (await one.semantic.status()).ready, { timeout: 20_000 }).toBe(true);
}
