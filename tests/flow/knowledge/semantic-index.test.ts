import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReplica } from '../../../src/knowledge/semantic/replica-files.ts';
import { activateIndex, beginIndex, setModel, writeVectors } from '../../../src/knowledge/stores/vectors.ts';
import { SignalboxError } from '../../../src/ticket/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type KnowledgeProcess, manySections, openKnowledgeProcess, stubSettings } from '../../support/semantic.ts';
import { temporaryFolder } from '../../support/server.ts';
import { type StubEmbedder, stubEmbedder } from '../../support/stub-embedder.ts';

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

interface Wish {
  readonly dataFolder?: string;
  readonly exactUpTo?: number;
  readonly settings?: ReturnType<typeof stubSettings>;
  readonly url?: string;
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

const tea = '# Tea\n\n## Brewing green tea\n\nGreen tea is brewed with water of seventy degrees for two minutes.\n';
const bicycles = '# Fahrräder\n\n## Fahrräder mieten\n\nAm Bahnhof vermieten wir Fahrräder für jeden Tag der Woche.\n';

async function chunkOf({ database }: KnowledgeProcess, words: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from knowledge.chunks where text like ${`%${words}%`}`.execute(database.db);
  return found.rows[0]?.id;
}

const serves = (one: KnowledgeProcess, id: string | null = null) =>
  expect
    .poll(async () => (await one.semantic.status()).active?.model ?? null, { timeout: 20_000 })
    .toEqual(id ?? expect.any(String));

async function built(one: KnowledgeProcess): Promise<void> {
  await one.semantic.build();
  await one.semantic.settled();
  await expect.poll(async () => (await one.semantic.status()).ready, { timeout: 20_000 }).toBe(true);
}

describe('the semantic index', () => {
  it('answers nothing before it is built, then with the nearest chunk, in the languages asked for', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await one.add('bikes.md', bicycles);
    expect(await one.nearest('brewing green tea')).toBeNull();
    expect(await one.semantic.status()).toMatchObject({ active: null, ready: false, chunks: 2 });
    await built(one);
    const teaId = await chunkOf(one, 'seventy degrees');
    const bicycleId = await chunkOf(one, 'Bahnhof');
    expect((await one.nearest('brewing green tea'))?.[0]).toBe(teaId);
    const { index } = one.semantic;
    const german = await index.nearest('brewing green tea', { languages: ['de'], limit: 5 });
    expect(german?.hits.map((hit) => hit.chunkId)).toEqual([bicycleId]);
    const gone = '01a1f996-8aae-77e9-8bb6-9886a31c0de2';
    const similar = await index.similarity('brewing green tea', [teaId!, bicycleId!, gone]);
    expect([...similar!.of.keys()]).toEqual([teaId, bicycleId]);
    expect(similar!.of.get(teaId!)).toBeGreaterThan(similar!.of.get(bicycleId!)!);
    expect(similar!.indexId).toBe(german!.indexId);
    expect(await one.semantic.status()).toMatchObject({
      active: { provider: 'onnx', model: 'stub-1', vectors: 2 },
      building: null,
      ready: true,
      problem: null,
    });
  });

  it('two processes agree after one of them changed the knowledge', async () => {
    const one = await open();
    const two = await open();
    await one.add('tea.md', tea);
    await built(one);
    await two.semantic.build();
    await expect.poll(() => two.nearest('green tea')).toEqual(await one.nearest('green tea'));
    const id = await two.add('bikes.md', bicycles);
    const bicycleId = await chunkOf(one, 'Bahnhof');
    for (const each of [one, two])
      await expect.poll(async () => (await each.nearest('Fahrräder mieten'))?.[0]).toBe(bicycleId);
    await one.knowledge.removeDocument(id, 'test');
    for (const each of [one, two])
      await expect.poll(async () => (await each.nearest('Fahrräder mieten'))?.includes(bicycleId!)).toBe(false);
  });

  it('a vector is computed once, by one process, and a change computes only what is new', async () => {
    const one = await open();
    const two = await open();
    await one.add('manual.md', manySections(150));
    const gate = Promise.withResolvers<void>();
    stub.behave = { until: gate.promise };
    await one.semantic.build();
    await expect.poll(() => stub.calls).toBe(1);
    // The first stands in its first batch: the second finds it at work and leaves it.
    await two.semantic.build();
    await two.semantic.settled();
    expect(stub.calls).toBe(1);
    gate.resolve();
    await serves(one);
    const before = (await one.semantic.status()).chunks;
    expect(before).toBeGreaterThanOrEqual(150);
    expect(stub.read).toHaveLength(before);
    await one.add('tea.md', tea);
    await expect.poll(async () => (await one.semantic.status()).active?.vectors).toBe(before + 1);
    expect(stub.read.slice(before)).toEqual([expect.stringContaining('Green tea')]);
  });

  it('a process that hears nothing catches up when a search meets a newer version', async () => {
    const elsewhere = await createTestDatabase('empty');
    const one = await open();
    await one.add('tea.md', tea);
    await built(one);
    const deaf = await open({ url: elsewhere.url });
    expect(await deaf.nearest('Fahrräder mieten')).toHaveLength(1);
    await one.add('bikes.md', bicycles);
    await expect.poll(async () => (await one.semantic.status()).active?.vectors).toBe(2);
    await deaf.semantic.settled();
    expect(await deaf.nearest('Fahrräder mieten')).toHaveLength(1);
    await deaf.knowledge.search('green tea', { language: 'en', limit: 1 });
    await expect.poll(() => deaf.nearest('Fahrräder mieten')).toHaveLength(2);
    await close(deaf);
    await elsewhere.drop();
  });

  it('chunks that get another id keep their vectors', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await built(one);
    const read = stub.read.length;
    const renewed = '01a1f996-0000-77e9-8bb6-9886a31c0de2';
    await sql`update knowledge.chunks set id = ${renewed}`.execute(one.database.db);
    await sql`select pg_notify('signalbox_knowledge', '')`.execute(one.database.db);
    await expect.poll(() => one.nearest('water of seventy degrees')).toEqual([renewed]);
    expect(stub.read.length - read).toBe(1);
  });
});

describe('a restart', () => {
  async function saved(exactUpTo: number): Promise<{ dataFolder: string; hits: string[] | null }> {
    const dataFolder = newFolder();
    const one = await open({ dataFolder, exactUpTo });
    await one.add('manual.md', manySections(120));
    await built(one);
    const hits = await one.nearest('device17 cable17 shelf17');
    await close(one);
    return { dataFolder, hits };
  }

  it.each([
    ['row by row', 10_000],
    ['through the graph', 50],
  ])('reads the files and agrees, searching %s', async (_, exactUpTo) => {
    const { dataFolder, hits } = await saved(exactUpTo);
    expect(hits).toHaveLength(10);
    const indexId = readdirSync(join(dataFolder, 'vectors'))[0]!.replace(/-\d+$/, '');
    const replica = await loadReplica(join(dataFolder, 'vectors'), indexId, { dimension: stub.dimension, exactUpTo });
    expect(replica?.size).toBe(stub.read.length - 1);
    const again = await open({ dataFolder, exactUpTo });
    await again.semantic.settled();
    expect(await again.nearest('device17 cable17 shelf17')).toEqual(hits);
    await close(again);
    const other = await open({ exactUpTo });
    await other.semantic.settled();
    expect(await other.nearest('device17 cable17 shelf17')).toEqual(hits);
  });

  it.each([
    ['en.f32', 10_000],
    ['en.graph', 50],
    ['manifest.json', 10_000],
  ])('a damaged %s is made good from the database', async (file, exactUpTo) => {
    const { dataFolder, hits } = await saved(exactUpTo);
    const vectors = join(dataFolder, 'vectors');
    const path = join(vectors, readdirSync(vectors)[0]!, file);
    const bytes = readFileSync(path);
    for (let i = 40; i < bytes.length; i += 7) bytes[i] = bytes[i]! ^ 0x5a;
    writeFileSync(path, bytes);
    const indexId = readdirSync(vectors)[0]!.replace(/-\d+$/, '');
    expect(await loadReplica(vectors, indexId, { dimension: stub.dimension, exactUpTo })).toBeNull();
    const again = await open({ dataFolder, exactUpTo });
    await again.semantic.settled();
    expect(await again.nearest('device17 cable17 shelf17')).toEqual(hits);
  });

  it('catches up with what changed while it was away', async () => {
    const { dataFolder } = await saved(50);
    const other = await open({});
    await other.add('tea.md', tea);
    await built(other);
    const again = await open({ dataFolder, exactUpTo: 50 });
    await again.semantic.settled();
    expect((await again.nearest('green tea'))?.[0]).toBe(await chunkOf(again, 'seventy degrees'));
  });
});

describe('another model', () => {
  it('is built beside the old one, which answers until it is complete', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await built(one);
    const old = await one.semantic.index.nearest('green tea', { languages: ['en'], limit: 1 });
    await close(one);

    const next = stubEmbedder('stub-2', 96);
    const gate = Promise.withResolvers<void>();
    next.behave = { until: gate.promise };
    const two = await open({ settings: stubSettings('openai', { onnx: stub, openai: next }) });
    await two.semantic.build();
    await expect
      .poll(async () => (await two.semantic.status()).building)
      .toMatchObject({ provider: 'openai', model: 'stub-2', vectors: 0, reason: 'stub-2 instead of stub-1' });
    const search = () => two.semantic.index.nearest('green tea', { languages: ['en'], limit: 1 });
    expect((await search())?.indexId).toBe(old!.indexId);
    await two.add('bikes.md', bicycles);
    gate.resolve();
    await serves(two, 'stub-2');
    await expect.poll(async () => (await search())?.indexId).not.toBe(old!.indexId);
    expect((await search())?.hits).toHaveLength(1);
    const left = await sql<{ count: number }>`select count(*) as count from knowledge.vectors`.execute(two.database.db);
    await two.semantic.settled();
    expect(left.rows[0]?.count).toBe(2);
  });

  it('a killed process loses no vector that was stored: the next goes on where it stopped', async () => {
    const one = await open();
    await one.add('manual.md', manySections(200));
    await built(one);
    await close(one);
    const chunks = stub.read.length;
    const killed = await stuckProcess();
    const gone = once(killed, 'exit');
    killed.kill('SIGKILL');
    await gone;

    const next = stubEmbedder('stub-2');
    const two = await open({ settings: stubSettings('openai', { onnx: stub, openai: next }) });
    expect((await two.semantic.status()).building).toMatchObject({ vectors: 128 });
    await two.semantic.build();
    await serves(two, 'stub-2');
    expect(next.read).toHaveLength(chunks - 128);
    expect((await two.semantic.status()).active?.vectors).toBe(chunks);
  });

  async function stuckProcess(): Promise<ChildProcess> {
    const file = resolve(import.meta.dirname, '../../support/index-process.ts');
    const child = spawn(process.execPath, [file, own.url, newFolder()], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const piece of child.stdout!) if (String(piece).includes('stuck')) break;
    return child;
  }

  it('whose vectors cannot be used is given up with its reason; the old one goes on', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await built(one);
    await close(one);
    const next = stubEmbedder('stub-2');
    next.behave = { fail: new SignalboxError('model-invalid', 'a vector has 3 numbers instead of 64') };
    const two = await open({ settings: stubSettings('openai', { onnx: stub, openai: next }) });
    await two.semantic.build();
    await two.semantic.settled();
    const status = await two.semantic.status();
    expect(status).toMatchObject({ active: { model: 'stub-1' }, building: null });
    expect(status.problem).toContain('3 numbers instead of 64');
    expect(await two.nearest('green tea')).toHaveLength(1);
  });

  it('does not answer while a chunk has no vector in it', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await one.add('bikes.md', bicycles);
    const id = '01a1f996-8aae-77e9-8bb6-9886a31c0de2';
    const { db, transaction } = one.database;
    const at = new Date();
    await transaction((trx) => beginIndex(trx, { id, provider: 'onnx', reason: null, at }));
    await setModel(db, id, { model: 'stub-1', dimension: 1 });
    const vector = new Uint8Array(4);
    await writeVectors(db, id, [{ chunkId: (await chunkOf(one, 'seventy degrees'))!, vector }]);
    expect(await transaction((trx) => activateIndex(trx, id, at))).toBe(false);
    await writeVectors(db, id, [{ chunkId: (await chunkOf(one, 'Bahnhof'))!, vector }]);
    expect(await transaction((trx) => activateIndex(trx, id, at))).toBe(true);
  });

  it('asked for anew by a person is built anew, by whichever process builds', async () => {
    const one = await open();
    const two = await open();
    await one.add('tea.md', tea);
    await built(one);
    const before = await one.semantic.index.nearest('tea', { languages: ['en'], limit: 1 });
    await two.knowledge.reindex('ada');
    await expect
      .poll(async () => (await two.semantic.index.nearest('tea', { languages: ['en'], limit: 1 }))?.indexId)
      .not.toBe(before!.indexId);
  });
});

describe('an embedder that fails', () => {
  it('gives null within its time, is named, left alone for a while, and nothing throws', async () => {
    const one = await open();
    await one.add('tea.md', tea);
    await built(one);
    stub.behave = { until: new Promise(() => undefined) };
    for (const question of ['one', 'two', 'three']) expect(await one.nearest(`${question} tea`)).toBeNull();
    expect((await one.semantic.status()).problem).toContain('longer than 200 ms');
    const asked = stub.read.length;
    stub.behave = {};
    expect(await one.nearest('four tea')).toBeNull();
    expect(stub.read).toHaveLength(asked);
    // What was read before needs no model.
    await expect(one.knowledge.search('green tea', { language: 'en', limit: 3 })).resolves.toMatchObject({
      found: true,
    });
  });

  it('that is still being opened is given up when the process ends', async () => {
    const asked = Promise.withResolvers<void>();
    const silent = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.resolve();
      });
    const one = await open({ settings: { ...stubSettings('openai', {}), open: { openai: silent } } });
    await one.add('tea.md', tea);
    await one.semantic.build();
    await asked.promise;
    await close(one);
  });

  it('keeps the vectors from coming, is named, and they come once it works', async () => {
    const one = await open();
    stub.behave = { fail: new Error('away') };
    await one.add('tea.md', tea);
    await one.semantic.build();
    await one.semantic.settled();
    expect(await one.semantic.status()).toMatchObject({ active: null, building: { vectors: 0 }, problem: 'away' });
    stub.behave = {};
    await built(one);
    expect(await one.nearest('green tea')).toHaveLength(1);
    expect((await one.semantic.status()).problem).toBeNull();
  });
});

describe('the builtin model', () => {
  it('learns from the knowledge, is shared by all processes, and learns anew when a fifth has changed', async () => {
    const settings = stubSettings('builtin', {});
    const one = await open({ settings });
    await one.add('manual.md', manySections(30));
    await built(one);
    const first = (await one.semantic.status()).active?.model;
    const two = await open({ settings });
    await two.semantic.settled();
    const question = 'Which fuse does the device17 need?';
    const hits = await one.nearest(question);
    expect(hits).toHaveLength(10);
    expect(await two.nearest(question)).toEqual(hits);

    await one.add('tea.md', tea);
    await expect.poll(async () => (await one.semantic.status()).active?.vectors).toBe(31);
    await one.semantic.settled();
    expect(await one.semantic.status()).toMatchObject({ active: { model: first }, building: null });
    await one.add('more.md', manySections(40).replaceAll('device', 'engine'));
    await expect.poll(async () => (await one.semantic.status()).active?.model, { timeout: 20_000 }).not.toBe(first);
    await expect.poll(async () => (await two.nearest('engine17 fuse'))?.length).toBe(10);
  });

  it('that cannot be read any more, as after an update, is learned anew', async () => {
    const settings = stubSettings('builtin', {});
    const one = await open({ settings });
    await one.add('manual.md', manySections(30));
    await built(one);
    const first = (await one.semantic.index.nearest('fuse', { languages: ['en'], limit: 1 }))!.indexId;
    await close(one);
    const two = await open({ settings: stubSettings('onnx', { onnx: stub }) });
    await sql`update knowledge.embedding_indexes set learned = 'of an older kind'`.execute(two.database.db);
    await close(two);
    const three = await open({ settings });
    expect(await three.nearest('fuse')).toBeNull();
    expect((await three.semantic.status()).problem).toMatch(/embedder|model/i);
    await built(three);
    const hits = await three.semantic.index.nearest('fuse', { languages: ['en'], limit: 1 });
    expect(hits).toMatchObject({ indexId: expect.not.stringContaining(first), hits: [expect.anything()] });
    expect((await three.semantic.status()).problem).toBeNull();
  });
});
