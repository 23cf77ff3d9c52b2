import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** F4: the same message gets the same decision, with the same words, as long as the versions are the same. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const own = (body: Record<string, unknown>) => {
  const { interaction_id, ticket_id, review_id, timings_ms, created_at, ...decided } = body;
  return { ...decided, reviewed: review_id !== null };
};

it.each([
  'How long are backups kept?',
  'Wie lange werden Backups aufbewahrt?',
  'Wo finde ich meine Rechnungen, und wie ändere ich die Adresse darauf?',
  'I was charged twice and nobody answers. I want to talk to a person!',
  'What is the capital of Australia?',
])('%s', async (message) => {
  const first = await server.call('POST', '/answer', { message });
  for (let i = 0; i < 2; i++) await server.call('POST', '/answer', { message: `another message in between ${i}` });
  const again = await server.call('POST', '/answer', { message });
  expect(own(again.body)).toEqual(own(first.body));
});

it('the trace holds every verdict with versions and time', async () => {
  const { body } = await server.call('POST', '/answer', { message: 'How long are backups kept?' });
  const { body: trace } = await server.call<{
    steps: { step: string; versions: Record<string, string>; milliseconds: number }[];
    events: { action: string }[];
  }>('GET', `/tickets/${body['ticket_id']}/trace`);
  expect(trace.steps.map((s) => s.step)).toEqual(['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']);
  for (const step of trace.steps) {
    expect(Object.keys(step.versions)).toEqual(expect.arrayContaining(['classifier', 'knowledge', 'taxonomy']));
    expect(step.milliseconds).toBeGreaterThanOrEqual(0);
  }
  expect(trace.events.map((e) => e.action)).toContain('ticket-received');
});

it('what is written down cannot be changed', async () => {
  const { db } = server.app.engine.parts.database;
  const { sql } = await import('kysely');
  await server.call('POST', '/answer', { message: 'How long are backups kept?' });
  for (const table of ['audit.steps', 'audit.decisions', 'audit.interactions', 'platform.ledger']) {
    await expect(sql.raw(`delete from ${table}`).execute(db), table).rejects.toThrow(/append-only/);
  }
});
