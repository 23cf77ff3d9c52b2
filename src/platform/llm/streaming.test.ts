import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmClient, secret, startLlmClient, system } from '../../../tests/support/llm-client.ts';
import {
  cut,
  hang,
  json,
  type LlmServerOptions,
  pieces,
  type Reply,
  refusal,
  serverError,
  startLlmServer,
  text,
  truncated,
  webPage,
} from '../../../tests/support/llm-server.ts';
import type { LlmOptions } from './create-llm.ts';
import { readText } from './read-reply.ts';
import { createVisibleText } from './visible-text.ts';

let client: LlmClient;
beforeAll(async () => {
  client = await startLlmClient();
});
afterAll(() => client.close());
beforeEach(() => client.forget());

/** What a listener heard: pieces, and "|" where it was told to forget. */
function listener() {
  const heard: string[] = [];
  const stream = { onText: (piece: string) => void heard.push(piece), onRestart: () => void heard.push('|') };
  return { heard, stream, kept: () => heard.slice(heard.lastIndexOf('|') + 1).join('') };
}

async function listen(replies: readonly Reply[], options: Partial<LlmOptions> = {}) {
  client.server.script('draft', ...replies);
  const ear = listener();
  const request = { purpose: 'draft', system: system.replace('decision', 'draft'), prompt: secret };
  const result = await client.connect(options).generateText(request, ear.stream);
  return { result, ...ear };
}

describe('a stream', () => {
  it('is heard piece by piece, and the result is what was heard', async () => {
    const { result, heard } = await listen([pieces(['Größe ', 'und ', 'Grüße', ' 👋🏽.'])]);
    expect(result).toMatchObject({ ok: true, value: 'Größe und Grüße 👋🏽.', attempts: 1 });
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.join('')).toBe('Größe und Grüße 👋🏽.');
    expect(result.ok && result.tokens.output > 0).toBe(true);
    expect(client.server.requests.at(-1)).toMatchObject({ stream: true });
  });

  it('hides thoughts and blanks around the reply', async () => {
    const { result, heard } = await listen([
      pieces(['<thi', 'nk>Ist das ', 'Spam?</th', 'ink>\n\n', 'Guten Tag. ', '\n']),
    ]);
    expect(result).toMatchObject({ ok: true, value: 'Guten Tag.' });
    expect(heard.join('')).toBe('Guten Tag.');
  });

  it('needs neither the count of tokens nor the closing word, and reads over comments', async () => {
    const noise = ': keep-alive\n\nevent: ping\n\n';
    const { result, kept } = await listen([pieces(['eins ', 'zwei'], { without: ['usage', 'done'], noise })]);
    expect(result).toMatchObject({ ok: true, value: 'eins zwei', tokens: { input: 0, output: 0 } });
    expect(kept()).toBe('eins zwei');
  });

  it.each([
    ['cut in the middle', cut('eins zwei drei vier')],
    ['closed without an end', pieces(['eins ', 'zwei '], { without: ['finish', 'done'] })],
    ['with garbage between', pieces(['eins ', 'zwei '], { noise: 'data: {"id":"x","choi\n\n' })],
    ['with an error between', pieces(['eins ', 'zwei '], { noise: 'data: {"error":{"message":"overloaded"}}\n\n' })],
  ])('%s is begun anew, and who hears it is told', async (_name, broken) => {
    const { result, heard, kept } = await listen([broken, pieces(['Alles ', 'da.'])]);
    expect(result).toMatchObject({ ok: true, value: 'Alles da.', attempts: 2 });
    expect(heard).toContain('|');
    expect(kept()).toBe('Alles da.');
  });

  it('cut again and again ends as a value', async () => {
    const { result } = await listen([cut('eins zwei drei vier')]);
    expect(result).toMatchObject({ ok: false, reason: 'cut', attempts: 2 });
  });

  it('that failed before its first word is begun anew without a word', async () => {
    const { result, heard } = await listen([serverError(503), text('Da.')]);
    expect(result).toMatchObject({ ok: true, value: 'Da.' });
    expect(heard).not.toContain('|');
  });

  it.each([
    ['a refusal', refusal('Nein.'), 'refusal'],
    ['a reply that hit the limit', truncated('Der Anfang'), 'too-long'],
    ['a web page', webPage(), 'not-json'],
    ['only thoughts', text('<think>hm'), 'empty'],
  ])('%s is a failure', async (_name, reply, reason) => {
    expect((await listen([reply])).result).toMatchObject({ ok: false, reason, attempts: 1 });
  });

  it.each([
    ['hangs at once', hang()],
    ['falls silent in the middle', pieces(['eins ', 'zwei '], { hangs: true })],
    [
      'drips for ever',
      pieces(
        Array.from({ length: 5_000 }, () => 'a '),
        { pauseMs: 5 },
      ),
    ],
  ])('that %s ends with the deadline, and nothing is heard behind it', async (_name, reply) => {
    const before = client.server.abandoned;
    const { result, heard } = await listen([reply], { timeoutMs: 150 });
    expect(result).toMatchObject({ ok: false, reason: 'timeout' });
    const length = heard.length;
    await client.server.abandonedAtLeast(before + 1);
    expect(heard.length).toBe(length);
  });
});

describe('a server that knows no streams', () => {
  async function tell(options: LlmServerOptions, reply: Reply) {
    const server = await startLlmServer(options);
    server.script('draft', reply);
    const ear = listener();
    const llm = client.connect({ baseUrl: server.baseUrl });
    const request = { purpose: 'draft', system: 'Signalbox task: draft', prompt: secret };
    const result = await llm.generateText(request, ear.stream);
    const again = await llm.generateText(request, listener().stream);
    await server.close();
    return { result, again, ...ear };
  }

  it('answers in one piece', async () => {
    const { result, heard } = await tell({ ignoresStream: true }, text('Auf einmal.'));
    expect(result).toMatchObject({ ok: true, value: 'Auf einmal.' });
    expect(result.ok && result.tokens.input > 0).toBe(true);
    expect(heard).toEqual(['Auf einmal.']);
  });

  it('may refuse the option or the stream itself, once', async () => {
    const { result, again } = await tell({ refuses: ['stream_options', 'stream'] }, text('Auf einmal.'));
    expect(result).toMatchObject({ ok: true, value: 'Auf einmal.', attempts: 3 });
    expect(again).toMatchObject({ ok: true, attempts: 1 });
  });

  it('may answer with JSON that is no reply', async () => {
    const { result } = await tell(
      { ignoresStream: true },
      { kind: 'body', contentType: 'application/json', body: '[]' },
    );
    expect(result).toMatchObject({ ok: false, reason: 'not-json' });
  });
});

it('shows of a stream what is read of the whole, however it is cut', () => {
  const part = fc.constantFrom(
    '<think>',
    '</think>',
    '<thi',
    '<',
    ' ',
    '\n',
    'a',
    'Grüße',
    '<reasoning>',
    '</reasoning>',
    'b ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const visible = createVisibleText();
      const shown = parts.map((piece) => visible.push(piece)).join('') + visible.end();
      const whole = readText({ text: parts.join(''), finish: 'stop' });
      return shown === (whole.ok ? whole.value : '');
    }),
  );
});

it('counts the tokens of a reply that came and cannot be used', async () => {
  client.server.script('decision', json({ intent: 'x' }));
  expect(await client.ask()).toMatchObject({
    ok: false,
    reason: 'schema-mismatch',
    tokens: { output: expect.any(Number) },
  });
});
