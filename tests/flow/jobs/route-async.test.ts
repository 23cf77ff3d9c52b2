import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { allTickets, ended, readJob, sendJob } from './world.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('is accepted, routed in the background, and tells the same as POST /route', async () => {
  const body = { subject: 'Invoice', body: 'The VAT id is missing.', ticket_id: 'async-1' };
  const { status, body: accepted } = await sendJob(server.url, body);
  expect(status).toBe(202);
  expect(accepted).toMatchObject({ status: 'accepted', status_url: `/route/async/${accepted.job_id}` });
  const job = await ended(server.url, accepted.job_id);
  expect(job).toMatchObject({ job_id: accepted.job_id, status: 'done', error: null, attempts: 1 });
  const direct = await server.call<Record<string, unknown>>('POST', '/route', { ...body, ticket_id: 'sync-1' });
  const { category, urgency, urgency_score } = direct.body;
  expect(job.result).toMatchObject({ client_ticket_id: 'async-1', category, urgency, urgency_score });
  expect(await server.call('GET', `/tickets/${job.result?.ticket_id}`)).toMatchObject({ status: 200 });
});

it('of fifteen at the same instant each is done once', async () => {
  const accepted = await Promise.all(
    Array.from({ length: 15 }, (_, i) =>
      sendJob(server.url, { subject: 'Login', body: `I cannot sign in (${i})`, ticket_id: `at-once-${i}` }),
    ),
  );
  expect(new Set(accepted.map((a) => a.body.job_id)).size).toBe(15);
  const jobs = await Promise.all(accepted.map((a) => ended(server.url, a.body.job_id)));
  expect(jobs.map((j) => [j.status, j.attempts])).toEqual(Array(15).fill(['done', 1]));
  const tickets = (await allTickets(server.url)).filter((t) => t.client_ticket_id?.startsWith('at-once-'));
  expect(tickets.map((t) => t.id).sort()).toEqual(jobs.map((j) => j.result?.ticket_id).sort());
});

it('the same Idempotency-Key is the same job', async () => {
  const body = { subject: 'Password', body: 'Wie setze ich mein Passwort zurück?' };
  const send = () => sendJob(server.url, body, { 'idempotency-key': 'one-job' });
  const [first, second] = [await send(), await send()];
  expect(second.body).toEqual(first.body);
  expect((await ended(server.url, first.body.job_id)).status).toBe('done');
  expect((await sendJob(server.url, { ...body, body: 'Another' }, { 'idempotency-key': 'one-job' })).status).toBe(422);
});

it('an unknown job is 404, and what is not valid is refused at once', async () => {
  const unknown = await server.call('GET', '/route/async/00000000-0000-7000-8000-000000000000');
  expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await sendJob(server.url, { subject: 'No body' })).toMatchObject({ status: 422 });
});

it('what is refused for good fails at once, with its problem', async () => {
  const first = await sendJob(server.url, { subject: 'One', body: 'First content', ticket_id: 'taken' });
  await ended(server.url, first.body.job_id);
  const second = await sendJob(server.url, { subject: 'Two', body: 'Other content', ticket_id: 'taken' });
  const job = await ended(server.url, second.body.job_id);
  expect(job).toMatchObject({ status: 'failed', result: null, attempts: 1 });
  expect(job.error).toMatchObject({ code: 'client-id-conflict', ticket_id: null });
  const { body: dead } = await server.call<{ items: { job_id: string }[] }>('GET', '/jobs?status=failed');
  expect(dead.items.map((j) => j.job_id)).toEqual([job.job_id]);
});

it('a failed job is begun anew once, by the first of two who ask', async () => {
  const { body: dead } = await server.call<{ items: { job_id: string }[] }>('GET', '/jobs?status=failed');
  const id = dead.items[0]!.job_id;
  const replay = () => server.call('POST', `/jobs/${id}/replay`);
  const statuses = (await Promise.all([replay(), replay()])).map((r) => r.status);
  expect(statuses.sort()).toEqual([202, 409]);
  await expect.poll(async () => (await readJob(server.url, id)).attempts, { timeout: 10_000 }).toBe(2);
  expect(await ended(server.url, id)).toMatchObject({ status: 'failed', error: { code: 'client-id-conflict' } });
  const unknown = await server.call('POST', '/jobs/00000000-0000-7000-8000-000000000000/replay');
  expect(unknown.status).toBe(404);
});
