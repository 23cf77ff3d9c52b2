import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { startReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ WEBHOOK_ALLOW_PRIVATE: 'true' });
});
afterAll(() => server?.stop());

interface Made {
  id: string;
  secret: string;
  url: string;
}
async function addWebhook(settings: Record<string, unknown>) {
  const { status, body } = await server.call<Made>('POST', '/webhooks', settings);
  expect({ status, body }).toMatchObject({ status: 201 });
  onTestFinished(async () => void (await server.call('DELETE', `/webhooks/${body.id}`)));
  return body;
}
async function receiver(): Promise<WebhookReceiver> {
  const started = await startReceiver();
  onTestFinished(() => started.close());
  return started;
}
const route = (subject: string, body: string) => server.call('POST', '/route', { subject, body });

describe('an event on its way', () => {
  it('is signed so that the library of the receiver verifies it, and holds none of the customer’s words', async () => {
    const there = await receiver();
    const { id, secret } = await addWebhook({ url: `${there.url}/hook`, events: ['ticket.created', 'ticket.routed'] });
    const { body: routed } = await route('Invoice 77 is wrong', 'I was charged twice, please refund me.');
    const [first, second] = await there.until(2);
    const event = new Webhook(secret).verify(first!.body, first!.headers as Record<string, string>);
    expect(event).toMatchObject({
      type: 'ticket.created',
      data: { ticket_id: routed['ticket_id'], category: routed['category'], priority: routed['priority'] },
    });
    expect(JSON.parse(second!.body)).toMatchObject({ type: 'ticket.routed', data: { agent: routed['agent'] } });
    expect(first!.path).toBe('/hook');
    expect(first!.body).not.toContain('charged twice');
    expect(first!.body).not.toContain('Invoice 77');
    await expect
      .poll(async () => (await deliveries(id)).map(({ status, attempts }) => ({ status, attempts })))
      .toEqual([
        { status: 'delivered', attempts: 1 },
        { status: 'delivered', attempts: 1 },
      ]);
  });
});

interface Delivery {
  id: string;
  status: string;
  attempts: number;
  event: string;
}
const deliveries = async (webhook: string) =>
  (await server.call<{ items: Delivery[] }>('GET', `/webhooks/deliveries?webhook=${webhook}`)).body.items;
