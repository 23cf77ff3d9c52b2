import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deleteAgent,
  deleteTeam,
  listQueue,
  listTeams,
  putTeam,
  queueDepth,
  queueNext,
  serveWaiting,
  type Team,
} from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  await world.empty();
  await sql`delete from routing.teams`.execute(world.database.db);
});
afterAll(() => world.close());

const team = (settings: Partial<Team>) =>
  world.run((trx, now) =>
    putTeam(
      trx,
      { name: 'Money', serves: ['Billing'], members: ['Ben'], overflowMinutes: null, ...settings },
      { by: 'boss', now },
    ),
  );

describe('a team', () => {
  it('gets what it serves, though somebody else is better', async () => {
    await world.agent('Ada', { Billing: 1, Legal: 1 }, { capacity: 2 });
    await world.agent('Ben', { Billing: 0.3 });
    await team({});
    const [first, second, legal] = await world.route({}, {}, { category: 'Legal', department: 'Legal' });
    expect([first?.agent, second?.assignment, legal?.agent]).toEqual(['Ben', 'waiting', 'Ada']);
    expect(await world.run((trx, now) => queueNext(trx, { agent: 'Ada', by: 'Ada', now }))).toBeNull();
    await world.resolve(first!.id);
    expect((await world.ticket(second!.id)).agent).toBe('Ben');
  });

  it('that names the category goes before one that names the department', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 2 });
    await world.agent('Ben', { Billing: 0.3 }, { capacity: 2 });
    await team({});
    await team({ name: 'Refunds', serves: ['Refund'], members: ['Ada'] });
    const [refund, billing] = await world.route({ category: 'Refund' }, {});
    expect([refund?.agent, billing?.agent]).toEqual(['Ada', 'Ben']);
  });

  it('whose agents are all gone guards nothing', async () => {
    await world.agent('Ada', { Billing: 1 });
    await world.agent('Ben', { Billing: 0.3 });
    await team({});
    await world.run((trx, now) => deleteAgent(trx, 'Ben', { by: 'boss', now }));
    const [ticket] = await world.route({});
    expect(ticket?.agent).toBe('Ada');
  });

  it('lets others have it when it has waited long enough', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 5 });
    await world.agent('Ben', { Billing: 0.3 }, { online: false });
    await team({ overflowMinutes: 10 });
    const start = world.now();
    const [waits] = await world.route({ at: start });
    const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
    const serve = (at: Date) => world.database.transaction((trx) => serveWaiting(trx, at));
    expect(await serve(later(9))).toEqual([]);
    expect(await serve(later(10))).toMatchObject([{ ticketId: waits!.id, agent: 'Ada' }]);
  });

  it('changed or removed, gives what waits to who may have it now', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 5 });
    await world.agent('Ben', { Billing: 0.3 }, { online: false });
    await team({});
    const [one] = await world.route({});
    await team({ members: ['Ada'] });
    expect((await world.ticket(one!.id)).agent).toBe('Ada');
    await team({ members: ['Ben'] });
    const [two] = await world.route({});
    expect(two?.assignment).toBe('waiting');
    await world.run((trx, now) => deleteTeam(trx, 'Money', { by: 'boss', now }));
    expect((await world.ticket(two!.id)).agent).toBe('Ada');
    expect(await listTeams(world.database.db)).toEqual([]);
    await expect(world.run((trx, now) => deleteTeam(trx, 'Money', { by: 'boss', now }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('can serve what nobody could sort', async () => {
    await world.agent('Ada', { Billing: 1 });
    await world.agent('Ben', {});
    await team({ serves: ['triage'] });
    const [one, two] = await world.route({ abstained: true }, { abstained: true });
    expect([one?.agent, two?.assignment]).toEqual(['Ben', 'waiting']);
  });
});

describe('a customer who writes again', () => {
  const of = async (id: string, customer: string) => {
    await sql`insert into intake.customers (id, email, created_at) values (${customer}, ${`${customer}@example.org`}, now())
      on conflict do nothing`.execute(world.database.db);
    await sql`update intake.tickets set customer_id = ${customer} where id = ${id}`.execute(world.database.db);
  };
  it('gets who has the first ticket already, if skilled and free', async () => {
    const customer = '00000000-0000-4000-8000-0000000000c1';
    await world.agent('Ben', { Billing: 0.2 }, { capacity: 2 });
    const [first] = await world.route({});
    await of(first!.id, customer);
    await world.agent('Ada', { Billing: 1, Legal: 1 }, { capacity: 5 });
    const again = async () => {
      const [t] = await world.route({ customer });
      return t!.agent;
    };
    expect(await again()).toBe('Ben');
    // Ben is full now.
    expect(await again()).toBe('Ada');
  });
});

describe('the queue of a team', () => {
  it('holds what it serves and no other does by a closer name', async () => {
    await world.agent('Ada', { Billing: 1 }, { online: false });
    await world.agent('Ben', { Billing: 0.3 }, { online: false });
    await team({});
    await team({ name: 'Refunds', serves: ['Refund'], members: ['Ada'] });
    const [billing, refund] = await world.route({}, { category: 'Refund' }, { category: 'Legal', department: 'Legal' });
    const queue = async (name: string) => {
      const { items, total } = await listQueue(world.database.db, { limit: 10, team: name });
      expect(total).toBe(items.length);
      return items.map((q) => q.id);
    };
    expect(await queue('Money')).toEqual([billing!.id]);
    expect(await queue('Refunds')).toEqual([refund!.id]);
    await expect(queue('Nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('how long tickets wait', () => {
  it('is told for each priority, of the first that waits', async () => {
    const start = world.now();
    await world.route({ priority: 'low', at: start }, { priority: 'low' }, { priority: 'high', at: start });
    const later = new Date(start.getTime() + 90_000);
    expect(await queueDepth(world.database.db, later)).toEqual({
      high: { count: 1, longestSeconds: 90 },
      medium: { count: 0, longestSeconds: null },
      low: { count: 2, longestSeconds: 90 },
    });
  });
});
