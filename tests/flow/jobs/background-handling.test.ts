import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEvaluateWorker } from '../../../src/evaluate-jobs.ts';
import { createRouteWorker, sourceOf } from '../../../src/route-jobs.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { allTickets } from './world.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Stored {
  readonly id: string;
  readonly status: string;
}

interface JobRow {
  readonly job_id: string;
  readonly ticket_id: string | null;
  readonly queue: string;
}

const question = { subject: 'Backups', body: 'How long are backups kept?', customer_email: 'ana@example.com' };
const create = async (more: object, at = server) =>
  (await at.call<Stored>('POST', '/tickets', { ...question, ...more })).body;
const statusOf = async (id: string, at = server) => (await at.call<Stored>('GET', `/tickets/${id}`)).body.status;
const listed = async (status: string, at = server) =>
  (await at.call<{ items: JobRow[] }>('GET', `/jobs?status=${status}&limit=200`)).body.items;
const signal = AbortSignal.timeout(60_000);
const never = { code: 'job-stuck', detail: 'The work did not come to an end within 1 s.' };

it('a ticket is evaluated in the background when that is asked for, and only then', async () => {
  const [asked, plain] = [await create({ evaluate: 'background' }), await create({})];
  expect([asked.status, plain.status]).toEqual(['new', 'new']);
  await expect.poll(() => statusOf(asked.id), { timeout: 20_000 }).toMatch(/^(?:resolved|awaiting_review)$/);
  await expect
    .poll(() => listed('done'), { timeout: 10_000 })
    .toMatchObject([{ job_id: asked.id, ticket_id: asked.id, queue: 'tickets-evaluate' }]);
  const { body: trace } = await server.call<{ steps: { step: string }[] }>('GET', `/tickets/${asked.id}/trace`);
  expect(trace.steps.map((s) => s.step)).toEqual(['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']);
  expect(await statusOf(plain.id)).toBe('new');
});

it('a second attempt at a ticket that is evaluated does nothing', async () => {
  const ticket = await create({ evaluate: 'none' });
  const worker = createEvaluateWorker(server.app.engine.parts);
  const job = { id: ticket.id, data: { ticketId: ticket.id, actor: 'test' } };
  expect(await worker.work(job, signal)).toEqual({ ticket_id: ticket.id, evaluated: true });
  expect(await worker.work(job, signal)).toEqual({ ticket_id: ticket.id, evaluated: false });
  const { body: trace } = await server.call<{ decisions: unknown[] }>('GET', `/tickets/${ticket.id}/trace`);
  expect(trace.decisions).toHaveLength(1);
});

it('a ticket that a person took meanwhile is left alone, also when its job is given up', async () => {
  const ticket = await create({ evaluate: 'none' });
  await server.call('PUT', '/agents/Mira', { skills: { Support: 1 }, capacity: 5 });
  expect((await server.call('POST', `/tickets/${ticket.id}/assign`, { agent: 'Mira' })).status).toBe(200);
  const worker = createEvaluateWorker(server.app.engine.parts);
  const job = { id: ticket.id, data: { ticketId: ticket.id, actor: 'test' } };
  expect(await worker.work(job, signal)).toEqual({ ticket_id: ticket.id, evaluated: false });
  await worker.giveUp({ ...job, error: never });
  expect(await server.call('GET', `/tickets/${ticket.id}`)).toMatchObject({ body: { status: 'new', agent: 'Mira' } });
});

interface Review {
  readonly ticket_id: string;
  readonly reason: string;
  readonly notes: string[];
}

async function reviewsOf(ticketId: string): Promise<Review[]> {
  const { body } = await server.call<{ items: Review[] }>('GET', '/reviews?limit=200');
  return body.items.filter((r) => r.ticket_id === ticketId);
}

it('an evaluation that is given up goes to a person, with the reason, once', async () => {
  const ticket = await create({ evaluate: 'none' });
  const worker = createEvaluateWorker(server.app.engine.parts);
  const job = { id: ticket.id, data: { ticketId: ticket.id, actor: 'test' }, error: never };
  await worker.giveUp(job);
  await worker.giveUp(job);
  expect(await statusOf(ticket.id)).toBe('awaiting_review');
  const reviews = await reviewsOf(ticket.id);
  expect(reviews).toHaveLength(1);
  expect(reviews[0]).toMatchObject({ reason: 'run-failed' });
  expect(reviews[0]?.notes.join()).toContain(never.detail);
});

it('a routing that is given up leaves its ticket with a person; a refusal leaves nothing', async () => {
  const worker = createRouteWorker(server.app.engine.parts);
  const id = '0199e0a0-0000-7000-8000-00000000000a';
  const request = { subject: 'Lost', body: 'Nobody routed me.', clientTicketId: 'given-up', sourceKey: sourceOf(id) };
  const job = { id, data: { request, actor: 'test' }, error: never };
  await worker.giveUp({ ...job, error: { code: 'client-id-conflict', detail: 'Use another id.' } });
  const stored = async () => (await allTickets(server.url)).filter((t) => t.client_ticket_id === 'given-up');
  expect(await stored()).toEqual([]);
  await worker.giveUp(job);
  await worker.giveUp(job);
  const [ticket, ...more] = await stored();
  expect(more).toEqual([]);
  expect(ticket?.status).toBe('awaiting_review');
  expect((await reviewsOf(ticket!.id))[0]?.notes.join()).toContain(never.detail);
  // A replay finds the ticket and tells of it instead of storing it again.
  expect(await worker.work(job, signal)).toMatchObject({ ticket_id: ticket!.id, status: 'awaiting_review' });
});

it('AUTO_EVALUATE makes it the rule, and a request may still say no', async () => {
  const auto = await startTestServer({ AUTO_EVALUATE: 'true' });
  try {
    const [ruled, not] = [await create({}, auto), await create({ evaluate: 'none' }, auto)];
    await expect.poll(() => statusOf(ruled.id, auto), { timeout: 20_000 }).not.toMatch(/^(?:new|processing)$/);
    expect(await statusOf(not.id, auto)).toBe('new');
  } finally {
    await auto.stop();
  }
});
