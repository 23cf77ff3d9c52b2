import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendToLedger, type Database, openDatabase } from '../../../src/platform/index.ts';
import { createSla, type Sla, type SlaSettings } from '../../../src/routing/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** Clocks in the database: kept once, whoever keeps them. */

const minutes = { first_response: 60, next_response: 60, resolution: 600 };
const settings: SlaSettings = {
  calendar: { timeZone: 'UTC', hours: 'always', holidays: [] },
  targets: { high: { ...minutes, first_response: 10 }, medium: minutes, low: minutes },
};
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 8) + minute * 60_000);

let test: TestDatabase;
let database: Database;
let sla: Sla;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { poolSize: 4 });
  sla = createSla(database, settings);
  await sla.subscribe();
});
afterEach(async () => {
  await database.close();
  await test.drop();
});
afterAll(() => undefined);

async function receive(minute: number, priority: string | null = 'medium'): Promise<string> {
  const id = randomUUID();
  await database.transaction(async (trx) => {
    await sql`insert into intake.tickets (id, content_hash, subject, body, channel, language, status, priority,
      created_at, updated_at) values (${id}, ${id}, 'Betreff', 'Text', 'api', 'de', 'new', ${priority}, ${at(minute)},
      ${at(minute)})`.execute(trx);
    await note(id, minute, 'ticket-received', trx);
  });
  return id;
}
const note = (id: string, minute: number, action: string, db = database.db as Parameters<typeof appendToLedger>[0]) =>
  appendToLedger(db, [{ at: at(minute), actor: 'boss', action, subjectType: 'ticket', subjectId: id }]);
const states = async (id: string) =>
  Object.fromEntries((await sla.ofTicket(id)).map((c) => [`${c.clock} ${c.round}`, c.state]));
async function breaches(): Promise<{ subject_id: string; data: Record<string, unknown> }[]> {
  const { rows } = await sql<{ subject_id: string; data: Record<string, unknown> }>`select subject_id, data
    from platform.ledger where action = 'sla-breached' order by id`.execute(database.db);
  return rows;
}

describe('a clock that runs out', () => {
  it('is told once, with what it was about, however many look', async () => {
    const ids = [await receive(0), await receive(0), await receive(0)];
    const others = Array.from({ length: 4 }, () => createSla(openDatabaseOnce(), settings));
    const told = (await Promise.all([sla, ...others].map((s) => s.keep(at(61))))).flat();
    expect(told.map((c) => c.ticketId).sort()).toEqual([...ids].sort());
    expect(await sla.keep(at(62))).toEqual([]);
    const rows = await breaches();
    expect(rows.map((r) => r.subject_id).sort()).toEqual([...ids].sort());
    expect(rows[0]?.data).toMatchObject({ clock: 'first_response', priority: 'medium', target_minutes: 60 });
    expect(await states(ids[0]!)).toEqual({ 'first_response 1': 'breached', 'resolution 1': 'running' });
    await note(ids[0]!, 70, 'reply-sent');
    await sla.keep(at(71));
    expect((await states(ids[0]!))['first_response 1']).toBe('missed');
    expect(await breaches()).toHaveLength(3);
  });

  const pools: Database[] = [];
  function openDatabaseOnce(): Database {
    const pool = openDatabase(test.url, { poolSize: 2 });
    pools.push(pool);
    return pool;
  }
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((p) => p.close()));
  });

  it('is not, when it was answered in time and only heard of later', async () => {
    const id = await receive(0);
    await note(id, 59, 'reply-sent');
    expect(await sla.keep(at(90))).toEqual([]);
    expect((await states(id))['first_response 1']).toBe('met');
  });

  it('is told by the late answer itself when nobody looked before', async () => {
    const id = await receive(0);
    await note(id, 75, 'reply-sent');
    expect(await sla.keep(at(76))).toMatchObject([{ ticketId: id, clock: 'first_response' }]);
    expect((await breaches())[0]?.data).toMatchObject({ due_at: at(60).toISOString() });
    expect((await states(id))['first_response 1']).toBe('missed');
  });
});

