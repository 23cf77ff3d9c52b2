import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignTickets, freeSlot, peekQueue, serveWaiting } from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

describe('a ticket that comes in', () => {
  it('goes to the agent who serves it best, and the slot is taken', async () => {
    await world.agent('Ada', { Billing: 0.4 });
    await world.agent('Ben', { Billing: 0.9 });
    const [first, second, third] = await world.route({}, {}, {});
    expect(first).toMatchObject({ assignment: 'assigned', agent: 'Ben', affinity: 0.9, queue: 'Billing' });
    expect(second).toMatchObject({ agent: 'Ada', affinity: 0.4 });
    expect(third).toMatchObject({ assignment: 'waiting', agent: null, affinity: null, queue: 'Billing' });
    expect(await world.load('Ada')).toBe(1);
    expect(await world.load('Ben')).toBe(1);
    expect(await world.waitingIds()).toEqual([third!.id]);
  });

  it('waits rather than go to somebody without the skill or offline', async () => {
    await world.agent('Ada', { Technical: 1, Refund: 0 });
    await world.agent('Ben', { Billing: 1 }, { online: false });
    const [refund] = await world.route({ category: 'Refund' });
    expect(refund?.assignment).toBe('waiting');
  });

  it('without a trustworthy category may be served by anybody', async () => {
    await world.agent('Ada', {});
    const [ticket] = await world.route({ abstained: true });
    expect(ticket).toMatchObject({ agent: 'Ada', queue: 'triage', affinity: null });
  });

  it('chooses before less urgent ones of the same batch', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [low, high] = await world.route({ priority: 'low' }, { priority: 'high' });
    expect([low?.assignment, high?.assignment]).toEqual(['waiting', 'assigned']);
  });

  it('keeps its agent, or its place, when routed again', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, waits] = await world.route({}, {});
    const before = await world.tickets();
    const again = [held!, waits!].map((t) => ({
      id: t.id,
      category: 'Billing',
      department: 'Billing' as const,
      abstained: false,
      priority: 'high' as const,
      createdAt: new Date(0),
    }));
    const verdicts = await world.run((trx, now) => assignTickets(trx, again, now));
    expect(verdicts[0]).toMatchObject({ assignment: 'assigned', agent: 'Ada', affinity: 1 });
    expect(verdicts[1]).toMatchObject({ assignment: 'waiting', agent: null });
    expect(await world.tickets()).toEqual(before);
    expect(await world.load('Ada')).toBe(1);
  });

  it('leaves one row in the ledger for each placement', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, waits] = await world.route({}, {});
    const rows = await sql<{ subject_id: string; action: string; data: unknown }>`
      select subject_id, action, data from platform.ledger
      where subject_id in (select id::text from intake.tickets) order by id`.execute(world.database.db);
    expect(rows.rows).toEqual([
      { subject_id: held!.id, action: 'ticket-assigned', data: { agent: 'Ada', queue: 'Billing' } },
      { subject_id: waits!.id, action: 'ticket-queued', data: { queue: 'Billing' } },
    ]);
  });
});

describe('a slot that becomes free', () => {
  it('serves the first in the order of the queue that the agent can serve', async () => {
    await world.agent('Ada', { Billing: 1, Legal: 0 });
    const [held] = await world.route({});
    await world.route({ department: 'Legal', category: 'Legal', priority: 'high' });
    const [low] = await world.route({ priority: 'low' });
    const [early] = await world.route({ at: new Date(0) });
    await world.route({});
    const served = await world.resolve(held!.id);
    expect(served).toMatchObject({ ticketId: early!.id, agent: 'Ada', affinity: 1, queue: 'Billing' });
    expect(await world.load('Ada')).toBe(1);
    expect(await world.ticket(held!.id)).toMatchObject({ assignment: 'none', agent: null, queue: null });
    expect((await world.waitingIds()).at(-1)).toBe(low!.id);
  });

  it('serves nobody twice when it is freed twice', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, waits] = await world.route({}, {});
    await world.resolve(held!.id);
    expect(await world.resolve(held!.id)).toBeNull();
    expect(await world.load('Ada')).toBe(1);
    expect(await world.ticket(waits!.id)).toMatchObject({ agent: 'Ada' });
  });

  it('is not offered to tickets that a run has in hand', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, waits] = await world.route({}, {});
    await sql`update intake.tickets set status = 'processing', owner = 1 where id = ${waits!.id}`.execute(
      world.database.db,
    );
    expect(await world.resolve(held!.id)).toBeNull();
    expect(await peekQueue(world.database.db)).toBeNull();
  });

  it('takes a ticket that waited off the queue when that is resolved', async () => {
    const [waits] = await world.route({});
    expect(await world.resolve(waits!.id)).toBeNull();
    expect(await world.ticket(waits!.id)).toMatchObject({ assignment: 'none', queued_at: null });
  });

  it('opens when an agent comes on line, gets room or learns', async () => {
    await world.agent('Ada', { Billing: 1 }, { online: false });
    const [a, b, c] = await world.route(
      { at: new Date(1) },
      { at: new Date(2) },
      { department: 'Legal', category: 'Legal' },
    );
    await world.agent('Ada', { Billing: 1 });
    expect((await world.ticket(a!.id)).agent).toBe('Ada');
    await world.agent('Ada', { Billing: 1 }, { capacity: 3 });
    expect((await world.ticket(b!.id)).agent).toBe('Ada');
    await world.agent('Ada', { Legal: 1 }, { capacity: 3 });
    expect((await world.ticket(c!.id)).agent).toBe('Ada');
    expect(await world.load('Ada')).toBe(3);
  });

  it('reaches, by the sweep, a ticket whose row was held by somebody else at that moment', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held, waits] = await world.route({}, {});
    await world.run(async (trx) => {
      await sql`select id from intake.tickets where id = ${waits!.id} for update`.execute(trx);
      expect(await world.resolve(held!.id)).toBeNull();
    });
    const served = await world.run((trx, now) => serveWaiting(trx, now));
    expect(served.map((s) => s.ticketId)).toEqual([waits!.id]);
    expect(await world.run((trx, now) => serveWaiting(trx, now))).toEqual([]);
  });
});

describe('a ticket that routing never saw', () => {
  it('has no slot to free', async () => {
    expect(
      await world.run((trx, now) =>
        freeSlot(trx, { ticketId: '00000000-0000-4000-8000-000000000000', by: 'boss', now }),
      ),
    ).toBeNull();
  });
});
