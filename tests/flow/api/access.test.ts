import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from '../../../src/api/index.ts';
import { addApiKey, newId, openDatabase, revokeApiKey } from '../../../src/platform/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

const ticket = { subject: 'Invoice', body: 'The VAT id is missing.' };

/** fetch sets Host and refuses Origin: a plain request does not. */
function send(
  url: string,
  options: { method: string; path: string; headers: Record<string, string>; body?: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}${options.path}`, { method: options.method, headers: options.headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end(options.body);
  });
}

describe('on loopback', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  it('asks for no credentials, and refuses wrong ones', async () => {
    expect((await server.call('POST', '/route', ticket)).status).toBe(200);
    expect(
      (await server.call('GET', '/stats', undefined, { authorization: 'Bearer wrong-key-wrong-key' })).status,
    ).toBe(401);
  });

  it('refuses a foreign Host, and a foreign Origin on writes', async () => {
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify(ticket);
    const own = new URL(server.url).host;
    expect(await send(server.url, { method: 'GET', path: '/stats', headers: { host: 'evil.example' } })).toBe(403);
    expect(
      await send(server.url, {
        method: 'POST',
        path: '/route',
        headers: { ...json, host: own, origin: 'https://evil.example' },
        body,
      }),
    ).toBe(403);
    expect(
      await send(server.url, { method: 'POST', path: '/route', headers: { ...json, host: own, origin: 'null' }, body }),
    ).toBe(403);
    expect(
      await send(server.url, {
        method: 'POST',
        path: '/route',
        headers: { ...json, host: own, origin: `http://${own}` },
        body,
      }),
    ).toBe(200);
  });
});

it('on another address of loopback takes its own Host header', async () => {
  const server = await startTestServer({ HOST: '127.0.0.2' });
  try {
    const get = (host: string) => send(server.url, { method: 'GET', path: '/stats', headers: { host } });
    expect((await server.call('GET', '/stats')).status).toBe(200);
    expect(await get(`127.0.0.2:${new URL(server.url).port}`)).toBe(200);
    for (const host of ['127.evil.example', '127.0.0.1.evil.example', '127.1']) expect(await get(host)).toBe(403);
  } finally {
    await server.stop();
  }
});

describe('the limit of requests', () => {
  let server: TestServer;
  const adminKey = 'an-admin-key-for-this-test';
  beforeAll(async () => {
    server = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: adminKey, RATE_LIMIT: '20' });
    const { db } = server.app.engine.parts.database;
    const key = { id: newId(), name: 'a', scope: 'agent' as const, hash: hashKey('key-of-an-agent'), now: new Date() };
    await addApiKey(db, key);
  });
  afterAll(() => server?.stop());
  const get = async (authorization?: string) =>
    (await server.call('GET', '/stats', undefined, authorization === undefined ? {} : { authorization })).status;

  it('counts guesses and missing keys together by their address, and known keys by themselves', async () => {
    expect(await get('Bearer key-of-an-agent')).toBe(200);
    const guesses: number[] = [];
    for (let n = 0; n < 30; n++) guesses.push(await get(n % 2 === 0 ? undefined : `Bearer a-guess-number-${n}`));
    expect(guesses.slice(0, 19)).toEqual(Array(19).fill(401));
    expect(guesses.slice(19)).toEqual(Array(11).fill(429));
    expect(await get('Bearer key-of-an-agent')).toBe(200);
    expect(await get(`Bearer ${adminKey}`)).toBe(200);
    expect((await server.call('GET', '/health')).status).toBe(200);
  });

  it('knows a key by itself, however "Bearer" is written', async () => {
    const ways = ['Bearer', 'bearer', 'BEARER', 'bEARER'];
    const seen: number[] = [];
    for (let n = 0; n < 25; n++) seen.push(await get(`${ways[n % ways.length]} ${adminKey}`));
    expect(seen.at(-1)).toBe(429);
  });
});

describe('on an address that others can reach', () => {
  let server: TestServer;
  const adminKey = 'an-admin-key-for-this-test';
  const as = (key: string) => ({ authorization: `Bearer ${key}` });

  beforeAll(async () => {
    server = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: adminKey, RATE_LIMIT: '60' });
    const database = openDatabase(server.databaseUrl, { poolSize: 1 });
    for (const scope of ['agent', 'customer'] as const)
      await addApiKey(database.db, {
        id: newId(),
        name: `a-${scope}`,
        scope,
        hash: hashKey(`key-of-the-${scope}`),
        now: new Date(),
      });
    await addApiKey(database.db, {
      id: newId(),
      name: 'gone',
      scope: 'admin',
      hash: hashKey('key-that-is-gone'),
      now: new Date(),
    });
    await revokeApiKey(database.db, 'gone', new Date());
    await database.close();
  });
  afterAll(() => server?.stop());
  const call = (method: string, path: string, key?: string, body?: unknown) =>
    server.call(method, path, body, key === undefined ? {} : as(key));

  it('asks for a key everywhere but for the health', async () => {
    expect((await call('GET', '/health')).status).toBe(200);
    for (const path of ['/stats', '/tickets', '/interactions', '/queue', '/documents/search?q=x'])
      expect((await call('GET', path)).status, path).toBe(401);
    expect((await call('POST', '/route', undefined, ticket)).status).toBe(401);
  });

  it('knows what each scope may do', async () => {
    expect((await call('POST', '/route', 'key-of-the-customer', ticket)).status).toBe(200);
    expect((await call('GET', '/tickets', 'key-of-the-customer')).status).toBe(403);
    expect((await call('GET', '/tickets', 'key-of-the-agent')).status).toBe(200);
    const agent = { skills: { Billing: 1 }, capacity: 1 };
    expect((await call('PUT', '/agents/New', 'key-of-the-agent', agent)).status).toBe(403);
    expect((await call('PUT', '/agents/New', adminKey, agent)).status).toBe(200);
    expect((await call('GET', '/tickets', 'key-that-is-gone')).status).toBe(401);
  });

  it("writes the key's name as the actor", async () => {
    const { body } = await call('POST', '/route', 'key-of-the-agent', ticket);
    const trace = await call('GET', `/tickets/${body['ticket_id']}/trace`, adminKey);
    const { events } = trace.body as { events: { action: string; actor: string }[] };
    expect(events.find(({ action }) => action === 'ticket-received')?.actor).toBe('a-agent');
  });

  it('limits the requests of one key, with Retry-After, and not those of another', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => call('GET', '/stats', 'key-of-the-agent')));
    const refused = answers.find((a) => a.status === 429);
    expect(refused?.body).toMatchObject({ code: 'rate-limited' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('GET', '/stats', adminKey)).status).toBe(200);
  });
});
