import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  confidenceAsText,
  contentFilter,
  cut,
  drip,
  empty,
  fenced,
  goodDecision,
  hang,
  json,
  type LlmServer,
  noChoices,
  notANumber,
  prose,
  type Reply,
  rateLimited,
  refusal,
  reset,
  serverError,
  slow,
  startLlmServer,
  text,
  tooSure,
  truncated,
  webPage,
  wrongEnum,
} from '../../../tests/support/llm-server.ts';
import { createLlm, type LlmOptions } from './create-llm.ts';
import type { LlmCall, Timing } from './port.ts';

const schema = z.object({
  intent: z.enum(['billing', 'technical_issue']),
  priority: z.enum(['low', 'medium', 'high']),
  confidence: z.number().min(0).max(1),
  suggestion: z.string().min(1),
});

/** Never in a log and never in a detail. */
const secret = 'Frau Beispielhuber, IBAN DE02';

let server: LlmServer;
let lines: string[] = [];
let calls: LlmCall[] = [];
beforeAll(async () => {
  server = await startLlmServer();
});
afterAll(() => server.close());
beforeEach(() => {
  lines = [];
  calls = [];
});

const log = () => pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
const connect = (options: Partial<LlmOptions> = {}) =>
  createLlm({
    baseUrl: server.baseUrl,
    model: 'scripted-1',
    timeoutMs: 10_000,
    log: log(),
    onCall: (call) => void calls.push(call),
    ...options,
  });

