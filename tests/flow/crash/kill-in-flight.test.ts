import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { callJson, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

/**
 * SIGKILL in the middle of 200 requests of every kind. After the restart each acknowledged ticket is there, and
 * each half-done one is finished once. With our own PostgreSQL the database is that of the killed server.
 */
const external = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
const folder = temporaryFolder();
let environment: Record<string, string>;
let running: ServerProcess | undefined;

beforeAll(async () => {
  lendStarterModel(folder.path);
  environment = {
    SIGNALBOX_DATA: folder.path,
    ...(external === undefined ? {} : { DATABASE_URL: (await createTestDatabase()).url }),
  };
});
afterAll(async () => {
  await running?.kill('SIGTERM');
  folder.remove();
});

interface Acknowledged {
  readonly id: string;
  readonly kind: 'route' | 'create' | 'answer' | 'evaluate';
}

const questions = [
  'How long are backups kept?',
  'Wie lange werden Sicherungen aufbewahrt?',
  'I cannot sign in',
  'Die Rechnung ist falsch',
];

async function sendOne(url: string, i: number, acknowledged: Acknowledged[]): Promise<void> {
  const text = `${questions[i % questions.length]} (${i})`;
  const post = (path: string, body?: unknown) => callJson<Record<string, string>>(url, { method: 'POST', path, body });
  if (i % 3 === 0) {
    const { status, body } = await post('/route', { subject: 'Question', body: text, ticket_id: `kill-${i}` });
    if (status === 200) acknowledged.push({ id: body['ticket_id']!, kind: 'route' });
  } else if (i % 3 === 1) {
    const { status, body } = await post('/answer', { message: text });
    if (status === 200) acknowledged.push({ id: body['ticket_id']!, kind: 'answer' });
  } else {
    const { status, body } = await post('/tickets', {
      subject: 'Question',
      body: text,
      customer_email: `c${i}@example.com`,
    });
    if (status !== 201) return;
    acknowledged.push({ id: body['id']!, kind: 'create' });
    const evaluated = await post(`/tickets/${body['id']}/ai-evaluate`);
    if (evaluated.status === 200) acknowledged.push({ id: body['id']!, kind: 'evaluate' });
  }
}

interface Listed {
  id: string;
  status: string;
  body: string;
}

async function allTickets(url: string): Promise<Listed[]> {
  const tickets: Listed[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { body: { items: Listed[]; next_cursor: string | null } } = await callJson(url, {
      method: 'GET',
      path: `/tickets?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    });
    tickets.push(...page.body.items);
    cursor = page.body.next_cursor;
  }
  return tickets;
}

it('loses nothing and does nothing twice', async () => {
  running = await startServerProcess(environment);
  const { url } = running;
  const acknowledged: Acknowledged[] = [];
  let answered = 0;
  const killed = new Promise<void>((resolve) => {
    const requests = Array.from({ length: 200 }, (_, i) =>
      sendOne(url, i, acknowledged)
        .then(() => {
          answered++;
          // In the middle: some are answered, the others are anywhere between the first byte and the last.
          if (answered === 60) void running?.kill('SIGKILL').then(() => undefined);
        })
        .catch(() => undefined),
    );
    void Promise.all(requests).then(() => resolve());
  });
  await killed;
  await running.kill('SIGKILL');
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);

  running = await startServerProcess(environment);
  const after = running.url;
  await expect
    .poll(async () => (await allTickets(after)).filter((t) => t.status === 'processing').length, { timeout: 90_000 })
    .toBe(0);
  const tickets = new Map((await allTickets(after)).map((t) => [t.id, t]));
  for (const { id, kind } of acknowledged) {
    expect(tickets.has(id), `${kind} ${id}`).toBe(true);
    if (kind === 'answer' || kind === 'evaluate')
      expect(['resolved', 'awaiting_review']).toContain(tickets.get(id)?.status);
  }
  const texts = [...tickets.values()].map((t) => t.body);
  expect(new Set(texts).size, 'no message is stored twice').toBe(texts.length);
  await expectFinishedOnce(after, [...tickets.values()]);
}, 240_000);

interface Trace {
  steps: { step: string; run: number }[];
  decisions: unknown[];
}

/** A decided ticket has each step once, one decision, one word to the customer. */
async function expectFinishedOnce(url: string, tickets: Listed[]): Promise<void> {
  for (const { id, status } of tickets.filter((t) => t.status !== 'new')) {
    const { body: trace } = await callJson<Trace>(url, { method: 'GET', path: `/tickets/${id}/trace` });
    const { body: messages } = await callJson<{ items: { author: string }[] }>(url, {
      method: 'GET',
      path: `/tickets/${id}/messages`,
    });
    expect(
      trace.steps.map((s) => s.step),
      `${status} ${id}`,
    ).toEqual(['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']);
    expect(trace.decisions).toHaveLength(1);
    expect(messages.items.filter((m) => m.author === 'ai')).toHaveLength(1);
  }
}
