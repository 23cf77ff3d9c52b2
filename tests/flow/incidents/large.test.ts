import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** Two thousand members, written as detection would have, and one reply to all of them. */
const members = 2_000;
const incident = 'MI-2000MANY';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.app.engine.parts.database;
  await sql`
    insert into intake.tickets (id, content_hash, subject, body, channel, language, status, created_at, updated_at)
    select gen_random_uuid(), i::text, 'Server down', 'Nothing works.', 'api',
      case when i % 3 = 0 then 'de' else 'en' end, 'new', now(), now()
    from generate_series(1, ${members}) i`.execute(db);
  await sql`
    insert into triage.incidents (id, status, title, centre_ticket, cluster_id, opened_at, last_member_at)
    select ${incident}, 'open', subject, id, id, now(), now() from intake.tickets limit 1`.execute(db);
  await sql`
    insert into triage.members (ticket_id, cluster_id, incident_id, at, probability, same_customer, role, seq, held)
    select t.id, i.cluster_id, i.id, now(), 1, false, 'plain', 0, true from intake.tickets t, triage.incidents i`.execute(
    db,
  );
});
afterAll(() => server.stop());

const count = async (query: string) =>
  (await sql.raw<{ n: number }>(query).execute(server.app.engine.parts.database.db)).rows[0]?.n;

it(`tells ${members} members at once, each once, and resolves them`, async () => {
  const reply = {
    text: 'Our servers are back. We are sorry for the interruption.',
    translations: { de: 'Unsere Server laufen wieder. Bitte entschuldigen Sie die Unterbrechung.' },
    resolve: true,
  };
  const began = performance.now();
  const answers = await Promise.all(
    [1, 2].map(() => server.call<{ told: number; resolved: number }>('POST', `/incidents/${incident}/reply`, reply)),
  );
  const seconds = (performance.now() - began) / 1000;
  console.info(`${members} members were told in ${seconds.toFixed(2)} s`);
  expect(answers.map((a) => a.body.told).sort()).toEqual([0, members]);
  expect(answers.reduce((sum, a) => sum + a.body.resolved, 0)).toBe(members);
  expect(await count("select count(*)::int as n from intake.messages where author = 'agent'")).toBe(members);
  expect(await count("select count(*)::int as n from platform.ledger where action = 'reply-sent'")).toBe(members);
  expect(await count("select count(*)::int as n from intake.tickets where status = 'resolved'")).toBe(members);
  expect(
    await count(
      "select count(*)::int as n from intake.messages m join intake.tickets t on t.id = m.ticket_id where (t.language = 'de') <> (m.text like 'Unsere%')",
    ),
  ).toBe(0);
});
