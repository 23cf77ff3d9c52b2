import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openChat } from '../../support/chat-client.ts';
import { goodDecision, type LlmServer, slow, startLlmServer } from '../../support/llm-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** A customer who writes on while the machine is still at it (a language model that takes its time). */
let model: LlmServer;
let server: TestServer;
beforeAll(async () => {
  model = await startLlmServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_TIMEOUT_MS: '8000', CHAT_BURST_MS: '100' });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => model.script('decision', slow(800, goodDecision)));

interface Trace {
  steps: { run: number; step: string }[];
  decisions: { run: number; decided_by: string }[];
  events: { action: string }[];
}
interface Messages {
  items: { author: string; text: string }[];
}
const open = async (id: string) => {
  const client = await openChat(server.url, `/ws/${id}`);
  const { token } = await client.frame((f) => f.type === 'session');
  const conversation = async () => {
    const headers = { 'x-session-token': token! };
    return (
      await server.call<{ items: { ticket_id: string; author: string }[] }>(
        'GET',
        `/chat/${id}/messages`,
        undefined,
        headers,
      )
    ).body.items;
  };
  return { client, conversation };
};

it('gets one answer, to everything: the overtaken run sends nothing and asks no person', async () => {
  const { client, conversation } = await open('overtaken-1');
  const asked = model.requests.length + 1;
  client.say({ message: 'Where do I find my invoices?' });
  await model.request(asked);
  client.say({ message: 'And how do I reset my password?' });
  await client.message();
  const items = await conversation();
  expect(items.map((m) => m.author)).toEqual(['customer', 'customer', 'ai']);
  const id = items[0]!.ticket_id;
  const { body: trace } = await server.call<Trace>('GET', `/tickets/${id}/trace`);
  expect(trace.events.filter((e) => e.action === 'run-overtaken')).toHaveLength(1);
  expect(trace.decisions.map((d) => d.run)).toEqual([2]);
  expect(model.requests.at(-1)?.prompt).toContain('invoices');
  expect(model.requests.at(-1)?.prompt).toContain('password');
  const { body: reviews } = await server.call<{ items: { ticket_id: string }[] }>('GET', '/reviews?limit=200');
  expect(reviews.items.filter((r) => r.ticket_id === id).length).toBeLessThanOrEqual(1);
  await client.close();
});

it('every socket shows that the machine writes until it has, also one that comes back meanwhile', async () => {
  const one = await openChat(server.url, '/ws/typing-1');
  const { token } = await one.frame((f) => f.type === 'session');
  const two = await openChat(server.url, `/ws/typing-1?token=${token}`);
  const asked = model.requests.length + 1;
  one.say({ message: 'Where do I find my invoices?' });
  await model.request(asked);
  const back = await openChat(server.url, `/ws/typing-1?token=${token}`);
  expect(await back.frame(() => true)).toMatchObject({ type: 'typing', status: true });
  one.say({ message: 'And how do I reset my password?' });
  await Promise.all([one.message(), two.message(), back.message()]);
  for (const { frames } of [two, back])
    expect(frames.map(({ type, status }) => [type, status])).toEqual([
      ['typing', true],
      ['typing', false],
      ['message', undefined],
    ]);
  const silent = await openChat(server.url, `/ws/typing-1?token=${token}&since=0`);
  await silent.message();
  expect(silent.frames.map((f) => f.type)).toEqual(['message']);
  await Promise.all([one, two, back, silent].map((client) => client.close()));
});

it('goes to a person when it is overtaken again and again', async () => {
  const { client, conversation } = await open('overtaken-5');
  for (let i = 0; i < 5; i++) {
    const asked = model.requests.filter((r) => r.purpose === 'decision').length + 1;
    client.say({ message: `Where do I find my invoices? (${i})` });
    await expect
      .poll(() => model.requests.filter((r) => r.purpose === 'decision').length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(asked);
  }
  client.say({ message: 'and another thing' });
  await client.message();
  const id = (await conversation())[0]!.ticket_id;
  const { body: ticket } = await server.call('GET', `/tickets/${id}`);
  expect(ticket['status']).toBe('awaiting_review');
  const { body: messages } = await server.call<Messages>('GET', `/tickets/${id}/messages`);
  expect(messages.items.filter((m) => m.author === 'ai')).toHaveLength(1);
  await client.close();
});

it('a person who takes the ticket meanwhile is not talked over, and the customer is not left waiting', async () => {
  const { client, conversation } = await open('taken-1');
  client.say({ message: 'Where do I find my invoices?' });
  await client.frame((f) => f.type === 'typing');
  const id = (await conversation())[0]!.ticket_id;
  await server.call('PUT', '/agents/Maria', { skills: { Billing: 1 }, capacity: 5, online: true });
  const { status } = await server.call('POST', `/tickets/${id}/assign`, { agent: 'Maria' });
  expect(status).toBe(200);
  await server.call('POST', `/tickets/${id}/messages`, { text: 'Maria here.', author: 'agent' });
  await client.frame((f) => f.type === 'message' && f.message === 'Maria here.');
  await client.frame((f) => f.type === 'typing' && f.status === false);
  await client.close();
});

it('a person who takes the ticket before the machine begins has it: nobody waits for the machine', async () => {
  const slowly = await startTestServer({ CHAT_BURST_MS: '2000' });
  try {
    await slowly.call('PUT', '/agents/Maria', { skills: { Billing: 1 }, capacity: 5, online: true });
    const asked = slowly.call('POST', '/chat', { session_id: 'taken-2', message: 'Where do I find my invoices?' });
    const newest = async () => (await slowly.call<{ items: { id: string }[] }>('GET', '/tickets')).body.items[0]?.id;
    await expect.poll(newest).toBeDefined();
    const id = await newest();
    expect((await slowly.call('POST', `/tickets/${id}/assign`, { agent: 'Maria' })).status).toBe(200);
    expect(await asked).toMatchObject({ status: 200, body: { ticket_id: id, response: '', escalated: true } });
    expect((await slowly.call('GET', `/tickets/${id}`)).body).toMatchObject({ status: 'new', agent: 'Maria' });
  } finally {
    await slowly.stop();
  }
});
