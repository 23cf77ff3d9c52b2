import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Agent,
  assignTo,
  listAgents,
  listQueue,
  queueNext,
  readAgent,
  serveWaiting,
} from '../../../src/routing/index.ts';
import { anyBeginning, anyStep, type Put, perform, type Step } from './steps.ts';
import { createWorld, type TicketState, type World } from './world.ts';

/** What must hold after anything that pipeline and people do, also when they do it at the same moment. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

interface Books {
  readonly agents: Agent[];
  readonly tickets: TicketState[];
}

/** What a step may be about: those that somebody holds come first, and are meant more often. */
const openIds = ({ tickets }: Books) =>
  tickets
    .filter((t) => t.status !== 'resolved')
    .toSorted((a, b) => Number(b.agent !== null) - Number(a.agent !== null))
    .map((t) => t.id);
const canServe = (agent: Agent, ticket: TicketState) =>
  ticket.released_by !== agent.name && (ticket.queue === 'triage' || (agent.skills[ticket.department ?? ''] ?? 0) > 0);

/** Load, assignments and tickets say the same; a resolved ticket holds nobody. */
async function checkBooks(): Promise<Books> {
  const { db } = world.database;
  const [agents, tickets] = [await listAgents(db), await world.tickets()];
  const assignments = await sql<{ ticket_id: string; agent: string }>`
    select ticket_id, agent from routing.assignments where freed_at is null`.execute(db);
  const held = tickets.filter((t) => t.assignment === 'assigned').map((t) => `${t.id} ${t.agent}`);
  expect(assignments.rows.map((a) => `${a.ticket_id} ${a.agent}`).sort()).toEqual(held.sort());
  for (const agent of agents) {
    expect(agent.load, agent.name).toBe(tickets.filter((t) => t.agent === agent.name).length);
  }
  for (const ticket of tickets) {
    if (ticket.agent !== null) expect(agents.map((a) => a.name)).toContain(ticket.agent);
    expect(ticket.queued_at !== null).toBe(ticket.assignment === 'waiting');
    if (ticket.status === 'resolved') expect(ticket.assignment).toBe('none');
  }
  return { agents, tickets };
}

/** Nobody waits while somebody who could serve has room. */
function checkNobodyWaits({ agents, tickets }: Books): void {
  const free = agents.filter((a) => a.online && a.load < a.capacity);
  const idle = tickets
    .filter((t) => t.assignment === 'waiting' && t.status !== 'processing')
    .filter((t) => free.some((a) => canServe(a, t)));
  expect(idle).toEqual([]);
}

/** Load grows only up to a capacity, and only on line, as it was in force at some moment of these steps. */
function checkCapacity(before: Books, after: Books, steps: readonly Step[]): void {
  for (const { name, load } of after.agents) {
    const was = before.agents.find((a) => a.name === name);
    const puts = steps.filter((s): s is Put => s.kind === 'put' && s.agent === name);
    const inForce = [...(was === undefined ? [] : [was]), ...puts].filter((a) => a.online).map((a) => a.capacity);
    expect(load, name).toBeLessThanOrEqual(Math.max(was?.load ?? 0, 0, ...inForce));
  }
}

const sweep = () => world.run((trx, now) => serveWaiting(trx, now));

/** Whoever gave a ticket back is not the next to have it, unless a person said so by name. */
async function checkReleases(): Promise<void> {
  const rows = await sql<{ subject_id: string; action: string; actor: string; agent: string }>`
    select subject_id, action, actor, data->>'agent' as agent from platform.ledger
    where action in ('ticket-released', 'ticket-assigned')
      and subject_id in (select id::text from intake.tickets) order by subject_id, id`.execute(world.database.db);
  rows.rows.forEach((row, i) => {
    const before = rows.rows[i - 1];
    if (before?.subject_id !== row.subject_id || before.action !== 'ticket-released') return;
    if (row.action === 'ticket-assigned' && row.actor !== 'by-name') expect(row.agent).not.toBe(before.agent);
  });
}

