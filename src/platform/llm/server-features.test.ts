import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmClient, schema, secret, startLlmClient, system } from '../../../tests/support/llm-client.ts';
import { goodDecision, json, type Reply, refusal, startLlmServer, text } from '../../../tests/support/llm-server.ts';

let client: LlmClient;
beforeAll(async () => {
  client = await startLlmClient();
});
afterAll(() => client.close());
beforeEach(() => client.forget());

describe('requests that a server refuses', () => {
  const status = (code: number, name: string, message?: string): Reply => ({
    kind: 'status',
    status: code,
    code: name,
    ...(message === undefined ? {} : { message }),
  });
  it.each([
    ['401', status(401, 'invalid_api_key'), 'unauthorised'],
    ['403', status(403, 'forbidden'), 'unauthorised'],
    ['404', status(404, 'model_not_found'), 'bad-request'],
    ['400', status(400, 'invalid_request'), 'bad-request'],
    ['a redirect', { kind: 'status', status: 307, headers: { location: '/elsewhere' } } as Reply, 'bad-request'],
    ['a filtered prompt', status(400, 'content_filter'), 'refusal'],
    [
      'a prompt beyond the context',
      status(400, 'context_length_exceeded', 'Too long: reduce max_tokens or the prompt.'),
      'too-long',
    ],
    ['413', status(413, 'request_too_large'), 'too-long'],
  ])('%s', async (_name, reply, reason) => {
    client.server.script('decision', reply);
    expect(await client.ask()).toMatchObject({ ok: false, reason, attempts: 1 });
  });

  it('follows no redirect, so that the text goes nowhere else', async () => {
    const other = await startLlmServer();
    const location = `${other.baseUrl}/chat/completions`;
    client.server.script('decision', { kind: 'status', status: 307, headers: { location } });
    await client.ask();
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('learns once what a server does not take, and keeps it', async () => {
    const picky = await startLlmServer({ refuses: ['json_schema', 'temperature', 'max_tokens', 'seed'] });
    picky.script('decision', json(goodDecision));
    const llm = client.connect({ baseUrl: picky.baseUrl });
    const request = { purpose: 'decision', system, prompt: 'Hallo', schema };
    expect(await llm.generateObject(request)).toMatchObject({ ok: true, attempts: 5 });
    expect(await llm.generateObject(request)).toMatchObject({ ok: true, attempts: 1 });
    const { body } = picky.requests.at(-1)!;
    expect(body).toMatchObject({ max_completion_tokens: 4_000, response_format: { type: 'json_object' } });
    expect(body).not.toHaveProperty('temperature');
    await picky.close();
  });

  it('lets calls that run at once learn from one another', async () => {
    const picky = await startLlmServer({ refuses: ['temperature'] });
    picky.script('decision', json(goodDecision));
    const llm = client.connect({ baseUrl: picky.baseUrl });
    const request = { purpose: 'decision', system, prompt: 'Hallo', schema };
    const results = await Promise.all([1, 2, 3, 4].map(() => llm.generateObject(request)));
    expect(results.map((r) => r.ok)).toEqual([true, true, true, true]);
    await picky.close();
  });

  it('does without any format where even json_object is refused', async () => {
    const old = await startLlmServer({ refuses: ['response_format'] });
    old.script('decision', json(goodDecision));
    expect(await client.ask({ baseUrl: old.baseUrl })).toMatchObject({ ok: true, attempts: 3 });
    expect(old.requests.at(-1)!.body).not.toHaveProperty('response_format');
    await old.close();
  });
});

it('logs neither prompt nor reply nor key, whatever happens', async () => {
  const quoting: Reply = { kind: 'status', status: 400, code: 'invalid_request', message: `Not good: ${secret}` };
  const replies = [text(secret), refusal(secret), quoting, json({ intent: secret }), json(goodDecision)];
  for (const reply of replies) {
    client.server.script('decision', reply);
    const result = await client.ask({ key: 'key-of-the-test' });
    expect(JSON.stringify({ ...result, value: null })).not.toContain('Beispielhuber');
  }
  expect(client.lines).toHaveLength(replies.length);
  expect(client.lines.join('')).toContain('language model failed');
  expect(client.lines.join('')).not.toMatch(/Beispielhuber|DE02|key-of-the-test/);
});
