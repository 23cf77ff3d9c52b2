import { sql } from 'kysely';
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

describe('a message that is answered, or is not', () => {
  it.each([
    ['en', 'I want to speak to a human being, now.'],
    ['de', 'Ich möchte sofort mit einem Menschen sprechen.'],
  ])('goes to a person: created first, then all that follows (%s)', async (language, message) => {
    const there = await receiver();
    await addWebhook({ url: there.url, events: [] });
    const { body } = await server.call('POST', '/answer', { message });
    expect(body['review_id']).toEqual(expect.any(String));
    const events = (await there.until(4)).map((one) => JSON.parse(one.body));
    expect(events[0]).toMatchObject({ type: 'ticket.created', data: { ticket_id: body['ticket_id'], language } });
    const of = (type: string) => events.find((event) => event.type === type)?.data;
    expect(of('review.requested')).toMatchObject({ reason: expect.any(String), status: 'awaiting_review' });
    expect(of('reply.sent')).toMatchObject({ handover: true, author: 'ai' });
    expect(of('ticket.routed')).toHaveProperty('queue');
    expect(JSON.stringify(events)).not.toContain(message.slice(8, 30));
  });

  it('is sent along where the webhook asks for it, and told of its end', async () => {
    const there = await receiver();
    await addWebhook({ url: there.url, events: ['ticket.resolved', 'ticket.reopened'], include_content: true });
    const { body } = await route('Invoice 91', 'Please send me the invoice 91 again.');
    const id = String(body['ticket_id']);
    await server.call('POST', `/tickets/${id}/resolve`, { reason: 'sent', reply: 'Here it is.' });
    await server.call('POST', `/tickets/${id}/reopen`, {});
    const events = (await there.until(2)).map((one) => JSON.parse(one.body));
    expect(events.map((event) => event.type)).toEqual(['ticket.resolved', 'ticket.reopened']);
    expect(events[0].data).toMatchObject({ subject: 'Invoice 91', body: 'Please send me the invoice 91 again.' });
    expect(JSON.stringify(events)).not.toContain('Here it is');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/signalbox_webhook_deliveries_total\{result="delivered"\} [1-9]/);
    expect(text).toMatch(/signalbox_webhook_deliveries_dead 0/);
  });
});

describe('a receiver that hangs', () => {
  it('holds up neither the tickets nor the other receivers', async () => {
    const [hanging, well] = [await receiver(), await receiver()];
    hanging.behave(() => undefined);
    await addWebhook({ url: hanging.url, events: ['ticket.created'] });
    await addWebhook({ url: well.url, events: ['ticket.created'] });
    await route('The first of many', 'My invoice number 1 cannot be downloaded.');
    await hanging.until(1);
    const routed = await Promise.all(
      Array.from({ length: 200 }, (_, i) => route(`Question ${i}`, `How do I change the address of order ${i}?`)),
    );
    expect(routed.every(({ status }) => status === 200)).toBe(true);
    const told = await well.until(201);
    const ids = told.map(({ body }) => JSON.parse(body).data.ticket_id);
    expect(new Set(ids)).toEqual(new Set([...ids.slice(0, 1), ...routed.map(({ body }) => body['ticket_id'])]));
    // One after the other, each for ten seconds.
    expect(hanging.received.length).toBeLessThan(20);
  });
});

describe('critical tickets', () => {
  it('that say the same give one alert until they are an incident, and one for the incident', async () => {
    const there = await receiver();
    await addWebhook({ url: there.url, events: ['ticket.critical', 'incident.opened'] });
    for (let i = 0; i < 12; i++) {
      const { status } = await server.call('POST', '/route', {
        subject: 'URGENT: production server is down',
        body: 'Our production server is down since this morning, nothing works at all, this is critical. Please help immediately!',
        customer_email: `caller${i}@example.com`,
      });
      expect(status).toBe(200);
    }
    await there.until(2);
    // A ticket of another kind as the last word: what was to come before it has come.
    await server.call('POST', '/webhooks', { url: there.url, events: ['ticket.created'] });
    await route('Address', 'Where can I change my address?');
    await there.until(3);
    const types = there.received.map(({ body }) => JSON.parse(body).type);
    expect(types.filter((type) => type !== 'ticket.created').sort()).toEqual(['incident.opened', 'ticket.critical']);
    const incident = there.received.map(({ body }) => JSON.parse(body)).find(({ type }) => type === 'incident.opened');
    expect(incident.data).toMatchObject({ incident_id: expect.stringMatching(/^MI-/), size: 10 });
    expect(JSON.stringify(incident)).not.toContain('production');
  });
});

