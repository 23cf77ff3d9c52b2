import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeCursor } from '../../../src/platform/index.ts';
import {
  createReview,
  decideReview,
  findPendingReview,
  listReviews,
  type NewReview,
  type ReviewDecision,
  readReviewForUpdate,
} from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const citation = { document: 'Rechnungen', heading: 'Fristen', quote: 'Wir buchen am 5. ab.' };

async function ask(ticketId: string, review: Partial<NewReview> = {}): Promise<string> {
  return world.run((trx, now) =>
    createReview(trx, {
      id: randomUUID(),
      ticketId,
      reason: 'confidence',
      notes: ['0.61 < 0.75'],
      draft: 'Grüße',
      citations: [citation],
      now,
      ...review,
    }),
  );
}

const decide = (id: string, decision: Partial<ReviewDecision> = {}) =>
  world.run((trx, now) =>
    decideReview(trx, {
      id,
      status: 'edited',
      reply: 'Guten Tag',
      category: null,
      reason: 'Ton',
      by: 'Ada',
      now,
      ...decision,
    }),
  );

describe('a review', () => {
  it('stands in the list with its ticket until it is decided', async () => {
    const [ticket] = await world.route({ priority: 'high' });
    const id = await ask(ticket!.id);
    const { items } = await listReviews(world.database.db, { limit: 10, status: 'pending' });
    expect(items).toEqual([
      expect.objectContaining({
        id,
        ticketId: ticket!.id,
        status: 'pending',
        notes: ['0.61 < 0.75'],
        citations: [citation],
        draft: 'Grüße',
        decidedAt: null,
        createdAt: expect.any(Date),
        ticket: { subject: 'Betreff', category: 'Billing', priority: 'high', language: 'de', status: 'new' },
      }),
    ]);
    const decided = await decide(id);
    expect(decided).toMatchObject({ status: 'edited', reply: 'Guten Tag', decidedBy: 'Ada', decisionReason: 'Ton' });
    expect(decided.decidedAt).toBeInstanceOf(Date);
    expect(await findPendingReview(world.database.db, ticket!.id)).toBeNull();
    expect((await listReviews(world.database.db, { limit: 10, status: 'pending' })).items).toEqual([]);
  });

  it('is decided once, also by two at the same moment', async () => {
    const [ticket] = await world.route({});
    const id = await ask(ticket!.id);
    const tries = await Promise.allSettled([decide(id, { by: 'Ada' }), decide(id, { by: 'Ben' })]);
    const won = tries.filter((t) => t.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const winner = won[0]!.value.decidedBy;
    await expect(decide(id)).rejects.toMatchObject({ code: 'already-done', message: expect.stringContaining(winner!) });
    const rows = await sql<{ action: string }>`
      select action from platform.ledger where subject_id = ${ticket!.id} and action = 'review-edited'`.execute(
      world.database.db,
    );
    expect(rows.rows).toHaveLength(1);
  });

  it('is renewed when the ticket needs a person again before it was decided', async () => {
    const [ticket] = await world.route({});
    const first = await ask(ticket!.id);
    expect(await ask(ticket!.id, { draft: null, reason: 'PERSON_REQUESTED_ESCALATE' })).toBe(first);
    expect(await findPendingReview(world.database.db, ticket!.id)).toBe(first);
    const { items } = await listReviews(world.database.db, { limit: 10 });
    expect(items).toEqual([expect.objectContaining({ id: first, draft: null, reason: 'PERSON_REQUESTED_ESCALATE' })]);
    await decide(first, { status: 'rejected', reply: null });
    expect(await ask(ticket!.id)).not.toBe(first);
  });

  it('waits for a run of its ticket that ends at the same moment, and is waited for', async () => {
    const [ticket] = await world.route({});
    const id = await ask(ticket!.id);
    const endOfRun = () =>
      world.run(async (trx, now) => {
        await sql`select id from intake.tickets where id = ${ticket!.id} for update`.execute(trx);
        const review = {
          id: randomUUID(),
          ticketId: ticket!.id,
          reason: 'again',
          notes: [],
          draft: null,
          citations: [],
          now,
        };
        await createReview(trx, review);
      });
    const look = () =>
      world.run(async (trx) => {
        await readReviewForUpdate(trx, id);
        await sql`update intake.tickets set subject = subject where id = ${ticket!.id}`.execute(trx);
      });
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? endOfRun() : look())));
    expect(await findPendingReview(world.database.db, ticket!.id)).toBe(id);
  });

  it('that nobody knows is not found', async () => {
    await expect(decide(randomUUID())).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.run((trx) => readReviewForUpdate(trx, randomUUID()))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the list of reviews', () => {
  it('is newest first and pages through all of them once', async () => {
    const tickets = await world.route({}, {}, {}, {}, {});
    const ids: string[] = [];
    for (const [i, t] of tickets.entries()) ids.push(await ask(t.id, { now: new Date(1000 * Math.floor(i / 2)) }));
    await decide(ids[0]!, { status: 'approved' });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listReviews(world.database.db, {
        limit: 2,
        after: after === undefined ? undefined : decodeCursor(after),
      });
      seen.push(...page.items.map((r) => r.id));
      after = page.nextCursor ?? undefined;
    } while (after !== undefined);
    const newestFirst = [ids[4]!, ...ids.slice(2, 4).sort().reverse(), ...ids.slice(0, 2).sort().reverse()];
    expect(seen).toEqual(newestFirst);
  });
});
