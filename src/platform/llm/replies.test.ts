import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmClient, secret, startLlmClient, system } from '../../../tests/support/llm-client.ts';
import {
  confidenceAsText,
  contentFilter,
  empty,
  fenced,
  goodDecision,
  json,
  noChoices,
  notANumber,
  prose,
  type Reply,
  refusal,
  slow,
  text,
  tooSure,
  truncated,
  webPage,
  wrongEnum,
} from '../../../tests/support/llm-server.ts';

let client: LlmClient;
beforeAll(async () => {
  client = await startLlmClient();
});
afterAll(() => client.close());
beforeEach(() => client.forget());

describe('a good reply', () => {
  it('comes back as a value with model, tokens and attempts', async () => {
    client.server.script('decision', { kind: 'text', text: JSON.stringify(goodDecision), model: 'scripted-1-2026' });
    const result = await client.ask({ key: 'k-123' });
    expect(result).toMatchObject({ ok: true, value: goodDecision, model: 'scripted-1-2026', attempts: 1 });
    expect(result.ok && result.tokens.input > 0 && result.tokens.output > 0).toBe(true);
    expect(client.calls).toMatchObject([{ purpose: 'decision', result: 'ok', model: 'scripted-1-2026', attempts: 1 }]);
    const sent = client.server.requests.at(-1)!;
    expect(sent).toMatchObject({ authorization: 'Bearer k-123', prompt: secret, system, stream: false });
    expect(sent.body).toMatchObject({ temperature: 0, seed: 1, max_tokens: 4_000 });
  });

  it('may be slow within the deadline', async () => {
    client.server.script('decision', slow(30, goodDecision));
    expect(await client.ask()).toMatchObject({ ok: true, value: goodDecision, attempts: 1 });
  });

  it('may stand in a code fence or behind thoughts', async () => {
    client.server.script(
      'decision',
      fenced(goodDecision),
      text(`<think>Is it billing? { maybe }</think>\n${JSON.stringify(goodDecision)}`),
      text('<think>hm</think>\nGuten Tag.'),
    );
    expect(await client.ask()).toMatchObject({ ok: true, value: goodDecision });
    expect(await client.ask()).toMatchObject({ ok: true, value: goodDecision });
    expect(await client.tell()).toMatchObject({ ok: true, value: 'Guten Tag.' });
  });

  it('keeps umlauts and emoji as they are', async () => {
    client.server.script('decision', text('Größe geändert, schöne Grüße 👋🏽'));
    expect(await client.tell()).toMatchObject({ ok: true, value: 'Größe geändert, schöne Grüße 👋🏽' });
  });

  it('sends a schema without the keywords that strict servers refuse', async () => {
    client.server.script('decision', json(goodDecision));
    await client.ask();
    const format = JSON.stringify(client.server.requests.at(-1)!.body['response_format']);
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
    client.server.script('decision', reply);
    const before = client.server.requests.length;
    const result = await client.ask();
    expect(result).toMatchObject({ ok: false, reason, attempts: 1 });
    expect(client.server.requests.length - before).toBe(1);
    expect(client.calls).toMatchObject([{ result: reason, tokens: null }]);
  });

  it('names the field and the kind of a mismatch, never the value', async () => {
    client.server.script('decision', json({ ...goodDecision, intent: secret, confidence: 7 }));
    const result = await client.ask();
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
    client.server.script('decision', reply);
    expect(await client.tell()).toMatchObject({ ok: false, reason, attempts: 1 });
  });
});

it('reads a reply of any size only up to its limit', async () => {
  client.server.script('decision', text('x'.repeat(3_000_000)));
  expect(await client.ask()).toMatchObject({ ok: false, reason: 'too-long' });
});
