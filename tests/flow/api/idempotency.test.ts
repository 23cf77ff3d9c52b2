import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** The database takes the work and refuses what is noted about its key. */
let server: TestServer;
const db = () => server.app.engine.parts.database.db;
beforeAll(async () => {
  server = await startTestServer();
  await sql`create function platform.refuse_note() returns trigger language plpgsql as $$
    begin raise exception 'no space left' using errcode = 'disk_full'; end $$`.execute(db());
});
afterAll(() => server?.stop());

async function refusing(what: 'update' | 'delete', work: () => Promise<void>): Promise<void> {
  await sql`create trigger refuse_note before ${sql.raw(what)} on platform.idempotency_keys
    for each row execute function platform.refuse_note()`.execute(db());
  await work().finally(() => sql`drop trigger refuse_note on platform.idempotency_keys`.execute(db()));
}

const routed = async () => (await server.call<{ tickets_routed: number }>('GET', '/stats')).body.tickets_routed;
const route = (key: string) =>
  server.call('POST', '/route', { subject: 'Invoice', body: 'The VAT id is missing.' }, { 'idempotency-key': key });

it('answers with what was done when only the answer could not be kept, and does it once', async () => {
  const before = await routed();
  let first: unknown;
  await refusing('update', async () => {
    const answer = await route('not-kept');
    expect(answer.status).toBe(200);
    first = answer.body['ticket_id'];
  });
  const again = await route('not-kept');
  expect(again).toMatchObject({ status: 200, body: { ticket_id: first } });
  expect(await routed()).toBe(before + 1);
  expect(await route('not-kept')).toMatchObject({ status: 200, body: { ticket_id: first } });
});

it('a key that could not be given back is not in flight for ever', async () => {
  await refusing('delete', async () => {
    await sql`alter table intake.tickets rename to tickets_gone`.execute(db());
    const failed = await route('not-given-back');
    await sql`alter table intake.tickets_gone rename to tickets`.execute(db());
    expect(failed.status).toBe(500);
  });
  expect((await route('not-given-back')).status).toBe(200);
});

it('of many at once under one key one is done, and the others are told to ask again or get its answer', async () => {
  const before = await routed();
  const answers = await Promise.all(Array.from({ length: 12 }, () => route('at-once')));
  expect(await routed()).toBe(before + 1);
  expect(new Set(answers.map((a) => a.status))).toEqual(
    new Set([200, 409].filter((s) => answers.some((a) => a.status === s))),
  );
  expect(answers.filter((a) => a.status === 409).every((a) => a.body['code'] === 'idempotency-in-flight')).toBe(true);
  expect(new Set(answers.filter((a) => a.status === 200).map((a) => a.body['ticket_id'])).size).toBe(1);
});
