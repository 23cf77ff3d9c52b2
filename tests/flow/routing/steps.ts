import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  assignTickets,
  assignTo,
  deleteAgent,
  freeSlot,
  putAgent,
  queueNext,
  release,
} from '../../../src/routing/index.ts';
import { type Department, type Priority, SignalboxError } from '../../../src/ticket/index.ts';
import type { TicketState, World } from './world.ts';

/** What pipeline and people do, at random. A ticket is named by its place among those there are. */
export type Step =
  | { kind: 'route'; tickets: { department: Department; abstained: boolean; priority: Priority }[] }
  | { kind: 'resolve'; ticket: number }
  | { kind: 'release'; ticket: number }
  | { kind: 'evaluate'; ticket: number }
  | { kind: 'assign'; ticket: number; agent: string }
  | { kind: 'next'; agent: string }
  | { kind: 'delete'; agent: string }
  | { kind: 'put'; agent: string; skills: Record<string, number>; capacity: number; online: boolean };

export type Put = Extract<Step, { kind: 'put' }>;
type Kind<K extends Step['kind']> = fc.Arbitrary<Extract<Step, { kind: K }>>;

const agents = ['Ada', 'Ben', 'Cem'];
const agent = fc.constantFrom(...agents);
const ticket = fc.nat(7);
const kind = <K extends Step['kind']>(name: K) => fc.constant(name);

const put = (name: fc.Arbitrary<string>): Kind<'put'> =>
  fc.record({
    kind: kind('put'),
    agent: name,
    skills: fc.dictionary(fc.constantFrom('Billing', 'Technical', 'Legal'), fc.constantFrom(0, 0.3, 0.6, 0.9), {
      minKeys: 1,
    }),
    capacity: fc.constantFrom(0, 1, 1, 2, 2, 3),
    online: fc.constantFrom(true, true, true, false),
  });

const route = (least: number, most: number): Kind<'route'> =>
  fc.record({
    kind: kind('route'),
    tickets: fc.array(
      fc.record({
        department: fc.constantFrom<Department>('Billing', 'Technical', 'Legal'),
        abstained: fc.constantFrom(false, false, false, true),
        priority: fc.constantFrom<Priority>('low', 'medium', 'high'),
      }),
      { minLength: least, maxLength: most, size: 'max' },
    ),
  });

/** Three agents and more tickets than they can hold. */
export const anyBeginning: fc.Arbitrary<Step[]> = fc
  .tuple(...agents.map((name) => put(fc.constant(name))), route(8, 12))
  .map((steps) => steps);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: route(1, 3) },
  { weight: 6, arbitrary: fc.record({ kind: kind('resolve'), ticket }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('release'), ticket }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('evaluate'), ticket }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('assign'), ticket, agent }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('next'), agent }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('delete'), agent }) },
  { weight: 3, arbitrary: put(agent) },
);

/** What a person may be told; anything else, a deadlock before all, is a defect. */
const refusals = ['ticket-taken', 'agent-unavailable', 'not-found', 'invalid-state'];

/** @returns true when a wish of a person changed nothing: it was refused, or it was so already. */
export async function perform(world: World, step: Step, ids: readonly string[]): Promise<boolean> {
  try {
    return (await act(world, step, ids)) === 'unchanged';
  } catch (error) {
    if (error instanceof SignalboxError && refusals.includes(error.code)) return true;
    throw error;
  }
}

async function act(world: World, step: Step, ids: readonly string[]): Promise<unknown> {
  switch (step.kind) {
    case 'route':
      return world.route(...step.tickets.map((t) => ({ ...t, category: t.department })));
    case 'put':
      return world.run((trx, now) => putAgent(trx, { ...step, name: step.agent }, { by: 'boss', now }));
    case 'delete':
      return world.run((trx, now) => deleteAgent(trx, step.agent, { by: 'boss', now }));
    case 'next':
      return world.run((trx, now) => queueNext(trx, { agent: step.agent, by: step.agent, now }));
  }
  const ticketId = ids[step.ticket % ids.length]!;
  switch (step.kind) {
    case 'assign':
      return world.run((trx, now) => assignTo(trx, { ticketId, agent: step.agent, by: 'by-name', now }));
    case 'release':
      return giveBack(world, ticketId);
    case 'resolve':
      return world.resolve(ticketId);
    case 'evaluate':
      return evaluate(world, ticketId);
  }
}

/** Somebody else each time, so that the ledger tells whether this one changed anything. */
async function giveBack(world: World, ticketId: string): Promise<'changed' | 'unchanged'> {
  const by = randomUUID();
  await world.run((trx, now) => release(trx, { ticketId, by, now }));
  const { rows } = await sql`select 1 from platform.ledger
    where subject_type = 'ticket' and subject_id = ${ticketId} and actor = ${by}`.execute(world.database.db);
  return rows.length > 0 ? 'changed' : 'unchanged';
}

/** A run: takes the ticket in hand, and in a second transaction resolves it or leaves it to a person. */
async function evaluate(world: World, id: string): Promise<void> {
  const taken = await world.run((trx) =>
    sql`update intake.tickets set status = 'processing', owner = 1
      where id = ${id} and status in ('new', 'awaiting_review') returning id`.execute(trx),
  );
  if (taken.rows.length === 0) return;
  await world.run(async (trx, now) => {
    const { rows } = await sql<TicketState & { abstained: boolean; priority: Priority }>`
      select * from intake.tickets where id = ${id} for update`.execute(trx);
    const found = rows[0]!;
    if (found.status !== 'processing') return;
    const resolves = found.priority === 'low';
    await sql`update intake.tickets set status = ${resolves ? 'resolved' : 'awaiting_review'}, owner = null
      where id = ${id}`.execute(trx);
    if (resolves) await freeSlot(trx, { ticketId: id, by: 'signalbox', now });
    else await assignTickets(trx, [{ ...found, createdAt: now }], now);
  });
}
