import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { type EmbeddingServer, startEmbeddingServer } from '../../support/embedding-server.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel } from '../../support/server-process.ts';

/** The semantic index as an operator meets it: status, health, and a rebuilding asked for. */
const folder = temporaryFolder();
const documents = join(folder.path, 'documents');
const dataFolder = join(folder.path, 'data');
let server: TestServer;
let embedding: EmbeddingServer;

beforeAll(async () => {
  mkdirSync(documents);
  lendStarterModel(dataFolder);
  writeFileSync(
    join(documents, 'opening.md'),
    '# Opening hours\n\n## When we are open\n\nThe bakery opens at 6:30. Write to cakes@bakery.example.\n',
  );
  embedding = await startEmbeddingServer();
});
afterAll(async () => {
  // Each test stops its own server.
  await embedding.close();
  folder.remove();
});

interface Status {
  chunks: number;
  semantic: {
    provider: string;
    active: { provider: string; model: string; vectors: number } | null;
    building: { provider: string } | null;
    ready: boolean;
    problem: string | null;
  } | null;
}
const status = async () => (await server.call<Status>('GET', '/knowledge/status')).body.semantic;
const knowledgeHealth = async () => {
  const { body } = await server.call<{ components: { knowledge: { status: string; detail: string } } }>(
    'GET',
    '/health',
  );
  return body.components.knowledge;
};
const ready = (timeout = 20_000) => expect.poll(async () => (await status())?.ready, { timeout }).toBe(true);
const start = (settings: Record<string, string>) =>
  startTestServer({ DOCUMENTS_PATH: documents, SIGNALBOX_DATA: dataFolder, ...settings });

describe('search by meaning', () => {
  it('is not there when it is switched off, and cannot be built then', async () => {
    server = await start({ EMBEDDING_PROVIDER: 'none' });
    expect(await status()).toBeNull();
    expect(await server.call('POST', '/knowledge/reindex')).toMatchObject({
      status: 409,
      body: {
        code: 'invalid-state',
        title: 'The present state does not allow this',
        detail: expect.stringContaining('EMBEDDING_PROVIDER'),
      },
    });
    await server.stop();
  });

  it('by a server: vectors of every passage, built anew on demand, and named when the server is away', async () => {
    server = await start({
      EMBEDDING_PROVIDER: 'openai',
      EMBEDDING_NAME: 'letters',
      EMBEDDING_TIMEOUT_MS: '100',
      OPENAI_BASE_URL: embedding.baseUrl,
      // This machine's own server would get the texts as they are.
      MASKING: 'always',
    });
    await ready();
    const first = await status();
    expect(first).toMatchObject({
      provider: 'openai',
      active: { provider: 'openai', model: expect.stringContaining('letters@'), vectors: 1 },
      building: null,
      problem: null,
    });
    const asked = embedding.requests.length;
    expect((await server.call('POST', '/knowledge/reindex')).status).toBe(202);
    await expect
      .poll(() => embedding.requests.slice(asked).map(({ input }) => input.join()), { timeout: 20_000 })
      .toEqual([expect.stringContaining('The bakery opens')]);
    await expect.poll(async () => (await status())?.building, { timeout: 20_000 }).toBeNull();
    expect(await knowledgeHealth()).toMatchObject({ status: 'ok' });
    await server.call('GET', '/documents/search?q=Does%20ada%40lovelace.example%20bake%20in%20the%20bakery%3F');
    const sent = embedding.requests.flatMap(({ input }) => input);
    expect(sent.at(-1)).toMatch(/^Does \[EMAIL\] bake/);
    expect(sent.join()).not.toMatch(/@(lovelace|bakery)/);

    embedding.script({ kind: 'status', status: 500 });
    const bytes = Buffer.from('# Cakes\n\nWe deliver cakes within 25 kilometres.\n').toString('base64');
    const added = await server.call('POST', '/knowledge/documents', { name: 'cakes.md', data_base64: bytes });
    expect(added.status).toBe(201);
    await expect.poll(async () => (await knowledgeHealth()).detail, { timeout: 20_000 }).toContain('HTTP 500');
    const found = await server.call<{ results: { document: string }[] }>(
      'GET',
      '/documents/search?q=who%20delivers%20cakes',
    );
    expect(found.body.results[0]?.document).toBe('Cakes');
    await server.stop();
  });

  it('by the builtin model: learned at the first start, and there at once at the next', async () => {
    const database = await createTestDatabase();
    const settings = { EMBEDDING_PROVIDER: 'builtin', DATABASE_URL: database.url };
    server = await start(settings);
    // It learns from all starter tickets, like the first start of everybody: 7 s on an idle core.
    await ready(150_000);
    const learned = await status();
    expect(learned?.active).toMatchObject({
      provider: 'builtin',
      model: expect.stringMatching(/^builtin\//),
      vectors: 1,
    });
    await server.stop();
    server = await start(settings);
    expect(await status()).toEqual(learned);
    await server.stop();
    await database.drop();
  }, 180_000);
});
