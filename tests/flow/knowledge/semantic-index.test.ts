import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { loadReplica } from '../../../src/knowledge/semantic/replica-files.ts';
import { createTestDatabase } from '../../support/database.ts';
import { manySections } from '../../support/semantic.ts';
import { bicycles, built, chunkOf, semanticWorld, serves, tea } from './semantic-world.ts';

const world = semanticWorld();
const { close, newFolder, open } = world;

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
    world.stub.behave = { until: gate.promise };
    await one.semantic.build();
    await expect.poll(() => world.stub.calls).toBe(1);
    // The first stands in its first batch: the second finds it at work and leaves it.
    await two.semantic.build();
    await two.semantic.settled();
    expect(world.stub.calls).toBe(1);
    gate.resolve();
    await serves(one);
    const before = (await one.semantic.status()).chunks;
    expect(before).toBeGreaterThanOrEqual(150);
    expect(world.stub.read).toHaveLength(before);
    await one.add('tea.md', tea);
    await expect.poll(async () => (await one.semantic.status()).active?.vectors).toBe(before + 1);
    expect(world.stub.read.slice(before)).toEqual([expect.stringContaining('Green tea')]);
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
    const read = world.stub.read.length;
    const renewed = '01a1f996-0000-77e9-8bb6-9886a31c0de2';
    await sql`update knowledge.chunks set id = ${renewed}`.execute(one.database.db);
    await sql`select pg_notify('signalbox_knowledge', '')`.execute(one.database.db);
    await expect.poll(() => one.nearest('water of seventy degrees')).toEqual([renewed]);
    expect(world.stub.read.length - read).toBe(1);
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
    const replica = await loadReplica(join(dataFolder, 'vectors'), indexId, {
      dimension: world.stub.dimension,
      exactUpTo,
    });
    expect(replica?.size).toBe(world.stub.read.length - 1);
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
    expect(await loadReplica(vectors, indexId, { dimension: world.stub.dimension, exactUpTo })).toBeNull();
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