const system = 'Signalbox task: decision\nAnswer in JSON.';
const ask = (options: Partial<LlmOptions> = {}, deadlineMs?: number) =>
  connect(options).generateObject({
    purpose: 'decision',
    system,
    prompt: secret,
    schema,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
const tell = (options: Partial<LlmOptions> = {}) =>
  connect(options).generateText({ purpose: 'decision', system, prompt: secret });

/** Waits that take no time, are written down, and let the clock go on. The deadline's own sleep never ends. */
function noted(random = 0): { timing: Timing; waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  let first = true;
  const timing: Timing = {
    now: () => now,
    random: () => random,
    sleep: (milliseconds) => {
      if (first) {
        first = false;
        return new Promise(() => undefined);
      }
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
  return { timing, waits };
}

describe('a good reply', () => {
  it('comes back as a value with model, tokens and attempts', async () => {
    server.script('decision', { kind: 'text', text: JSON.stringify(goodDecision), model: 'scripted-1-2026' });
    const result = await ask({ key: 'k-123' });
    expect(result).toMatchObject({ ok: true, value: goodDecision, model: 'scripted-1-2026', attempts: 1 });
    expect(result.ok && result.tokens.input > 0 && result.tokens.output > 0).toBe(true);
    expect(calls).toMatchObject([{ purpose: 'decision', result: 'ok', model: 'scripted-1-2026', attempts: 1 }]);
    const sent = server.requests.at(-1)!;
    expect(sent).toMatchObject({ authorization: 'Bearer k-123', prompt: secret, system, stream: false });
    expect(sent.body).toMatchObject({ temperature: 0, seed: 1, max_tokens: 4_000 });
  });

  it('may be slow within the deadline', async () => {
    server.script('decision', slow(30, goodDecision));
    expect(await ask()).toMatchObject({ ok: true, value: goodDecision, attempts: 1 });
  });

  it('may stand in a code fence or behind thoughts', async () => {
    server.script(
      'decision',
      fenced(goodDecision),
      text(`<think>Is it billing? { maybe }</think>\n${JSON.stringify(goodDecision)}`),
      text('<think>hm</think>\nGuten Tag.'),
    );
    expect(await ask()).toMatchObject({ ok: true, value: goodDecision });
    expect(await ask()).toMatchObject({ ok: true, value: goodDecision });
    expect(await tell()).toMatchObject({ ok: true, value: 'Guten Tag.' });
  });

  it('keeps umlauts and emoji as they are', async () => {
    server.script('decision', text('Größe geändert, schöne Grüße 👋🏽'));
    expect(await tell()).toMatchObject({ ok: true, value: 'Größe geändert, schöne Grüße 👋🏽' });
  });

  it('sends a schema without the keywords that strict servers refuse', async () => {
    server.script('decision', json(goodDecision));
    await ask();
    const format = JSON.stringify(server.requests.at(-1)!.body['response_format']);
    expect(format).toContain('"name":"decision"');
    expect(format).toContain('technical_issue');
    expect(format).not.toMatch(/minLength|minimum|maximum|\$schema/);
  });
});

describe('a reply that is not usable ends as a value, is not asked for again and is not repaired', () => {
  const cases: [string, Reply, string][] = [
    ['prose', prose(), 'not-json'],
    ['JSON inside prose', text(`Here you are: ${JSON.stringify(goodDecision)}`), 'not-json'],
    ['NaN', notANumber(), 'not-json'],
    ['half an object', text('{"intent":"billing","prio'), 'not-json'],
    ['a web page', webPage(), 'not-json'],
    ['events instead of a body', { kind: 'body', contentType: 'text/event-stream', body: 'data: {}\n\n' }, 'not-json'],
    ['a wrong enum', wrongEnum(), 'schema-mismatch'],
    ['confidence 1.2', tooSure(), 'schema-mismatch'],
    ['confidence "0.9"', confidenceAsText(), 'schema-mismatch'],
    ['an infinite confidence', text(JSON.stringify(goodDecision).replace('0.82', '1e999')), 'schema-mismatch'],
    ['a list', json([goodDecision]), 'schema-mismatch'],
    ['null', text('null'), 'schema-mismatch'],
    ['a missing field', json({ ...goodDecision, priority: undefined }), 'schema-mismatch'],
    ['nothing', empty(), 'empty'],
    ['only thoughts', text('<think>I wonder whether'), 'empty'],
    ['no choices', noChoices(), 'empty'],
    ['a refusal', refusal(`I cannot help ${secret}`), 'refusal'],
    ['a refusal that is JSON', refusal(JSON.stringify(goodDecision)), 'refusal'],
    ['the content filter', contentFilter(), 'refusal'],
    ['a reply cut by the token limit', truncated('{"intent":"bil'), 'too-long'],
  ];
  it.each(cases)('%s', async (_name, reply, reason) => {
    server.script('decision', reply);
    const before = server.requests.length;
    const result = await ask();
    expect(result).toMatchObject({ ok: false, reason, attempts: 1 });
    expect(server.requests.length - before).toBe(1);
    expect(calls).toMatchObject([{ result: reason, tokens: null }]);
  });

  it('names the field and the kind of a mismatch, never the value', async () => {
    server.script('decision', json({ ...goodDecision, intent: secret, confidence: 7 }));
    const result = await ask();
    expect(result).toMatchObject({ detail: 'intent: invalid_value, confidence: too_big' });
  });

  const texts: [string, Reply, string][] = [
    ['nothing', empty(), 'empty'],
    ['white space', text(' \n\t '), 'empty'],
    ['a refusal', refusal(), 'refusal'],
    ['the content filter', contentFilter(), 'refusal'],
    ['a text cut by the token limit', truncated('You can find your invoice under'), 'too-long'],
  ];
  it.each(texts)('as text: %s', async (_name, reply, reason) => {
    server.script('decision', reply);
    expect(await tell()).toMatchObject({ ok: false, reason, attempts: 1 });
  });
});

describe('what is tried again', () => {
  it('a 500 twice, with doubling waits, then it is good', async () => {
    server.script('decision', serverError(), serverError(503), json(goodDecision));
    const { timing, waits } = noted(0.5);
    expect(await ask({ timing })).toMatchObject({ ok: true, attempts: 3 });
    expect(waits).toEqual([187.5, 375]);
  });

  it('gives up after the third 500', async () => {
    server.script('decision', serverError());
    expect(await ask({ timing: noted().timing })).toMatchObject({
      ok: false,
      reason: 'server-error',
      detail: 'HTTP 500 (server_error)',
      attempts: 3,
    });
  });

  it('a 429 after the time the server asks for', async () => {
    server.script('decision', rateLimited(2), json(goodDecision));
    const { timing, waits } = noted();
    expect(await ask({ timing })).toMatchObject({ ok: true, attempts: 2 });
    expect(waits).toEqual([2000]);
  });

  it('a 429 without Retry-After by our own steps', async () => {
    server.script('decision', rateLimited());
    const { timing, waits } = noted();
    expect(await ask({ timing })).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 3 });
    expect(waits).toEqual([250, 500]);
  });

  it('not a 429 whose Retry-After lies behind the deadline', async () => {
    server.script('decision', rateLimited(60), json(goodDecision));
    const { timing, waits } = noted();
    expect(await ask({ timing })).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 1 });
    expect(waits).toEqual([]);
  });

  it('not a used-up quota', async () => {
    server.script('decision', { kind: 'status', status: 429, code: 'insufficient_quota' });
    expect(await ask()).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 1 });
  });

  it.each([
    ['a body that breaks off', cut(), 'cut'],
    ['a closed connection', reset(), 'unreachable'],
  ])('%s once', async (_name, reply, reason) => {
    server.script('decision', reply, json(goodDecision));
    expect(await ask({ timing: noted().timing })).toMatchObject({ ok: true, attempts: 2 });
    server.script('decision', reply);
    expect(await ask({ timing: noted().timing })).toMatchObject({ ok: false, reason, attempts: 2 });
  });

  it('a server that is not there, once', async () => {
    const gone = await startLlmServer();
    await gone.close();
    const result = await ask({ baseUrl: gone.baseUrl, timing: noted().timing });
    expect(result).toMatchObject({ ok: false, reason: 'unreachable', attempts: 2 });
    expect(result).toMatchObject({ detail: 'no connection to the model server (ECONNREFUSED)' });
  });
});

