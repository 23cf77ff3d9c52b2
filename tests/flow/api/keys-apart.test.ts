import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashKey } from '../../../src/api/index.ts';
import { addApiKey, newId } from '../../../src/platform/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

type Dedup = { readonly is_duplicate: boolean; readonly duplicate_of: string | null } | null;
type Job = { readonly job_id: string; readonly status: string; readonly result: { readonly dedup: Dedup } | null };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: 'an-admin-key-for-this-test' });
  const { db } = server.app.engine.parts.database;
  for (const [name, scope] of [
    ['shop', 'customer'],
    ['forum', 'customer'],
    ['desk', 'agent'],
  ] as const)
    await addApiKey(db, { id: newId(), name, scope, hash: hashKey(`key-of-${name}`), now: new Date() });
});
afterAll(() => server?.stop());

const call = <T>(key: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.call<T>(method, path, body, { authorization: `Bearer key-of-${key}`, ...headers });

const outage = { subject: 'Production is down', body: 'The production server is down and nobody can reach it.' };

it('what came of a job is told to the key that sent it and to agents, not to another customer', async () => {
  const { body: accepted } = await call<Job>('shop', 'POST', '/route/async', outage, { 'idempotency-key': 'order-1' });
  const read = (key: string) => call<Job>(key, 'GET', `/route/async/${accepted.job_id}`);
  await expect.poll(async () => (await read('shop')).body.status, { timeout: 20_000, interval: 25 }).toBe('done');
  expect(await read('desk')).toMatchObject({ status: 200, body: { status: 'done' } });
  const unknown = await call('forum', 'GET', '/route/async/00000000-0000-7000-8000-000000000000');
  const refused = await read('forum');
  expect(refused.status).toBe(404);
  expect(JSON.stringify(refused.body).replaceAll(accepted.job_id, '')).toBe(
    JSON.stringify(unknown.body).replaceAll('00000000-0000-7000-8000-000000000000', ''),
  );
});

it('that others wrote the same, and where, is told to agents and to no customer', async () => {
  const first = await call<{ ticket_id: string; dedup: Dedup }>('desk', 'POST', '/route', {
    ...outage,
    customer_email: 'ada@example.com',
  });
  const again = await call<{ dedup: Dedup }>('desk', 'POST', '/route', outage);
  expect(first.status).toBe(200);
  expect(again.body.dedup).toMatchObject({ is_duplicate: true, duplicate_of: expect.any(String) });
  // An address is what anybody may write.
  for (const sent of [outage, { ...outage, customer_email: 'ada@example.com' }]) {
    expect((await call<{ dedup: Dedup }>('forum', 'POST', '/route', sent)).body.dedup).toBeNull();
    const { body: accepted } = await call<Job>('forum', 'POST', '/route/async', sent);
    const read = async (key: string) => (await call<Job>(key, 'GET', `/route/async/${accepted.job_id}`)).body;
    await expect.poll(async () => (await read('forum')).status, { timeout: 20_000, interval: 25 }).toBe('done');
    expect((await read('forum')).result?.dedup).toBeNull();
    expect((await read('desk')).result?.dedup).toMatchObject({ is_duplicate: true });
  }
  const known = { ...outage, customer_email: 'ada@example.com', ticket_id: 'forum-1' };
  await call('forum', 'POST', '/route', known);
  expect((await call<{ dedup: Dedup }>('forum', 'POST', '/route', known)).body.dedup).toBeNull();
  const repeated = await call<{ dedup: Dedup }>('forum', 'POST', '/tickets', known);
  expect(repeated).toMatchObject({ status: 201, body: { dedup: null } });
});

it('nor over the stream', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/stream`, ['signalbox', 'key.key-of-forum']);
  const frames: { status?: string; result?: { dedup: Dedup } }[] = [];
  socket.addEventListener('message', ({ data }) => void frames.push(JSON.parse(String(data))));
  socket.addEventListener('open', () => socket.send(JSON.stringify({ customer_message: outage.body })));
  await expect.poll(() => frames.length, { timeout: 20_000, interval: 25 }).toBe(2);
  socket.close();
  expect(frames.find(({ status }) => status === 'classified')?.result?.dedup).toBeNull();
});

it('who asks for the health without a key hears of no receiver and of no person', async () => {
  const { db } = server.app.engine.parts.database;
  const asAdmin = { authorization: 'Bearer an-admin-key-for-this-test' };
  const body = { url: 'https://secret-host.example.com/path' };
  const made = await server.call<{ id: string }>('POST', '/webhooks', body, asAdmin);
  const detail = async () => {
    const { components } = (await server.call<{ components: Record<string, unknown> }>('GET', '/health')).body;
    return JSON.stringify(components['webhooks']);
  };
  await sql`update routing.webhooks set failing_since = now(), failures = 3`.execute(db);
  expect(await detail()).toContain(made.body.id);
  expect(await detail()).not.toContain('secret-host');
  await sql`update routing.webhooks set enabled = false, disabled_reason = 'Switched off by Ada Lovelace.'`.execute(db);
  expect(await detail()).toContain('switched off');
  expect(await detail()).not.toMatch(/secret-host|Ada/);
  await server.call('DELETE', `/webhooks/${made.body.id}`, undefined, asAdmin);
});