/** Of those that the freed agent could serve, the first in the queue got the slot. @returns how many did. */
function checkTurn(before: Books, after: Books, queue: readonly string[]): number {
  const ticketBefore = (id: string) => before.tickets.find((t) => t.id === id)!;
  const served = after.tickets.filter((t) => t.agent !== null && ticketBefore(t.id).assignment === 'waiting');
  for (const ticket of served) {
    const agent = after.agents.find((a) => a.name === ticket.agent)!;
    expect(ticket.id).toBe(queue.find((id) => canServe(agent, ticketBefore(id))));
  }
  return served.length;
}

describe('one thing after another', () => {
  it('keeps the books, the capacity and the order of the queue', async () => {
    let served = 0;
    const steps = fc.array(anyStep, { minLength: 12, maxLength: 20, size: 'max' });
    await fc.assert(
      fc.asyncProperty(anyBeginning, steps, async (beginning, following) => {
        await world.empty();
        let before = await checkBooks();
        for (const step of [...beginning, ...following]) {
          const queue = (await listQueue(world.database.db, { limit: 200 })).items.map((q) => q.id);
          await perform(world, step, openIds(before));
          const after = await checkBooks();
          checkNobodyWaits(after);
          checkCapacity(before, after, [step]);
          if (step.kind === 'resolve' || step.kind === 'release') served += checkTurn(before, after, queue);
          before = after;
        }
        await checkReleases();
      }),
      { numRuns: 15, seed: 20_261, endOnFailure: true },
    );
    // About 30; with none the order would not have been looked at.
    expect(served).toBeGreaterThan(10);
  });
});

describe('several things at once', () => {
  it('keeps the books and the capacity, and leaves nobody waiting', async () => {
    let unaided = 0;
    const round = fc.array(anyStep, { minLength: 3, maxLength: 7, size: 'max' });
    const rounds = fc.array(round, { minLength: 5, maxLength: 8, size: 'max' });
    await fc.assert(
      fc.asyncProperty(anyBeginning, rounds, async (beginning, following) => {
        await world.empty();
        let before = await checkBooks();
        for (const steps of [beginning, ...following]) {
          const unchanged = await Promise.all(steps.map((s) => perform(world, s, openIds(before))));
          // What changes nothing may have held the row of a waiting ticket when a slot became free: the sweep's part.
          if (unchanged.some((was, i) => was && steps[i]!.kind !== 'resolve')) await sweep();
          else unaided++;
          const after = await checkBooks();
          checkNobodyWaits(after);
          checkCapacity(before, after, steps);
          before = after;
        }
        await checkReleases();
      }),
      { numRuns: 20, seed: 20_261, endOnFailure: true },
    );
    expect(unaided).toBeGreaterThan(20);
  });

  it('fills the last slots with as many of those that come in as there are', async () => {
    for (let i = 0; i < 5; i++) {
      await world.empty();
      await world.agent('Ada', { Billing: 1 }, { capacity: 3 });
      const routed = await Promise.all(Array.from({ length: 8 }, () => world.route({})));
      expect(routed.flat().filter((r) => r.agent === 'Ada')).toHaveLength(3);
      await checkBooks();
    }
  });

  it('gives the last slots of an agent to as many as there are, whoever asks', async () => {
    await world.empty();
    const tickets = await world.route(...Array.from({ length: 8 }, () => ({})));
    await world.agent('Ada', { Legal: 1 }, { capacity: 3 });
    const asked = await Promise.allSettled(
      tickets.map((t) => world.run((trx, now) => assignTo(trx, { ticketId: t.id, agent: 'Ada', by: 'boss', now }))),
    );
    expect(asked.filter((a) => a.status === 'fulfilled')).toHaveLength(3);
    expect((await readAgent(world.database.db, 'Ada'))?.load).toBe(3);
    await checkBooks();
  });

  it('gives one waiting ticket to one of those who claim it', async () => {
    await world.empty();
    const names = ['Ada', 'Ben', 'Cem', 'Dora', 'Emil'];
    await world.route({}, {});
    await sql`insert into routing.agents (name, skills, capacity, created_at)
      select name, '{"Billing":1}', 1, now() from unnest(${names}::text[]) as name`.execute(world.database.db);
    const claims = await Promise.all(
      names.map((agent) => world.run((trx, now) => queueNext(trx, { agent, by: agent, now }))),
    );
    expect(new Set(claims.filter((c) => c !== null).map((c) => c.id)).size).toBe(2);
    expect(claims.filter((c) => c !== null)).toHaveLength(2);
    await checkBooks();
  });
});
