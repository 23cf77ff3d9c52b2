import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChat } from '../../support/chat-client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { hasRedis, startRedis, type TestRedis } from '../../support/redis-server.ts';
import { callJson, startTestServer, type TestServer } from '../../support/server.ts';

/** Two servers that ask for keys. */
const adminKey = 'an-admin-key-for-tests';
const headers = { authorization: `Bearer ${adminKey}` };
const limit = 20;

describe.skipIf(!hasRedis())('two servers with one Redis', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let servers: TestServer[];
  beforeAll(async () => {
    redis = await startRedis({ password: 'pass-word' });
    database = await createTestDatabase();
    const settings = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      HOST: '0.0.0.0',
      SIGNALBOX_ADMIN_KEY: adminKey,
      RATE_LIMIT: String(limit),
      CHAT_BURST_MS: '100',
    };
    servers = [await startTestServer(settings), await startTestServer({ ...settings, SIGNALBOX_ROLE: 'api' })];
  }, 120_000);
  afterAll(async () => {
    for (const server of servers ?? []) await server.stop();
    await redis?.stop();
    await database?.drop();
  });

  const call = <T>(server: TestServer, path: string) =>
    callJson<T>(`http://127.0.0.1:${new URL(server.url).port}`, { method: 'GET', path, headers });
  const ask = (server: TestServer) => call(server, '/stats').then(({ status }) => status);
  const redisOf = async (server: TestServer) => {
    const { body } = await call<{ components: Record<string, { status: string }> }>(server, '/health');
    return body.components['redis']?.status;
  };

  it('count together; without Redis each goes on counting for itself, and nobody is refused for its sake', async () => {
    for (const server of servers) await expect.poll(() => redisOf(server), { timeout: 10_000 }).toBe('ok');
    const statuses: number[] = [];
    for (let n = 0; n < limit + 5; n++) statuses.push(await ask(servers[n % 2]!));
    expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
    expect(statuses.slice(limit)).toEqual(Array(5).fill(429));

    // Each has let ten through by itself, and remembers that.
    await redis.stop();
    for (const server of servers) await expect.poll(() => redisOf(server), { timeout: 10_000 }).toBe('degraded');
    const here: number[] = [];
    for (let n = 0; n < limit; n++) here.push(await ask(servers[0]!));
    expect(here).toContain(200);
    expect(here.at(-1)).toBe(429);
    expect((await call(servers[0]!, '/health')).status).toBe(200);
  });
});

describe.skipIf(!hasRedis())('a chat over two servers with one Redis', () => {
  it('a socket on one sees what the other answers, with Redis, and when it goes away in the middle', async () => {
    let redis = await startRedis();
    const database = await createTestDatabase();
    const settings = { DATABASE_URL: database.url, REDIS_URL: redis.url, CHAT_BURST_MS: '100' };
    const [one, two] = [await startTestServer(settings), await startTestServer(settings)];
    try {
      const sees = async (session: string) => {
        const here = await openChat(one.url, `/ws/${session}`);
        const { token } = await here.frame((f) => f.type === 'session');
        const said = { session_id: session, message: 'Where do I find my invoices?', session_token: token };
        const { status, body } = await two.call('POST', '/chat', said);
        expect(status).toBe(200);
        const seen = await here.message();
        expect(seen.message).toBe(body['response']);
        await here.close();
      };
      await sees('with-redis');
      redis.kill('SIGSTOP');
      await sees('redis-hangs');
      await redis.stop();
      await sees('redis-is-gone');
      redis = await startRedis({ port: redis.port });
      await sees('redis-is-back');
    } finally {
      await one.stop();
      await two.stop();
      await redis.stop();
      await database.drop();
    }
  }, 120_000);
});
