import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ INCIDENT_COUNT: '4', INCIDENT_QUIET_MINUTES: '1' });
});
afterAll(() => server.stop());

interface Incident {
  readonly id: string;
  readonly status: string;
  readonly members: number;
  readonly untold: number;
  readonly close_proposed: boolean;
  readonly centre_ticket: string;
  readonly languages: { en: number; de: number; other: number };
  readonly member_tickets: { items: { ticket_id: string; waiting: boolean; status: string; told_at: string | null }[] };
  readonly timeline: { kind: string; data: Record<string, unknown> }[];
}
interface Ticket {
  readonly id: string;
  readonly status: string;
  readonly assignment: string;
  readonly dedup: { is_duplicate: boolean; master_incident_id: string | null };
}
interface Told {
  readonly told: number;
  readonly resolved: number;
  readonly skipped: { answered: number; closed: number };
  readonly errors?: { path: string; message: string }[];
}

const english = { subject: 'Server down', body: 'The production server is down, nobody can work.' };
const german = { subject: 'Server ausgefallen', body: 'Der Produktionsserver ist ausgefallen, niemand kann arbeiten.' };

let incident: string;
let tickets: string[];

beforeEach(async () => {
  await forgetEarlierTests();
  await sql`truncate triage.members, triage.incidents, triage.incident_events, triage.incident_replies cascade`.execute(
    server.app.engine.parts.database.db,
  );
  tickets = [];
  for (let i = 0; i < 6; i++) tickets.push(await send(i % 2 === 0 ? english : german));
  incident = (await ticket(tickets[5]!)).dedup.master_incident_id!;
});

/** What the process remembers it forgets by numbers that it reads with the next ticket, not by a table that is emptied. */
async function forgetEarlierTests(): Promise<void> {
  await sql`
    update triage.members set role = 'withdrawn', seq = nextval('triage.memory_seq') where role = 'representative'`.execute(
    server.app.engine.parts.database.db,
  );
  await send({ subject: 'Colours', body: 'Which colours does the Panel come in?' });
}

