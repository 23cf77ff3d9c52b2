import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeUnusedSessions } from '../../../src/intake/index.ts';
import { openChat } from '../../support/chat-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ CHAT_BURST_MS: '50' });
});
afterAll(() => server?.stop());

const day = 86_400_000;

it('a session that nobody spoke in is removed after a day; one with a message stays, and so does a new one', async () => {
  const { db } = server.app.engine.parts.database;
  const sessions: Record<string, Awaited<ReturnType<typeof openChat>>> = {};
  for (const name of ['used', 'unused', 'fresh']) sessions[name] = await openChat(server.url, `/ws/tidy-${name}`);
  for (const chat of Object.values(sessions)) await chat.frame((f) => f.type === 'session');
  sessions['used']!.say({ message: 'Where do I find my invoices?' });
  await sessions['used']!.message();
  await sql`update intake.sessions set last_seen_at = last_seen_at - interval '25 hours' where id <> 'tidy-fresh'`.execute(
    db,
  );

  expect(await removeUnusedSessions(db, new Date(Date.now() - day))).toBe(1);
  const { rows } = await sql<{ id: string }>`select id from intake.sessions where id like 'tidy-%' order by id`.execute(
    db,
  );
  expect(rows.map(({ id }) => id)).toEqual(['tidy-fresh', 'tidy-used']);

  // Whoever still has the socket open is told, and nothing else breaks.
  sessions['unused']!.say({ message: 'Are you there?' });
  const { message } = await sessions['unused']!.frame((f) => f.type === 'error');
  expect(message).toMatch(/session/i);
  for (const chat of Object.values(sessions)) await chat.close();
});
