import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '0' });
});
afterAll(() => server?.stop());

interface Said {
  session_id: string;
  session_token?: string;
  ticket_id: string;
}

/** The headings that the newest run of the ticket looked at. */
async function passagesOf(ticketId: string): Promise<string> {
  const { body } = await server.call<{ items: { ticket_id: string; kb_hits: { text: string }[] }[] }>(
    'GET',
    '/interactions?limit=10',
  );
  return body.items
    .find((item) => item.ticket_id === ticketId)!
    .kb_hits.map(({ text }) => text)
    .join('\n');
}

it.each([
  ['en', 'How long does a refund to a credit card take?', 'And to PayPal?'],
  ['de', 'Wie lange dauert eine Erstattung auf die Kreditkarte?', 'Und auf PayPal?'],
])('a follow-up is searched for together with what it follows (%s)', async (_language, first, next) => {
  const opened = await server.call<Said>('POST', '/chat', { message: first });
  const { session_id, session_token, ticket_id } = opened.body;
  const { status } = await server.call<Said>('POST', '/chat', { session_id, session_token, message: next });
  expect(status).toBe(200);
  expect(await passagesOf(ticket_id)).toMatch(/PayPal/);
});
