import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cut, type LlmServer, refusal, serverError, startLlmServer, text } from '../../../tests/support/llm-server.ts';

/** The port asks for whole replies; the server of our tests streams too, and a client of the AI SDK must agree. */
let server: LlmServer;
beforeAll(async () => {
  server = await startLlmServer();
});
afterAll(() => server.close());

async function stream(): Promise<{ text: string; finish: string; failed: boolean; output: number }> {
  const provider = createOpenAICompatible({ name: 'llm', baseURL: server.baseUrl, includeUsage: true });
  let failed = false;
  let finish = 'none';
  let output = 0;
  let all = '';
  const result = streamText({
    model: provider.chatModel('scripted-1'),
    prompt: 'Hallo',
    maxRetries: 0,
    onError: () => {
      failed = true;
    },
  });
  try {
    for await (const part of result.stream) {
      if (part.type === 'text-delta') all += part.text;
      if (part.type === 'finish') {
        finish = part.finishReason;
        output = part.totalUsage.outputTokens ?? 0;
      }
    }
  } catch {
    failed = true;
  }
  return { text: all, finish, failed, output };
}

it('streams a reply word by word, with its usage', async () => {
  server.script('unknown', text('Größe und Grüße kommen an.'));
  expect(await stream()).toEqual({
    text: 'Größe und Grüße kommen an.',
    finish: 'stop',
    failed: false,
    output: 5,
  });
  expect(server.requests.at(-1)).toMatchObject({ stream: true, prompt: 'Hallo', purpose: 'unknown' });
});

it('cuts a stream in the middle: half of the words, and an error', async () => {
  server.script('unknown', cut('eins zwei drei vier'));
  const { text: got, failed } = await stream();
  expect(got).toBe('eins zwei ');
  expect(failed).toBe(true);
});

it('streams a refusal and refuses with a status', async () => {
  server.script('unknown', refusal('Nein.'));
  expect((await stream()).finish).toBe('content-filter');
  server.script('unknown', serverError(503));
  expect((await stream()).failed).toBe(true);
});

it('answers each purpose from its own list, the last reply again and again', async () => {
  const ask = async (task: string) => {
    const response = await fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        messages: [
          { role: 'system', content: `Signalbox task: ${task}\n…` },
          { role: 'user', content: 'x' },
        ],
      }),
    });
    const body = (await response.json()) as { choices: { message: { content: string } }[] };
    return body.choices[0]!.message.content;
  };
  server.script('draft', text('one'), text('two'));
  server.script('judge', text('three'));
  expect([await ask('draft'), await ask('judge'), await ask('draft'), await ask('draft')]).toEqual([
    'one',
    'three',
    'two',
    'two',
  ]);
});

it('asks for its key and knows no other path', async () => {
  const locked = await startLlmServer({ key: 'right' });
  const status = (path: string, key: string) =>
    fetch(`${locked.baseUrl}${path}`, { headers: { authorization: `Bearer ${key}` } }).then((r) => r.status);
  expect(await status('/models', 'wrong')).toBe(401);
  expect(await status('/models', 'right')).toBe(200);
  expect(await status('/embeddings', 'right')).toBe(404);
  await locked.close();
});
