import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** A chat that goes on after an answer: another question, thanks, or the same again. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '50' });
});
afterAll(() => server?.stop());

interface ChatAnswer {
  readonly response: string;
  readonly ticket_id: string;
  readonly escalated: boolean;
  readonly session_token?: string;
}

/** Says one after the other in a session of its own. */
async function talk(session_id: string, ...messages: string[]): Promise<ChatAnswer[]> {
  const answers: ChatAnswer[] = [];
  for (const message of messages) {
    const session_token = answers[0]?.session_token;
    const { status, body } = await server.call<ChatAnswer>('POST', '/chat', { session_id, message, session_token });
    expect(status).toBe(200);
    answers.push(body);
  }
  return answers;
}

const outcomesOf = async (id: string) =>
  (
    await sql<{ kind: string; source: string }>`
      select kind, source from audit.outcomes where ticket_id = ${id} order by at, id`.execute(
      server.app.engine.parts.database.db,
    )
  ).rows.map((o) => `${o.kind} by ${o.source}`);
const statusOf = async (id: string) => (await server.call('GET', `/tickets/${id}`)).body['status'];
/** Of each decision on the ticket: its outcome, and whether the rule against going in circles passed. */
const decisionsOf = async (id: string) =>
  (
    await server.call<{ decisions: { outcome: string; checks: { rule: string; passed: boolean }[] }[] }>(
      'GET',
      `/tickets/${id}/trace`,
    )
  ).body.decisions.map((d) => [d.outcome, d.checks.find((c) => c.rule === 'answered-before')!.passed]);

it.each([
  ['en', 'Where do I find my invoices?', 'And how do I change my e-mail address?'],
  ['de', 'Wo finde ich meine Rechnungen?', 'Und wie ändere ich meine E-Mail-Adresse?'],
])('another question is answered, and says nothing about the answer before (%s)', async (language, first, second) => {
  const [one, two] = await talk(`further-${language}`, first, second);
  expect(two!.ticket_id).toBe(one!.ticket_id);
  expect(one!.escalated).toBe(false);
  expect(two!.response).not.toBe(one!.response);
  expect(await outcomesOf(one!.ticket_id)).toEqual([]);
  expect((await decisionsOf(one!.ticket_id))[1]![1]).toBe(true);
});

it.each([
  ['en', 'Where do I find my invoices?', 'Where do I find my invoices??'],
  ['de', 'Wo finde ich meine Rechnungen?', 'Wo finde ich meine Rechnungen denn?'],
])('the same again goes to a person: no loop (%s)', async (language, first, second) => {
  const [one, two] = await talk(`same-${language}`, first, second);
  expect(one!.escalated).toBe(false);
  expect(two!.escalated).toBe(true);
  expect(await decisionsOf(one!.ticket_id)).toEqual([
    ['resolve', true],
    ['review', false],
  ]);
  expect(await outcomesOf(one!.ticket_id)).toEqual(['reopened by message']);
});

it('thanks are heard and not answered', async () => {
  const [one, two] = await talk('thanks', 'Wo finde ich meine Rechnungen?', 'Vielen Dank, das hat geklappt!');
  expect(two).toMatchObject({ response: '', escalated: false, ticket_id: one!.ticket_id });
  expect(await statusOf(one!.ticket_id)).toBe('resolved');
  expect(await outcomesOf(one!.ticket_id)).toEqual(['confirmed by thanks']);
  expect(await decisionsOf(one!.ticket_id)).toHaveLength(1);
});