describe('what the clocks follow', () => {
  it('stands with the change or not at all', async () => {
    const id = await receive(0);
    const failing = database.transaction(async (trx) => {
      await note(id, 5, 'reply-sent', trx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow();
    await sla.keep(at(10));
    expect((await states(id))['first_response 1']).toBe('running');
  });

  it('is caught up with when nothing told of it', async () => {
    const [raised, solved, waits] = [await receive(0), await receive(0), await receive(0)];
    await sla.keep(at(1));
    await sql`update intake.tickets set priority = 'high' where id = ${raised}`.execute(database.db);
    await sql`update intake.tickets set status = 'resolved', resolved_at = ${at(3)} where id = ${solved}`.execute(
      database.db,
    );
    await sql`update intake.tickets set status = 'waiting_customer', updated_at = ${at(5)} where id = ${waits}`.execute(
      database.db,
    );
    await sla.keep(at(8));
    const [first] = await sla.ofTicket(raised);
    expect(first).toMatchObject({ priority: 'high', target: 10, dueAt: at(10) });
    expect(await states(solved)).toEqual({ 'first_response 1': 'met', 'resolution 1': 'met' });
    expect(await states(waits)).toEqual({ 'first_response 1': 'running', 'resolution 1': 'paused' });
    // And is not found again.
    expect(await sla.keep(at(9.5))).toEqual([]);
  });

  it('is many tickets at a time', async () => {
    const rows = Array.from({ length: 1_200 }, () => randomUUID());
    await sql`insert into intake.tickets (id, content_hash, subject, body, channel, language, status, created_at, updated_at)
      select id::uuid, id, 's', 'b', 'api', 'en', 'new', ${at(0)}, ${at(0)} from unnest(${rows}::text[]) as id`.execute(
      database.db,
    );
    const base = { at: at(0), actor: 'boss', action: 'ticket-received', subjectType: 'ticket' };
    await appendToLedger(
      database.db,
      rows.map((subjectId) => ({ ...base, subjectId })),
    );
    await sla.keep(at(1));
    expect(await sla.counts()).toEqual({ running: 2_400, at_risk: 0, breached: 0, paused: 0 });
  });
});

describe('a clock that will run out', () => {
  it('is at risk when little is left', async () => {
    const id = await receive(0);
    await sla.keep(at(47));
    expect((await states(id))['first_response 1']).toBe('running');
    await sla.keep(at(48));
    expect((await sla.ofTicket(id))[0]).toMatchObject({ state: 'at_risk', risk: 'little-left' });
  });

  it('is at risk when the queue before it is too long, told only where enough was answered', async () => {
    // One answer every five minutes.
    for (let i = 0; i < 10; i++) await note(await receive(-60), -60 + 5 * i, 'reply-sent');
    const ids: string[] = [];
    for (let i = 0; i < 14; i++) ids.push(await receive(i / 100));
    await sla.keep(at(1));
    // Nine gaps are too few to tell.
    expect((await sla.counts()).at_risk).toBe(0);
    await note(await receive(-60), -10, 'reply-sent');
    await sla.keep(at(1));
    // The twelfth will be answered after 60 minutes, and was due then.
    const risky = await Promise.all(ids.map(async (id) => (await states(id))['first_response 1']));
    expect(risky.map((s) => s === 'at_risk')).toEqual(ids.map((_, i) => i >= 11));
    expect((await sla.ofTicket(ids[13]!)).find((c) => c.clock === 'first_response')?.risk).toBe('queue');
    // Some are answered faster: it is no risk any more.
    for (const id of ids.slice(0, 8)) await note(id, 2, 'reply-sent');
    await sla.keep(at(2));
    expect((await sla.counts()).at_risk).toBe(0);
  });
});
