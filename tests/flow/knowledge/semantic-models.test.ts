import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { activateIndex, beginIndex, setModel, writeVectors } from '../../../src/knowledge/stores/vectors.ts';
import { SignalboxError } from '../../../src/ticket/index.ts';
import { manySections, stubSettings } from '../../support/semantic.ts';
import { stubEmbedder } from '../../support/stub-embedder.ts';
import { bicycles, built, chunkOf, semanticWorld, serves, tea } from './semantic-world.ts';

const world = semanticWorld();
const { close, newFolder, open } = world;

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
    const two = await open({ settings: stubSettings('openai', { onnx: world.stub, openai: next }) });
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
    const chunks = world.stub.read.length;
    const killed = await stuckProcess();
    const gone = once(killed, 'exit');
    killed.kill('SIGKILL');
    await gone;

    const next = stubEmbedder('stub-2');
    const two = await open({ settings: stubSettings('openai', { onnx: world.stub, openai: next }) });
    expect((await two.semantic.status()).building).toMatchObject({ vectors: 128 });
    await two.semantic.build();
    await serves(two, 'stub-2');
    expect(next.read).toHaveLength(chunks - 128);
    expect((await two.semantic.status()).active?.vectors).toBe(chunks);
  });

  async function stuckProcess(): Promise<ChildProcess> {
    const file = resolve(import.meta.dirname, '../../support/index-process.ts');
    const child = spawn(process.execPath, [file, world.url, newFolder()], { stdio: ['ignore', 'pipe', 'inherit'] });
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
    const two = await open({ settings: stubSettings('openai', { onnx: world.stub, openai: next }) });
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
    world.stub.behave = { until: new Promise(() => undefined) };
    for (const question of ['one', 'two', 'three']) expect(await one.nearest(`${question} tea`)).toBeNull();
    expect((await one.semantic.status()).problem).toContain('longer than 200 ms');
    const asked = world.stub.read.length;
    world.stub.behave = {};
    expect(await one.nearest('four tea')).toBeNull();
    expect(world.stub.read).toHaveLength(asked);
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
    world.stub.behave = { fail: new Error('away') };
    await one.add('tea.md', tea);
    await one.semantic.build();
    await one.semantic.settled();
    expect(await one.semantic.status()).toMatchObject({ active: null, building: { vectors: 0 }, problem: 'away' });
    world.stub.behave = {};
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
    const two = await open({ settings: stubSettings('onnx', { onnx: world.stub }) });
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
