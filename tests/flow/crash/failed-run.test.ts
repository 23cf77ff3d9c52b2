import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** A step that fails unexpectedly (here: a table of the knowledge is gone) ends with a person, and the customer is told. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await sql`alter table knowledge.chunks rename to chunks_gone`.execute(server.app.engine.parts.database.db);
});
afterAll(() => server?.stop());

it.each([
  ['en', 'How long are backups kept?'],
  ['de', 'Wie lange werden Backups aufbewahrt?'],
])('answers with the hand-over and a review (%s)', async (language, message) => {
  const { status, body } = await server.call('POST', '/answer', { message });
  expect(status).toBe(200);
  expect(body).toMatchObject({ language, guardrail_action: 'MODEL_FAILURE_ESCALATE', answer: null });
  expect(String(body['final_answer']).length).toBeGreaterThan(20);
  expect((await server.call('GET', `/tickets/${body['ticket_id']}`)).body).toMatchObject({ status: 'awaiting_review' });
  const { body: reviews } = await server.call<{ items: { id: string; reason: string }[] }>(
    'GET',
    '/reviews?status=pending',
  );
  expect(reviews.items.find((r) => r.id === body['review_id'])?.reason).toBe('run-failed');
  const { body: messages } = await server.call<{ items: { text: string }[] }>(
    'GET',
    `/tickets/${body['ticket_id']}/messages`,
  );
  expect(messages.items.map((m) => m.text)).toEqual([body['final_answer']]);
});