describe('the deadline', () => {
  it.each([
    ['hangs', hang()],
    ['drips', drip()],
    ['is slower than that', slow(60_000, goodDecision)],
  ])('ends a call to a server that %s and closes its connection', async (_name, reply) => {
    server.script('decision', reply);
    const before = server.abandoned;
    const result = await ask({}, 80);
    expect(result).toMatchObject({ ok: false, reason: 'timeout', attempts: 1, milliseconds: 80 });
    await server.abandonedAtLeast(before + 1);
  });

  it("is never longer than the port's own time-out", async () => {
    server.script('decision', hang());
    expect(await ask({ timeoutMs: 50 }, 60_000)).toMatchObject({ reason: 'timeout', milliseconds: 50 });
  });

  it('counts the attempts made before it struck', async () => {
    server.script('decision', serverError(), hang());
    let strike = () => {};
    let sleeps = 0;
    const timing: Timing = {
      now: () => 0,
      random: () => 0,
      sleep: () => (++sleeps === 1 ? new Promise((resolve) => (strike = resolve)) : Promise.resolve()),
    };
    const second = server.request(server.requests.length + 2);
    const result = ask({ timing });
    await second;
    strike();
    expect(await result).toMatchObject({ ok: false, reason: 'timeout', attempts: 2 });
  });
});

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
    server.script('decision', reply);
    expect(await ask()).toMatchObject({ ok: false, reason, attempts: 1 });
  });

  it('follows no redirect, so that the text goes nowhere else', async () => {
    const other = await startLlmServer();
    const location = `${other.baseUrl}/chat/completions`;
    server.script('decision', { kind: 'status', status: 307, headers: { location } });
    await ask();
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('learns once what a server does not take, and keeps it', async () => {
    const picky = await startLlmServer({ refuses: ['json_schema', 'temperature', 'max_tokens', 'seed'] });
    picky.script('decision', json(goodDecision));
    const llm = connect({ baseUrl: picky.baseUrl });
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
    const llm = connect({ baseUrl: picky.baseUrl });
    const request = { purpose: 'decision', system, prompt: 'Hallo', schema };
    const results = await Promise.all([1, 2, 3, 4].map(() => llm.generateObject(request)));
    expect(results.map((r) => r.ok)).toEqual([true, true, true, true]);
    await picky.close();
  });

  it('does without any format where even json_object is refused', async () => {
    const old = await startLlmServer({ refuses: ['response_format'] });
    old.script('decision', json(goodDecision));
    expect(await ask({ baseUrl: old.baseUrl })).toMatchObject({ ok: true, attempts: 3 });
    expect(old.requests.at(-1)!.body).not.toHaveProperty('response_format');
    await old.close();
  });
});

it('logs neither prompt nor reply nor key, whatever happens', async () => {
  const quoting: Reply = { kind: 'status', status: 400, code: 'invalid_request', message: `Not good: ${secret}` };
  const replies = [text(secret), refusal(secret), quoting, json({ intent: secret }), json(goodDecision)];
  for (const reply of replies) {
    server.script('decision', reply);
    const result = await ask({ key: 'key-of-the-test' });
    expect(JSON.stringify({ ...result, value: null })).not.toContain('Beispielhuber');
  }
  expect(lines).toHaveLength(replies.length);
  expect(lines.join('')).toContain('language model failed');
  expect(lines.join('')).not.toMatch(/Beispielhuber|DE02|key-of-the-test/);
});

it('reads a reply of any size only up to its limit', async () => {
  server.script('decision', text('x'.repeat(3_000_000)));
  expect(await ask()).toMatchObject({ ok: false, reason: 'too-long' });
});