async function send(words: { subject: string; body: string }): Promise<string> {
  const { body } = await server.call<{ ticket_id: string }>('POST', '/route', words);
  return body.ticket_id;
}
const ticket = async (id: string) => (await server.call<Ticket>('GET', `/tickets/${id}`)).body;
const read = async () => (await server.call<Incident>('GET', `/incidents/${incident}`)).body;
const act = (what: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  server.call<Incident & Told>('POST', `/incidents/${incident}/${what}`, body, headers);
const repliesTo = async (id: string) => {
  const { body } = await server.call<{ items: { author: string; text: string; delivery: string }[] }>(
    'GET',
    `/tickets/${id}/messages`,
  );
  return body.items.filter((m) => m.author === 'agent');
};
const count = async (action: string) => {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from platform.ledger where action = ${action} and subject_id = ${incident}`.execute(
    server.app.engine.parts.database.db,
  );
  return rows.rows[0]?.n;
};

const update = {
  text: 'Our servers are back, please try again. We are sorry for the interruption.',
  translations: { de: 'Unsere Server laufen wieder, bitte versuchen Sie es noch einmal.' },
};

describe('an open incident', () => {
  it('shows its members, languages and timeline', async () => {
    const shown = await read();
    expect(shown).toMatchObject({ status: 'open', members: 6, untold: 6, languages: { en: 3, de: 3, other: 0 } });
    expect(tickets).toContain(shown.centre_ticket);
    expect(shown.member_tickets.items.map((m) => m.ticket_id)).toEqual(tickets);
    expect(shown.member_tickets.items.map((m) => m.waiting)).toEqual([false, false, false, true, true, true]);
    expect(shown.timeline.map((e) => e.kind)).toEqual(['opened']);
    const { body } = await server.call<{ items: Incident[] }>('GET', '/incidents?status=open');
    expect(body.items.map((i) => i.id)).toEqual([incident]);
  });

  it('lets none of those that wait for it stand in the queue', async () => {
    for (const id of tickets.slice(3)) expect(await ticket(id)).toMatchObject({ status: 'new', assignment: 'none' });
  });
});

describe('an incident of mere requests', () => {
  it.each([
    { subject: 'Catalogue', body: 'Please send the printed catalogue and the price list for schools to our library.' },
    {
      subject: 'Katalog',
      body: 'Bitte schicken Sie den gedruckten Katalog und die Preisliste für Schulen an unsere Bücherei.',
    },
  ])('leaves each in the queue: $subject', async (words) => {
    for (let i = 0; i < 5; i++) await send(words);
    const last = await ticket(await send(words));
    expect(last.dedup.master_incident_id).not.toBeNull();
    expect(last.assignment).not.toBe('none');
  });
});

describe('closing', () => {
  it('routes those that were told nothing, and is done once by two at once', async () => {
    const [a, b] = await Promise.all([act('close', { reason: 'fixed' }), act('close', { reason: 'fixed' })]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect(a.body.status).toBe('resolved');
    expect(await count('incident-closed')).toBe(1);
    for (const id of tickets.slice(3)) expect((await ticket(id)).assignment).not.toBe('none');
    expect((await read()).member_tickets.items.some((m) => m.waiting)).toBe(false);
  });

  it('resolves those that were told', async () => {
    await act('reply', update);
    await server.call('POST', `/tickets/${tickets[4]}/messages`, { text: 'Still broken here!', author: 'customer' });
    await act('close', { reason: 'fixed' });
    for (const id of [tickets[0]!, tickets[3]!, tickets[5]!]) expect((await ticket(id)).status).toBe('resolved');
    const contradicting = await ticket(tickets[4]!);
    expect(contradicting.status).toBe('new');
    expect(contradicting.assignment).not.toBe('none');
  });

  it('forgets nobody who waited for the customer meanwhile: whoever goes on has a place', async () => {
    const [, , , one, other] = tickets as [string, string, string, string, string];
    for (const id of [one, other]) await server.call('POST', `/tickets/${id}/wait`);
    await server.call('POST', `/tickets/${other}/continue`);
    expect(await ticket(other)).toMatchObject({ status: 'new', assignment: 'none' });
    await act('close', { reason: 'fixed' });
    await server.call('POST', `/tickets/${one}/continue`);
    for (const id of [one, other]) expect((await ticket(id)).assignment).not.toBe('none');
  });

  it('leaves nobody without an answer who asked something else before all were told', async () => {
    const question = { text: 'By the way: how long do I have to return the Panel?', author: 'customer' };
    await server.call('POST', `/tickets/${tickets[4]}/messages`, question);
    await act('reply', update);
    await act('close', { reason: 'fixed' });
    expect((await ticket(tickets[5]!)).status).toBe('resolved');
    const asking = await ticket(tickets[4]!);
    expect(asking.status).toBe('new');
    expect(asking.assignment).not.toBe('none');
  });

  it('leaves them open when it is not to resolve them, and routes them', async () => {
    await act('reply', update);
    await act('close', { reason: 'known', resolve_members: false });
    expect((await ticket(tickets[5]!)).status).toBe('new');
    expect((await ticket(tickets[5]!)).assignment).not.toBe('none');
  });

  it('ends it: what comes then is counted anew', async () => {
    await act('close', { reason: 'fixed' });
    const next = await ticket(await send(english));
    expect(next.dedup).toMatchObject({ is_duplicate: false, master_incident_id: null });
  });

  it('is taken back by reopening: tickets join again', async () => {
    await act('close', { reason: 'fixed' });
    const [a, b] = await Promise.all([act('reopen'), act('reopen')]);
    expect([a.status, b.status, a.body.status]).toEqual([200, 200, 'open']);
    expect(await count('incident-reopened')).toBe(1);
    const next = await ticket(await send(german));
    expect(next.dedup.master_incident_id).toBe(incident);
  });

  it('is proposed when it is quiet, and a new member takes that back', async () => {
    const { db } = server.app.engine.parts.database;
    await sql`update triage.incidents set last_member_at = now() - interval '2 minutes' where id = ${incident}`.execute(
      db,
    );
    const { tendIncidents } = await import('../../../src/incident-services.ts');
    await Promise.all([tendIncidents(server.app.engine.parts), tendIncidents(server.app.engine.parts)]);
    expect((await read()).close_proposed).toBe(true);
    expect(await count('incident-close-proposed')).toBe(1);
    await send(english);
    const after = await read();
    expect(after).toMatchObject({ close_proposed: false, members: 7 });
    expect(after.timeline.map((e) => e.kind)).toEqual(['opened', 'close-proposed', 'proposal-withdrawn']);
  });

  it('of an unknown one is 404', async () => {
    incident = 'MI-00000000';
    expect((await act('close', { reason: 'x' })).status).toBe(404);
  });
});

describe('detaching and attaching', () => {
  it('makes a ticket a case of its own, routed, and takes it back', async () => {
    const id = tickets[5]!;
    expect((await act('detach', { ticket_id: id })).body.members).toBe(5);
    const alone = await ticket(id);
    expect(alone.dedup).toMatchObject({ is_duplicate: false, master_incident_id: null });
    expect(alone.assignment).not.toBe('none');
    expect((await act('detach', { ticket_id: id })).status).toBe(200);
    expect((await act('attach', { ticket_id: id })).body.members).toBe(6);
    expect((await ticket(id)).dedup.master_incident_id).toBe(incident);
  });

  it('is refused where the state does not allow it', async () => {
    await act('close', { reason: 'fixed' });
    expect((await act('detach', { ticket_id: tickets[0] })).status).toBe(409);
    expect(
      (await act('attach', { ticket_id: await send({ subject: 'Colour', body: 'Is it sold in red?' }) })).status,
    ).toBe(409);
    expect((await act('reply', update)).status).toBe(409);
  });

  it('chooses another centre when the centre leaves', async () => {
    const { centre_ticket } = await read();
    const { body } = await act('detach', { ticket_id: centre_ticket });
    expect(body.centre_ticket).not.toBe(centre_ticket);
    expect(tickets).toContain(body.centre_ticket);
  });
});

describe('a reply to all', () => {
  it('reaches each in the own language, once also when it is sent twice', async () => {
    const key = { 'idempotency-key': 'update-1' };
    const [a, b] = [await act('reply', update, key), await act('reply', update, key)];
    expect(a.body).toMatchObject({ told: 6, resolved: 0, skipped: { answered: 0, closed: 0 } });
    expect(b.body).toEqual(a.body);
    for (const [i, id] of tickets.entries()) {
      const replies = await repliesTo(id);
      expect(replies.map((m) => m.text)).toEqual([i % 2 === 0 ? update.text : update.translations.de]);
      expect(replies[0]?.delivery).toBe('delivered');
    }
    expect((await read()).untold).toBe(0);
  });

  it('is refused, with nothing sent, when a language is missing', async () => {
    const refused = await act('reply', { text: update.text });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ path: 'translations.de', message: '3 members write German' }]);
    expect(await repliesTo(tickets[0]!)).toEqual([]);
    const sameForAll = await act('reply', { text: update.text, same_for_all: true });
    expect(sameForAll.body.told).toBe(6);
  });

  it('the other way round says that English is missing', async () => {
    const refused = await act('reply', { text: update.translations.de });
    expect(refused.body.errors).toEqual([{ path: 'translations.en', message: '3 members write English' }]);
  });

  it('passes over those whom a person answered, and those that are done with', async () => {
    await server.call('POST', `/tickets/${tickets[0]}/messages`, { text: 'I look at it.', author: 'agent' });
    await server.call('POST', `/tickets/${tickets[1]}/resolve`, { reason: 'by phone' });
    expect((await act('reply', update)).body).toMatchObject({ told: 4, skipped: { answered: 1, closed: 1 } });
  });

  it('can go to those only that were told nothing, and resolve them', async () => {
    await act('reply', update);
    const late = await send(german);
    expect((await read()).untold).toBe(1);
    const second = await act('reply', { ...update, only: 'untold', resolve: true });
    expect(second.body).toMatchObject({ told: 1, resolved: 1 });
    expect((await ticket(late)).status).toBe('resolved');
    expect(await repliesTo(tickets[0]!)).toHaveLength(1);
  });
});

describe('an answered message', () => {
  it('that belongs to an open incident is told that we know, and waits without a slot', async () => {
    const { body } = await server.call<{ ticket_id: string; review_id: string; final_answer: string }>(
      'POST',
      '/answer',
      { message: `${german.subject}. ${german.body}`, language: 'de' },
    );
    expect(body.review_id).not.toBeNull();
    expect(body.final_answer).toContain('Dieses Problem ist uns bekannt');
    const shown = await ticket(body.ticket_id);
    expect(shown).toMatchObject({ status: 'awaiting_review', assignment: 'none' });
    expect(shown.dedup.master_incident_id).toBe(incident);
    await act('close', { reason: 'fixed' });
    expect((await ticket(body.ticket_id)).assignment).not.toBe('none');
  });
});