describe('what is done with webhooks', () => {
  it('shows the secret once, and no password of an address ever', async () => {
    const { id, secret } = await addWebhook({ url: 'https://hooks.slack.com/services/T0/B0/very-secret', events: [] });
    expect(secret).toMatch(/^whsec_/);
    const listed = await server.call<{ items: Record<string, unknown>[] }>('GET', '/webhooks');
    expect(listed.body.items.find((one) => one['id'] === id)).toMatchObject({
      format: 'slack',
      events: [],
      enabled: true,
      url: 'https://hooks.slack.com/…',
    });
    const changed = await server.call('PATCH', `/webhooks/${id}`, { enabled: false, language: 'de' });
    expect(changed.body).toMatchObject({ enabled: false, disabled_reason: expect.any(String), language: 'de' });
    const all = JSON.stringify([listed.body, changed.body, (await server.call('GET', '/webhooks/deliveries')).body]);
    expect(all).not.toMatch(/whsec_|very-secret/);
    const rotated = await server.call<{ secret: string }>('POST', `/webhooks/${id}/rotate`, {});
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(secret);
  });

  it('sends a test on request and tells what came of it', async () => {
    const there = await receiver();
    const { id } = await addWebhook({ url: there.url });
    const passed = await server.call<Delivery>('POST', `/webhooks/${id}/test`, {});
    expect(passed.body).toMatchObject({ event: 'webhook.test', status: 'delivered', last_status: 204 });
    there.behave((response) => response.writeHead(401).end('who are you?'));
    const failed = await server.call<Delivery>('POST', `/webhooks/${id}/test`, {});
    expect(failed.body).toMatchObject({ status: 'dead', last_status: 401, last_response: 'who are you?' });
    expect(await server.call('POST', `/webhooks/deliveries/${failed.body.id}/replay`, {})).toMatchObject({
      status: 404,
    });
    expect((await server.call('GET', '/stats')).body['webhook_fires']).toBeTypeOf('number');
  });

  it('sends a delivery again under the same id', async () => {
    const there = await receiver();
    const { id } = await addWebhook({ url: there.url, events: ['ticket.created'] });
    await route('Address', 'Where can I change my address?');
    await there.until(1);
    await expect.poll(async () => (await deliveries(id))[0]?.status).toBe('delivered');
    const [sent] = await deliveries(id);
    const again = await server.call('POST', `/webhooks/deliveries/${sent!.id}/replay`, {});
    expect(again).toMatchObject({ status: 202, body: { id: sent!.id, status: 'pending' } });
    const [one, two] = await there.until(2);
    expect(two!.headers['webhook-id']).toBe(one!.headers['webhook-id']);
    expect(one!.headers['webhook-id']).toBe(sent!.id);
  });

  it('stands in the ledger: by whom, what, and to where, without what in the address is a password', async () => {
    const there = await receiver();
    const { body } = await server.call<Made>('POST', '/webhooks', {
      url: `${there.url}/very-secret`,
      events: ['ticket.created'],
      include_content: true,
    });
    await server.call('POST', `/webhooks/${body.id}/test`, {});
    await route('Address', 'Where can I change my address?');
    await expect.poll(async () => (await deliveries(body.id))[0]?.event).toBe('ticket.created');
    const [sent] = await deliveries(body.id);
    await expect
      .poll(async () => (await server.call('POST', `/webhooks/deliveries/${sent!.id}/replay`, {})).status)
      .toBe(202);
    await server.call('PATCH', `/webhooks/${body.id}`, { include_content: false });
    await server.call('POST', `/webhooks/${body.id}/rotate`, {});
    await server.call('DELETE', `/webhooks/${body.id}`);
    const { rows } = await sql<{ actor: string; action: string; data: Record<string, unknown> }>`
      select actor, action, data from platform.ledger where subject_id = ${body.id} order by id`.execute(
      server.app.engine.parts.database.db,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'webhook-added',
      'webhook-tested',
      'webhook-replayed',
      'webhook-changed',
      'webhook-secret-rotated',
      'webhook-removed',
    ]);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['local']));
    expect(rows[0]?.data).toMatchObject({ to: there.url, includeContent: true, events: ['ticket.created'] });
    expect(rows.at(-1)?.data).toEqual({ to: there.url });
    expect(JSON.stringify(rows)).not.toMatch(/very-secret|whsec_/);
  });

  it('knows what it is asked for', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const [method, path] of [
      ['PATCH', `/webhooks/${nobody}`],
      ['DELETE', `/webhooks/${nobody}`],
      ['POST', `/webhooks/${nobody}/test`],
      ['POST', `/webhooks/${nobody}/rotate`],
      ['POST', `/webhooks/${nobody}/replay`],
      ['POST', `/webhooks/deliveries/${nobody}/replay`],
    ] as const)
      expect(await server.call(method, path, { enabled: true })).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
    expect(await server.call('PATCH', `/webhooks/${nobody}`, {})).toMatchObject({ status: 422 });
    for (const body of [{ url: 'nothing' }, { url: 'https://a.example/', events: ['ticket.eaten'] }, {}])
      expect(await server.call('POST', '/webhooks', body)).toMatchObject({ status: 422 });
    expect(await server.call('POST', '/webhooks', { url: 'http://169.254.169.254/latest' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'url', message: expect.stringMatching(/metadata/) }] },
    });
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
