import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

type Body = Record<string, unknown> & { id: string };
const create = (body: object) => server.call<Body>('POST', '/customers', body);

describe('customers', () => {
  it('are made, found, changed and read', async () => {
    const { status, body } = await create({
      email: 'Jörg@example.com',
      name: 'Jörg Weiß',
      tier: 'premium',
      metadata: { plan: 'team' },
    });
    expect(status).toBe(422);
    expect(body['code']).toBe('invalid-fields');
    const made = await create({
      email: 'Joerg@example.com',
      name: 'Jörg Weiß',
      tier: 'premium',
      metadata: { plan: 'team' },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { email: 'Joerg@example.com', tier: 'premium', metadata: { plan: 'team' } },
    });
    const { id } = made.body;
    const find = async (query: string) =>
      (await server.call<{ items: Body[] }>('GET', `/customers?${query}`)).body.items.map((c) => c.id);
    expect(await find('q=wei%C3%9F')).toEqual([id]);
    expect(await find('q=JOERG@')).toEqual([id]);
    expect(await find('q=%25')).toEqual([]);
    expect(await find('tier=premium')).toEqual([id]);
    expect(await find('tier=enterprise')).toEqual([]);
    const changed = await server.call('PUT', `/customers/${id}`, { style: 'formal', notes: 'mag es kurz' });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Jörg Weiß', style: 'formal', notes: 'mag es kurz', metadata: { plan: 'team' } },
    });
    expect((await server.call('GET', `/customers/${id}`)).body).toMatchObject({
      communication_style: 'formal',
      stage: 'new',
      ticket_count: 0,
      tickets: [],
      mean_rating: null,
    });
  });

  it('are told which field is wrong, by its own name', async () => {
    const { status, body } = await server.call('POST', '/customers', { email: 'nobody' });
    expect({ status, detail: body['detail'] }).toEqual({ status: 422, detail: 'email: must be an e-mail address.' });
  });

  it('have an address and a client id once', async () => {
    await create({ email: 'once@example.com', customer_id: 'C-1' });
    expect(await create({ email: 'ONCE@example.com' })).toMatchObject({ status: 409, body: { code: 'already-done' } });
    expect((await create({ customer_id: 'C-1' })).status).toBe(409);
    const { body } = await create({ name: 'Other' });
    expect((await server.call('PUT', `/customers/${body.id}`, { email: 'once@example.com' })).status).toBe(409);
    expect((await server.call('PUT', `/customers/${body.id}`, {})).status).toBe(422);
    expect((await server.call('PUT', '/customers/0190d4cc-0000-7000-8000-000000000000', { name: 'x' })).status).toBe(
      404,
    );
  });

  it('become at risk by frustration in a row, and are known to the run', async () => {
    const customer_email = 'upset@example.com';
    const ask = async (body: string) => {
      const { body: ticket } = await server.call<Body>('POST', '/tickets', {
        subject: 'Invoice',
        body,
        customer_email,
      });
      await server.call('POST', `/tickets/${ticket.id}/ai-evaluate`);
      const { body: trace } = await server.call<{ steps: { verdict: { customer: Record<string, unknown> } }[] }>(
        'GET',
        `/tickets/${ticket.id}/trace`,
      );
      return trace.steps[0]!.verdict.customer;
    };
    expect(await ask('Where do I find my invoices?')).toMatchObject({ stage: 'new', frustrations: 0, earlier: [] });
    expect(await ask('This is unacceptable, I am fed up!')).toMatchObject({ stage: 'active', frustrations: 1 });
    expect(await ask('Das ist eine Frechheit, mir reicht es!')).toMatchObject({
      stage: 'at_risk',
      frustrations: 2,
      earlier: [{}, {}],
    });
    expect(await ask('Wo finde ich meine Rechnungen?')).toMatchObject({ stage: 'active', frustrations: 0 });
  });
});
