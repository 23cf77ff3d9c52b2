import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashKey } from '../../../src/api/index.ts';
import { addApiKey, newId, openDatabase } from '../../../src/platform/index.ts';
import { openChat } from '../../support/chat-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** A server that others can reach: what a page's customer key may claim, and what the company's own server may. */
const admin = 'an-admin-key-of-this-test';
const keys = { customer: 'customer-key-of-the-page', agent: 'agent-key-of-the-server' } as const;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: admin, CHAT_BURST_MS: '100' });
  const database = openDatabase(server.databaseUrl, { poolSize: 1 });
  for (const [scope, key] of Object.entries(keys) as [keyof typeof keys, string][])
    await addApiKey(database.db, { id: newId(), name: `${scope}-1`, scope, hash: hashKey(key), now: new Date() });
  await database.close();
});
afterAll(() => server?.stop());

const as = (key: string) => ({ authorization: `Bearer ${key}` });
const message = 'Where do I find my invoices?';
interface Answer {
  customer_id: string;
  ticket_id: string;
  session_token: string;
  code: string;
}
const say = (body: object, headers?: Record<string, string>) =>
  server.call<Answer>('POST', '/chat', { message, ...body }, headers);
const customer = async (id: string) => (await server.call('GET', `/customers/${id}`, undefined, as(admin))).body;

