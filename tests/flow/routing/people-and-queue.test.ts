import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  assignTo,
  deleteAgent,
  listAgents,
  listQueue,
  peekQueue,
  queueNext,
  release,
  seedAgents,
} from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const assign = (ticketId: string, agent: string) =>
  world.run((trx, now) => assignTo(trx, { ticketId, agent, by: 'boss', now }));
const giveBack = (ticketId: string) => world.run((trx, now) => release(trx, { ticketId, by: 'boss', now }));
const next = (agent: string) => world.run((trx, now) => queueNext(trx, { agent, by: agent, now }));

describe('what people do', () => {
  it('assign: once, to nobody else, whatever the skills', async () => {
    await world.agent('Ada', {});
    await world.agent('Ben', {});
    const [ticket] = await world.route({});
    expect(await assign(ticket!.id, 'Ada')).toMatchObject({ assignment: 'assigned', agent: 'Ada', affinity: 0 });
    expect(await assign(ticket!.id, 'Ada')).toMatchObject({ agent: 'Ada' });
    expect(await world.load('Ada')).toBe(1);
    await expect(assign(ticket!.id, 'Ben')).rejects.toMatchObject({ code: 'ticket-taken' });
    expect(await world.waitingIds()).toEqual([]);
  });

  it('assign: refused where it cannot be', async () => {
    await world.agent('Full', {}, { capacity: 0 });
    await world.agent('Off', {}, { online: false });
    const [open, done] = await world.route({}, { status: 'resolved' });
    await expect(assign(open!.id, 'Full')).rejects.toMatchObject({ code: 'agent-unavailable' });
    await expect(assign(open!.id, 'Off')).rejects.toMatchObject({ code: 'agent-unavailable' });
    await expect(assign(open!.id, 'Nobody')).rejects.toMatchObject({ code: 'not-found' });
    await expect(assign(done!.id, 'Full')).rejects.toMatchObject({ code: 'invalid-state' });
    await expect(assign('00000000-0000-4000-8000-000000000000', 'Full')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('release: to another who is free, and the slot to who waits', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held] = await world.route({});
    await world.agent('Ben', { Billing: 0.5, Legal: 1 });
    expect(await giveBack(held!.id)).toMatchObject({ assignment: 'assigned', agent: 'Ben', affinity: 0.5 });
    expect(await world.load('Ada')).toBe(0);
    expect(await world.load('Ben')).toBe(1);
  });

  it('release: behind the others of its priority and never straight back', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held] = await world.route({});
    const [other, late, low] = await world.route(
      {},
      { at: new Date(Date.UTC(2030, 0, 1)) },
      { priority: 'low', at: new Date(0) },
    );
    expect(await giveBack(held!.id)).toMatchObject({ assignment: 'waiting', agent: null });
    expect((await world.ticket(other!.id)).agent).toBe('Ada');
    expect(await world.waitingIds()).toEqual([late!.id, held!.id, low!.id]);
    await world.resolve(other!.id);
    await world.resolve(late!.id);
    await world.resolve(low!.id);
    expect(await world.load('Ada')).toBe(0);
    expect(await next('Ada')).toBeNull();
    expect(await world.ticket(held!.id)).toMatchObject({ assignment: 'waiting', released_by: 'Ada' });
    expect(await assign(held!.id, 'Ada')).toMatchObject({ agent: 'Ada' });
    expect((await world.ticket(held!.id)).released_by).toBeNull();
  });

  it('release: twice is the same, of what nobody has is refused', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, done] = await world.route({}, { at: new Date(Date.UTC(2030, 0, 1)) });
    await giveBack(held!.id);
    await world.resolve(done!.id);
    expect(await giveBack(held!.id)).toMatchObject({ assignment: 'waiting', queue: 'Billing' });
    await expect(giveBack(done!.id)).rejects.toMatchObject({ code: 'invalid-state' });
  });

  it('next: claims what the sweep has not given yet, once', async () => {
    const [a, b] = await world.route({}, { priority: 'high' });
    await sql`insert into routing.agents (name, skills, capacity, created_at)
      values ('Ada', '{"Billing":1}', 1, now()), ('Ben', '{"Billing":1}', 1, now()), ('Off', '{}', 1, now())`.execute(
      world.database.db,
    );
    const claims = await Promise.all([next('Ada'), next('Ben')]);
    expect(claims.map((c) => c?.id).sort()).toEqual([a!.id, b!.id].sort());
    expect(await next('Off')).toBeNull();
    await expect(next('Ada')).rejects.toMatchObject({ code: 'agent-unavailable' });
    await expect(next('Nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('remove an agent: what it held goes to others or waits in the order of its arrival', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 3 });
    const held = await world.route({ at: new Date(3) }, { at: new Date(1), priority: 'high' }, { at: new Date(2) });
    await world.agent('Ben', { Billing: 0.1 });
    const requeued = await world.run((trx, now) => deleteAgent(trx, 'Ada', { by: 'boss', now }));
    expect(requeued).toEqual({ requeued: 3 });
    expect((await world.ticket(held[1]!.id)).agent).toBe('Ben');
    expect(await world.waitingIds()).toEqual([held[2]!.id, held[0]!.id]);
    expect((await listAgents(world.database.db)).map((a) => a.name)).toEqual(['Ben']);
    await expect(world.run((trx, now) => deleteAgent(trx, 'Ada', { by: 'boss', now }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the queue', () => {
  it('is listed in its order, page by page, with the total on each', async () => {
    const priorities = ['low', 'high', 'medium'] as const;
    await world.route(
      ...Array.from({ length: 9 }, (_, i) => ({ priority: priorities[i % 3]!, at: new Date(10 - (i % 5)) })),
    );
    const all = await listQueue(world.database.db, { limit: 50 });
    expect(all).toMatchObject({ total: 9, nextCursor: null });
    const rank = { high: 0, medium: 1, low: 2 };
    const sorted = all.items.toSorted(
      (a, b) =>
        rank[a.priority] - rank[b.priority] || a.queuedAt.getTime() - b.queuedAt.getTime() || (a.id < b.id ? -1 : 1),
    );
    expect(all.items).toEqual(sorted);
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await listQueue(world.database.db, { limit: 2, cursor });
      expect(page.total).toBe(9);
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(sorted);
    expect(await peekQueue(world.database.db)).toEqual(sorted[0]);
    await expect(listQueue(world.database.db, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid-fields',
    });
  });
});

describe('the first agents', () => {
  const starter = resolve(import.meta.dirname, '../../../starter/agents.json');

  it('come from the starter file when there are none, by one process only', async () => {
    const seed = () => world.run((trx, now) => seedAgents(trx, starter, now));
    const added = await Promise.all([seed(), seed(), seed()]);
    expect(added.sort()).toEqual([0, 0, 4]);
    expect((await listAgents(world.database.db)).map((a) => [a.name, a.capacity])).toEqual([
      ['Agent_A', 5],
      ['Agent_B', 5],
      ['Agent_C', 5],
      ['Agent_D', 5],
    ]);
    await world.run((trx, now) => deleteAgent(trx, 'Agent_A', { by: 'boss', now }));
    expect(await seed()).toBe(0);
  });

  it('are refused when the file is not one of agents', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-agents-'));
    const file = join(folder, 'agents.json');
    writeFileSync(file, '[{"name":"Ada","skills":{"Billing":7},"capacity":1}]');
    await expect(world.run((trx, now) => seedAgents(trx, file, now))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    rmSync(folder, { recursive: true });
  });
});
