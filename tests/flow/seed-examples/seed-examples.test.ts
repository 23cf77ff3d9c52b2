import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** Every HTTP example and payload of the five source documents whose path is built. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

describe('source 000: routing, retrieval, answer, judge, guardrails, log', () => {
  it('answers a message with category, passages, judge and guardrail, and logs it', async () => {
    const { status, body } = await server.call('POST', '/answer', {
      message: 'How long do I have to return the Quillhaven Panel for a refund?',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      category: expect.any(String),
      router_confidence: expect.any(Number),
      judge_reasoning: expect.any(String),
      guardrail_action: expect.stringMatching(/^[A-Z_]+$/),
    });
    const logged = await server.call<{ items: { interaction_id: string }[] }>('GET', '/interactions?limit=1');
    expect(logged.body.items[0]?.interaction_id).toBe(body['interaction_id']);
  });

  it.each(['Billing', 'Technical', 'Account', 'Refund', 'Bug'])('knows its category %s', async (category) => {
    const { body } = await server.call<{ categories: string[] }>('GET', '/health');
    expect(body.categories).toContain(category);
  });

  it('downloads the log as CSV', async () => {
    const response = await fetch(`${server.url}/interactions.csv`);
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect((await response.text()).split('\r\n')[0]).toContain('"interaction_id","ticket_id"');
  });
});

describe('source 001: tickets and decisions', () => {
  const payload = {
    subject: 'Charged twice',
    body: 'I was charged twice for my subscription in March. Please check the invoice.',
    customer_email: 'ana@example.com',
  };

  it('POST /tickets/ → GET /tickets/{id} → POST ai-evaluate, with the schema of its decision', async () => {
    const created = await server.call('POST', '/tickets/', payload);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      ...payload,
      status: 'new',
      intent: 'unknown',
      category: null,
      priority: null,
      confidence: null,
      suggestion: '',
    });
    const id = created.body['id'] as string;
    const evaluated = await server.call('POST', `/tickets/${id}/ai-evaluate`);
    expect(evaluated.status).toBe(200);
    expect(['resolved', 'awaiting_review']).toContain(evaluated.body['status']);
    expect(['billing', 'technical_issue', 'account', 'general_question', 'unknown']).toContain(
      evaluated.body['intent'],
    );
    expect(['low', 'medium', 'high']).toContain(evaluated.body['priority']);
    expect(evaluated.body['confidence']).toBeGreaterThanOrEqual(0);
    expect(evaluated.body['confidence']).toBeLessThanOrEqual(1);
    expect((await server.call('GET', `/tickets/${id}`)).body).toEqual({
      ...evaluated.body,
      attachments: [],
      sla: expect.any(Array),
    });
    const list = await server.call<{ items: { id: string }[] }>('GET', '/tickets/');
    expect(list.body.items.map((t) => t.id)).toContain(id);
  });

  it('refuses a second evaluation and changes nothing', async () => {
    const { body } = await server.call('POST', '/tickets/', payload);
    const first = await server.call('POST', `/tickets/${body['id']}/ai-evaluate`);
    const second = await server.call('POST', `/tickets/${body['id']}/ai-evaluate`);
    expect(second).toMatchObject({ status: 409, body: { code: 'ticket-already-processed' } });
    expect((await server.call('GET', `/tickets/${body['id']}`)).body).toEqual({
      ...first.body,
      attachments: [],
      sla: expect.any(Array),
    });
  });
});

describe('source 002: health', () => {
  it('GET /health', async () => {
    const { status, body } = await server.call('GET', '/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'healthy', model_loaded: true });
  });
});

describe('source 003: routing', () => {
  it('routes the German outage to a technical agent, high, S above 0.8', async () => {
    const { status, body } = await server.call('POST', '/route', {
      subject: 'Dringend: Server ausgefallen',
      body: 'Seit heute Morgen ist der Produktionsserver nicht erreichbar.',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      category: 'Technical',
      department: 'Technical',
      urgency: '1(HIGH)',
      agent: 'Agent_A',
      priority: 'high',
      language: 'de',
    });
    expect(body['urgency_score']).toBeGreaterThan(0.8);
  });

  it('routes the billing error of its async example by the synchronous path', async () => {
    const { status, body } = await server.call('POST', '/route', { subject: 'billing error', body: 'charged twice' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ category: 'Billing', department: 'Billing', language: 'en' });
  });

  it('routes a batch of up to 100', async () => {
    const tickets = Array.from({ length: 100 }, (_, i) => ({
      subject: `Invoice ${i}`,
      body: 'The VAT id is missing on the invoice.',
    }));
    const { status, body } = await server.call<{ count: number; results: unknown[] }>('POST', '/route/batch', {
      tickets,
    });
    expect({ status, count: body.count, results: body.results.length }).toEqual({
      status: 200,
      count: 100,
      results: 100,
    });
  });

  it('has its four agents, each with a capacity of 5', async () => {
    const { body } = await server.call<{ agents: Record<string, { capacity: number }> }>('GET', '/agents');
    expect(Object.keys(body.agents).sort()).toEqual(['Agent_A', 'Agent_B', 'Agent_C', 'Agent_D']);
    expect(Object.values(body.agents).every((a) => a.capacity === 5)).toBe(true);
  });

  it('takes its async example: 202, then the result', async () => {
    const accepted = await server.call('POST', '/route/async', { subject: 'billing error', body: 'charged twice' });
    expect(accepted).toMatchObject({ status: 202, body: { job_id: expect.any(String), status: 'accepted' } });
    const path = `/route/async/${accepted.body['job_id']}`;
    const read = async () => (await server.call('GET', path)).body;
    await expect.poll(read, { timeout: 15_000 }).toMatchObject({ status: 'done' });
    expect((await read())['result']).toMatchObject({ category: 'Billing' });
  });

  it('says of a first report that it is no duplicate, in the shape of its example', async () => {
    const { body } = await server.call('POST', '/route', {
      subject: 'Barcode scanner',
      body: 'The handheld scanner of the warehouse prints labels in Cyrillic.',
    });
    expect(body['dedup']).toMatchObject({ is_duplicate: false, master_incident_id: null });
  });

  it('GET /stats and GET /incidents tell of the hundred that reported the same', async () => {
    const { body } = await server.call<Record<string, unknown>>('GET', '/stats');
    expect(body['tickets_routed']).toBeGreaterThanOrEqual(104);
    expect(body).toMatchObject({ webhook_fires: 0, master_incidents: 1 });
    const { body: incidents } = await server.call<{ items: { id: string; members: number }[] }>('GET', '/incidents');
    expect(incidents.items).toEqual([expect.objectContaining({ id: expect.stringMatching(/^MI-/), members: 100 })]);
  });

  it('serves its documentation', async () => {
    expect((await server.call('GET', '/docs')).status).toBe(200);
    expect((await server.call('GET', '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('source 004: its seven categories', () => {
  it.each([
    ['Billing & Payment', 'Billing'],
    ['Technical Issue', 'Technical'],
    ['Feature Request', 'Feature Request'],
    ['Account Management', 'Account'],
    ['Product Information', 'Product Information'],
    ['Refund & Return', 'Refund'],
    ['General Inquiry', 'General'],
  ])('%s is %s', async (_, ours) => {
    const { body } = await server.call<{ categories: string[] }>('GET', '/health');
    expect(body.categories).toContain(ours);
  });
});