it('opens no session without a key, and goes on with the token alone', async () => {
  expect(await say({ session_id: 'k-1' })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  const { body } = await say({ session_id: 'k-1' }, as(keys.customer));
  expect((await say({ session_id: 'k-1', session_token: body.session_token })).status).toBe(200);
});

it('opens no further session with the token of another alone: a revoked key would live on', async () => {
  const { body } = await say({ session_id: 'k-more' }, as(keys.customer));
  const token = { session_token: body.session_token };
  expect(await say({ session_id: 'k-more-2', ...token })).toMatchObject({ status: 401 });
  expect(await say({ session_id: 'k-more-2', ...token }, as(keys.customer))).toMatchObject({
    status: 200,
    body: { customer_id: body.customer_id },
  });
});

it('what one visitor did under an Idempotency-Key is no other visitor’s, though both call with the key of the page', async () => {
  const asPage = { ...as(keys.customer), 'idempotency-key': 'same-for-all' };
  const mine = await say({ session_id: 'k-idem-1' }, { ...as(keys.customer), 'idempotency-key': 'other' });
  const once = await say({ session_id: 'k-idem-1' }, { ...asPage, 'x-session-token': mine.body.session_token });
  expect(once.status).toBe(200);
  const without = await say({ session_id: 'k-idem-1' }, asPage);
  expect(without).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  // A day later the first answer is forgotten, the effect is not.
  const database = openDatabase(server.databaseUrl, { poolSize: 1 });
  const first = await say({ session_id: 'k-idem-2' }, asPage);
  await sql`delete from platform.idempotency_keys`.execute(database.db);
  const second = await say({ session_id: 'k-idem-3' }, asPage);
  await sql`delete from platform.idempotency_keys`.execute(database.db);
  expect(second.body.ticket_id).not.toBe(first.body.ticket_id);
  const going = async (session_id: string, session_token: string) => {
    const words = `How do I reset my password? ${session_id}`;
    await say({ session_id, message: words }, { 'idempotency-key': 'going-on', 'x-session-token': session_token });
    await sql`delete from platform.idempotency_keys`.execute(database.db);
    const path = `/chat/${session_id}/messages`;
    const read = { 'x-session-token': session_token };
    const { body } = await server.call<{ items: { text: string }[] }>('GET', path, undefined, read);
    return body.items.some(({ text }) => text === words);
  };
  expect(await going('k-idem-2', first.body.session_token)).toBe(true);
  expect(await going('k-idem-3', second.body.session_token)).toBe(true);
  await database.close();
});

it('believes address, id and tier from the company, not from a page', async () => {
  const context = { email: 'Vip@example.com', customer_id: 'VIP-1', tier: 'enterprise', name: 'Vera' };
  const { body: vip } = await say({ session_id: 'k-vip', customer_context: context }, as(keys.agent));
  expect(await customer(vip.customer_id)).toMatchObject({
    email: 'Vip@example.com',
    customer_id: 'VIP-1',
    tier: 'enterprise',
  });
  const { body: again } = await say(
    { session_id: 'k-vip-2', customer_context: { email: 'vip@example.com' } },
    as(keys.agent),
  );
  expect(again.customer_id).toBe(vip.customer_id);

  for (const [i, claim] of [context, { customer_id: vip.customer_id }, { email: 'vip@example.com' }].entries()) {
    const { body: fake } = await say({ session_id: `k-fake-${i}`, customer_context: claim }, as(keys.customer));
    expect(fake.customer_id).not.toBe(vip.customer_id);
    expect(await customer(fake.customer_id)).toMatchObject({
      email: null,
      customer_id: null,
      tier: 'standard',
      ticket_count: 1,
      claimed_email: 'email' in claim ? claim.email : null,
    });
  }
});

it('an agent reads along and does not speak for the customer; a page reads nothing of others', async () => {
  const { body } = await say({ session_id: 'k-read' }, as(keys.customer));
  const read = async (headers?: Record<string, string>) =>
    (await server.call('GET', '/chat/k-read/messages', undefined, headers)).status;
  expect(await read(as(keys.agent))).toBe(200);
  expect(await read(as(keys.customer))).toBe(403);
  expect(await read()).toBe(403);
  expect(await read({ 'x-session-token': body.session_token })).toBe(200);
  for (const key of [keys.agent, keys.customer, admin])
    expect((await say({ session_id: 'k-read' }, as(key))).status).toBe(403);
});

it('sockets take key and token as subprotocols', async () => {
  await expect(openChat(server.url.replace('0.0.0.0', '127.0.0.1'), '/ws/k-ws')).rejects.toThrow('refused');
  const url = server.url.replace('0.0.0.0', '127.0.0.1');
  const client = await openChat(url, '/ws/k-ws', ['signalbox', `key.${keys.customer}`]);
  const { token } = await client.frame((f) => f.type === 'session');
  client.say({ message });
  await client.message();
  const second = await openChat(url, '/ws/k-ws', ['signalbox', `token.${token}`]);
  await Promise.all([client.close(), second.close()]);
});

it('customers are an agent’s matter', async () => {
  for (const [method, path] of [
    ['GET', '/customers'],
    ['POST', '/customers'],
    ['GET', `/customers/${newId()}`],
    ['PUT', `/customers/${newId()}`],
  ] as const)
    expect(
      (await server.call(method, path, method === 'GET' ? undefined : { name: 'x' }, as(keys.customer))).status,
    ).toBe(403);
});

it('an address that a page sends to /answer tells it nothing of the customer', async () => {
  const known = { customer_email: 'known@example.com', customer_name: 'Karla Kowalski' };
  const ask = async (key: string, body: object) => {
    const { body: answer } = await server.call<{ ticket_id: string; final_answer: string }>(
      'POST',
      '/answer',
      { message, ...body },
      as(key),
    );
    const path = `/tickets/${answer.ticket_id}/trace`;
    const { body: trace } = await server.call<{ steps: { verdict: { customer: object } }[] }>(
      'GET',
      path,
      undefined,
      as(admin),
    );
    return { text: answer.final_answer, customer: trace.steps[0]!.verdict.customer };
  };
  await ask(keys.agent, known);
  const page = await ask(keys.customer, { customer_email: known.customer_email });
  expect(page.customer).toMatchObject({ name: null, stage: 'new', earlier: [] });
  expect(page.text).not.toMatch(/Karla|Kowalski/);
  const company = await ask(keys.agent, { customer_email: known.customer_email });
  expect(company.customer).toMatchObject({ name: 'Karla Kowalski', stage: 'active' });
});
