import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EmbeddingReply,
  type EmbeddingServer,
  goodBody,
  startEmbeddingServer,
} from '../../../tests/support/embedding-server.ts';
import type { Timing } from '../llm/port.ts';
import { openOpenAiEmbedder } from './openai-embedder.ts';
import type { TextEmbedder } from './port.ts';

let server: EmbeddingServer;
let waits: number[];

beforeEach(async () => {
  server = await startEmbeddingServer();
  waits = [];
});
afterEach(() => server.close());

/** Waits are written down and not waited for. */
const timing = (): Timing => ({
  now: () => waits.reduce((sum, wait) => sum + wait, 0),
  sleep: async (milliseconds) => void waits.push(milliseconds),
  random: () => 0.5,
});

const open = (timeoutMs = 5_000): Promise<TextEmbedder> =>
  openOpenAiEmbedder({
    baseUrl: server.baseUrl,
    key: 'secret-key',
    model: 'letters',
    timeoutMs,
    maskTexts: (texts) => texts.map((text) => text.replaceAll('ada@example.org', '[EMAIL]')),
    timing: timing(),
  });

const good: EmbeddingReply = { kind: 'good' };
const status = (code: number, headers: Record<string, string> = {}): EmbeddingReply => ({
  kind: 'status',
  status: code,
  headers,
});
const reply = (change: (data: { index: number; embedding: unknown[] }[]) => unknown): EmbeddingReply => ({
  kind: 'body',
  body: (texts) => JSON.stringify({ data: change(JSON.parse(goodBody(texts, 6)).data) }),
});

describe('an OpenAI-compatible embedding server', () => {
  it('gives vectors of length 1 in the order of the texts, in batches, with the key', async () => {
    const embedder = await open();
    expect(embedder.dimension).toBe(6);
    expect(embedder.id).toMatch(/^letters@[0-9a-f]{8}\/6$/);
    const texts = Array.from({ length: 40 }, (_, i) => `text ${'abcdefgh'.slice(0, i % 8)}`);
    const rows = await embedder.embed(texts);
    expect(server.requests.slice(1).map(({ input }) => input.length)).toEqual([16, 16, 8]);
    expect(server.requests[1]?.authorization).toBe('Bearer secret-key');
    for (let i = 0; i < texts.length; i++) {
      const row = rows.subarray(i * 6, (i + 1) * 6);
      expect(Math.hypot(...row)).toBeCloseTo(1, 6);
      const [alone] = [await embedder.embed([texts[i]!])];
      if (i < 8) expect([...alone]).toEqual([...row]);
    }
  });

  it('sends nothing unmasked, nothing endless and nothing empty', async () => {
    const embedder = await open();
    const rows = await embedder.embed(['write to ada@example.org', ' \n?', 'x'.repeat(100_000)]);
    const sent = server.requests.at(-1)!.input;
    expect(sent).toHaveLength(2);
    expect(sent[0]).toBe('write to [EMAIL]');
    expect(sent[1]).toHaveLength(8_000);
    expect([...rows.subarray(6, 12)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('tries overload and broken connections again, and waits as long as it is told to', async () => {
    const embedder = await open();
    server.script(status(429, { 'retry-after': '2' }), status(500), good);
    await expect(embedder.embed(['a'])).resolves.toHaveLength(6);
    expect(waits[0]).toBeGreaterThanOrEqual(2_000);
    expect(waits).toHaveLength(2);
    server.script({ kind: 'cut' }, good);
    await expect(embedder.embed(['a'])).resolves.toHaveLength(6);
  });

  it.each([
    ['overload that does not end', [status(429)], 'HTTP 429', 3],
    ['a server that fails', [status(500)], 'HTTP 500', 3],
    ['a wait beyond the time', [status(429, { 'retry-after': '60' })], 'HTTP 429', 1],
    ['a wrong key', [status(401)], 'OPENAI_API_KEY', 1],
    ['an unknown model', [status(404)], 'EMBEDDING_NAME', 1],
    ['a redirect', [status(302, { location: 'http://127.0.0.1:9/' })], 'HTTP 302', 1],
  ] as const)('says what is wrong: %s', async (_, replies, words, requests) => {
    const embedder = await open();
    const before = server.requests.length;
    server.script(...replies);
    const error = await embedder.embed(['the customer Ada Lovelace']).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'embedder-unavailable', message: expect.stringContaining(words) });
    expect(String(error)).not.toContain('Lovelace');
    expect(server.requests.length - before).toBe(requests);
  });

  it.each([
    ['another dimension', reply((data) => data.map((d) => ({ ...d, embedding: d.embedding.slice(1) }))), /5 numbers/],
    ['fewer rows', reply((data) => data.slice(1)), /2 texts were sent and 1 vectors came/],
    ['a row twice', reply((data) => data.map((d) => ({ ...d, index: 0 }))), /numbered/],
    ['null for a number', reply((data) => data.map((d) => ({ ...d, embedding: [null, 1, 1, 1, 1, 1] }))), /finite/],
    ['all zeros', reply((data) => data.map((d) => ({ ...d, embedding: [0, 0, 0, 0, 0, 0] }))), /zeros/],
    ['NaN', { kind: 'body', body: () => '{"data":[{"index":0,"embedding":[NaN]}]}' }, /finite/],
    ['a page of HTML', { kind: 'body', body: () => '<html>Lovelace</html>' }, /finite/],
  ] as [string, EmbeddingReply, RegExp][])('refuses a reply with %s', async (_, wrong, words) => {
    const embedder = await open();
    server.script(wrong);
    const error = await embedder.embed(['Lovelace', 'b']).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'model-invalid', message: expect.stringMatching(words) });
    expect(String(error)).not.toContain('Lovelace');
  });

  it('ends when the caller has waited long enough, and by itself when a server hangs', async () => {
    const embedder = await open(100);
    server.script({ kind: 'hang' });
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ message: expect.stringContaining('within 100 ms') });
    server.script(good);
    const patient = await open();
    server.script({ kind: 'hang' });
    await expect(patient.embed(['a'], { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('cannot be opened when nobody answers', async () => {
    await server.close();
    const error = await open().catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'embedder-unavailable', message: expect.stringContaining('OPENAI_BASE_URL') });
    server = await startEmbeddingServer();
  });
});
