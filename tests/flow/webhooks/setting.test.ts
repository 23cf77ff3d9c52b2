import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { startTestServer } from '../../support/server.ts';
import { startReceiver } from '../../support/webhook-receiver.ts';

async function start(settings: Record<string, string>) {
  const server = await startTestServer(settings);
  let stopped = false;
  const stop = async () => {
    if (!stopped) await server.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { ...server, stop };
}
const listed = async (server: Awaited<ReturnType<typeof start>>) =>
  (await server.call<{ items: Record<string, unknown>[] }>('GET', '/webhooks')).body.items;

describe('WEBHOOK_URL', () => {
  it('makes one webhook, once, and follows when it changes', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const there = await startReceiver();
    onTestFinished(() => there.close());
    const common = { DATABASE_URL: database.url, WEBHOOK_ALLOW_PRIVATE: 'true' };
    const first = await start({ ...common, WEBHOOK_URL: `${there.url}/a` });
    const second = await start({ ...common, WEBHOOK_URL: `${there.url}/a` });
    expect(await listed(second)).toMatchObject([
      { url: `${there.url}/a`, origin: 'setting', events: ['ticket.critical', 'incident.opened'], format: 'generic' },
    ]);
    expect((await first.call<{ components: object }>('GET', '/health')).body.components).toMatchObject({
      webhooks: { status: 'ok' },
    });
    await Promise.all([first.stop(), second.stop()]);
    const other = await start({ ...common, WEBHOOK_URL: `${there.url}/b` });
    expect((await listed(other)).map(({ url, enabled }) => [url, enabled])).toEqual([
      [`${there.url}/a`, false],
      [`${there.url}/b`, true],
    ]);
    await other.stop();
    const back = await start({ ...common, WEBHOOK_URL: `${there.url}/a` });
    expect((await listed(back)).map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('into the own network stops the start, with what to do', async () => {
    await expect(startTestServer({ WEBHOOK_URL: 'https://127.0.0.1/hook?token=very-secret' })).rejects.toThrow(
      /^(?!.*very-secret).*WEBHOOK_URL cannot be used: .*WEBHOOK_ALLOW_PRIVATE=true/,
    );
  });
});

it('only admins may do anything with webhooks', async () => {
  const server = await start({ SIGNALBOX_ADMIN_KEY: 'an-admin-key-for-tests', HOST: '0.0.0.0' });
  expect(await server.call('GET', '/webhooks')).toMatchObject({ status: 401 });
  const admin = { authorization: 'Bearer an-admin-key-for-tests' };
  expect(await server.call('GET', '/webhooks', undefined, admin)).toMatchObject({ status: 200 });
  expect(await server.call('POST', '/webhooks', { url: 'https://10.0.0.1/' }, admin)).toMatchObject({ status: 422 });
});
