import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patchAgent, reassign, relieveAbsent } from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const move = (ticketId: string, agent: string | null, reason?: string) =>
  world.run((trx, now) => reassign(trx, { ticketId, agent, reason, by: 'boss', now }));
const patch = (name: string, settings: Parameters<typeof patchAgent>[2]) =>
  world.run((trx, now) => patchAgent(trx, name, settings, { by: 'boss', now }));
const setStatus = (id: string, status: string) =>
  sql`update intake.tickets set status = ${status}, owner = case when ${status} = 'processing' then 1 end
    where id = ${id}`.execute(world.database.db);

describe('reassigning', () => {
  it('moves the ticket and its slot to the one named, and gives the free slot to who waits', async () => {
    await world.agent('Ada', { Billing: 1 });
    await world.agent('Ben', { Legal: 1 });
    const [held, waits] = await world.route({}, {});
    expect(await move(held!.id, 'Ben', 'knows the customer')).toMatchObject({ assignment: 'assigned', agent: 'Ben' });
    expect((await world.ticket(waits!.id)).agent).toBe('Ada');
    expect([await world.load('Ada'), await world.load('Ben')]).toEqual([1, 1]);
    const { rows } = await sql<{ data: unknown }>`select data from platform.ledger
      where subject_id = ${held!.id} and action = 'ticket-reassigned'`.execute(world.database.db);
    expect(rows).toEqual([{ data: { from: 'Ada', to: 'Ben', reason: 'knows the customer' } }]);
  });

  it('finds the best of the others, never the same', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 3 });
    await world.agent('Ben', { Billing: 0.2 });
    await world.agent('Cem', { Billing: 0.6 });
    const [held] = await world.route({});
    expect(held?.agent).toBe('Ada');
    expect(await move(held!.id, null)).toMatchObject({ agent: 'Cem', affinity: 0.6 });
  });

  it('leaves all as it is when nobody else can take it', async () => {
    await world.agent('Ada', { Billing: 1 });
    await world.agent('Ben', { Billing: 1 }, { online: false });
    const [held] = await world.route({});
    await expect(move(held!.id, null)).rejects.toMatchObject({ code: 'agent-unavailable' });
    await expect(move(held!.id, 'Ben')).rejects.toMatchObject({ code: 'agent-unavailable' });
    await expect(move(held!.id, 'Nobody')).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.ticket(held!.id)).toMatchObject({ agent: 'Ada', assignment: 'assigned' });
    expect(await world.load('Ada')).toBe(1);
  });

  it('to the same again changes nothing, and a waiting one is assigned', async () => {
    await world.agent('Ada', { Legal: 1 });
    const [waits] = await world.route({});
    expect(await move(waits!.id, 'Ada')).toMatchObject({ agent: 'Ada' });
    expect(await move(waits!.id, 'Ada')).toMatchObject({ agent: 'Ada' });
    expect(await world.load('Ada')).toBe(1);
  });

  it('refuses what is resolved', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held] = await world.route({});
    await world.resolve(held!.id);
    await expect(move(held!.id, 'Ada')).rejects.toMatchObject({ code: 'invalid-state' });
  });
});

describe('an agent who goes offline', () => {
  it('gives what needs somebody to others, else to the queue; what waits for its customer stays', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 3 });
    const [a, b, c] = await world.route({}, {}, {});
    await setStatus(c!.id, 'waiting_customer');
    await world.agent('Ben', { Billing: 0.5 });
    expect(await patch('Ada', { online: false })).toMatchObject({ online: false, load: 1 });
    const places = [await world.ticket(a!.id), await world.ticket(b!.id)];
    expect(places.map((t) => t.agent ?? t.assignment).sort()).toEqual(['Ben', 'waiting']);
    expect((await world.ticket(c!.id)).agent).toBe('Ada');
    // The customer writes: the agent is not there, somebody else has to be.
    await setStatus(c!.id, 'new');
    expect(await world.run((trx, now) => relieveAbsent(trx, now))).toBe(1);
    expect((await world.ticket(c!.id)).assignment).toBe('waiting');
    expect(await world.load('Ada')).toBe(0);
    expect(await world.run((trx, now) => relieveAbsent(trx, now))).toBe(0);
  });

  it('keeps all of it when that is wished, and gets nothing new', async () => {
    await world.agent('Ada', { Billing: 1 }, { capacity: 2 });
    const [held] = await world.route({});
    expect(await patch('Ada', { online: false, keeps: true })).toMatchObject({ keeps: true, load: 1 });
    expect(await world.run((trx, now) => relieveAbsent(trx, now))).toBe(0);
    expect((await world.ticket(held!.id)).agent).toBe('Ada');
    const [next] = await world.route({});
    expect(next?.assignment).toBe('waiting');
    expect(await patch('Ada', { online: true })).toMatchObject({ keeps: false, load: 2 });
  });

  it('leaves what a run has in hand until that is done', async () => {
    await world.agent('Ada', { Billing: 1 });
    const [held] = await world.route({});
    await setStatus(held!.id, 'processing');
    await patch('Ada', { online: false });
    expect((await world.ticket(held!.id)).agent).toBe('Ada');
    await setStatus(held!.id, 'awaiting_review');
    expect(await world.run((trx, now) => relieveAbsent(trx, now))).toBe(1);
  });
});

describe('changing some settings of an agent', () => {
  it('leaves the rest', async () => {
    await world.agent('Ada', { Billing: 0.7 }, { capacity: 2 });
    expect(await patch('Ada', { capacity: 4 })).toMatchObject({ skills: { Billing: 0.7 }, capacity: 4, online: true });
    await expect(patch('Nobody', { capacity: 4 })).rejects.toMatchObject({ code: 'not-found' });
  });
});
