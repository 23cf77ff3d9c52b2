import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

interface Problem {
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
}
const good = { subject: 'Invoice', body: 'The VAT id is missing.' };
const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  server.call<Problem>('POST', path, body, headers);
const count = async () => (await server.call<{ tickets_routed: number }>('GET', '/stats')).body.tickets_routed;

describe('bad input gets a clear error and stores nothing', () => {
  it.each<[string, unknown, string]>([
    ['a missing subject', { body: 'x' }, 'subject'],
    ['a missing body', { subject: 'x' }, 'body'],
    ['an empty body', { subject: 'x', body: '' }, 'body'],
    ['only white space', { subject: ' \t\u00a0\n', body: 'x' }, 'subject'],
    ['a number for a text', { subject: 5, body: 'x' }, 'subject'],
    ['null for a text', { subject: null, body: 'x' }, 'subject'],
    ['an over-long subject', { subject: 'x'.repeat(501), body: 'x' }, 'subject'],
    ['a body of 20,001 characters', { subject: 'x', body: 'x'.repeat(20_001) }, 'body'],
    ['a body of 100 kB', { subject: 'x', body: 'ä'.repeat(100_000) }, 'body'],
    ['a NUL', { subject: 'x', body: 'a\u0000b' }, 'body'],
    ['a lone high surrogate', { subject: 'x', body: 'a\ud800b' }, 'body'],
    ['a lone low surrogate', { subject: '\udc00', body: 'x' }, 'subject'],
    ['an e-mail address that is none', { ...good, customer_email: 'not an address' }, 'customer_email'],
    ['a priority that is none', { ...good, priority: 'urgent!!' }, 'priority'],
    ['a language that is none', { ...good, language: 'xx' }, 'language'],
    ['a NUL in the metadata', { ...good, metadata: { a: '\u0000' } }, 'metadata'],
    ['half of a surrogate pair in the metadata', { ...good, metadata: { a: '\ud800' } }, 'metadata'],
    ['half of a surrogate pair in a name of the metadata', { ...good, metadata: { 'a\udc00': 1 } }, 'metadata'],
    ['a nested metadata value', { ...good, metadata: { a: { b: 1 } } }, 'metadata'],
    ['an empty client id', { ...good, ticket_id: ' ' }, 'ticket_id'],
  ])('%s → 422 naming the field', async (_, body, field) => {
    const before = await count();
    const { status, body: problem } = await post('/route', body);
    expect({ status, code: problem.code }).toEqual({ status: 422, code: 'invalid-fields' });
    expect(problem.errors?.[0]?.path.startsWith(field)).toBe(true);
    expect(problem.detail.length).toBeGreaterThan(5);
    expect(await count()).toBe(before);
  });

  it.each<[string, string]>([
    ['broken JSON', '{"subject": "x", '],
    ['prose', 'hello'],
    ['a prototype key', '{"subject":"x","body":"y","__proto__":{"a":1}}'],
  ])('%s → 400', async (_, text) => {
    expect(await post('/route', text)).toMatchObject({ status: 400, body: { code: 'malformed-json' } });
  });

  it('bytes that are not UTF-8 → 400', async () => {
    const response = await fetch(`${server.url}/route`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"subject":"\xe4","body":"x"}', 'latin1'),
    });
    expect(response.status).toBe(400);
  });

  it.each([['[]'], ['"text"'], ['5'], ['null'], ['']])('JSON that is no object (%s) → 422', async (text) => {
    expect(await post('/route', text)).toMatchObject({ status: 422 });
  });

  it('another content type → 415', async () => {
    expect(await post('/route', 'subject=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
    });
  });

  it('more than 5 MB → 413', async () => {
    expect(await post('/route', { ...good, body: 'x'.repeat(5 * 1024 * 1024) })).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
  });

  it.each([[0], [101]])('a batch of %i → 422 naming the limit', async (n) => {
    const { status, body } = await post('/route/batch', { tickets: Array.from({ length: n }, () => good) });
    expect(status).toBe(422);
    expect(body.detail).toContain('1 to 100');
  });

  it('one bad ticket in a batch → 422 naming its index, none stored', async () => {
    const before = await count();
    const { status, body } = await post('/route/batch', { tickets: [good, good, { subject: 'x' }, good] });
    expect(status).toBe(422);
    expect(body.errors?.[0]?.path).toBe('tickets[2].body');
    expect(await count()).toBe(before);
  });

  it('unknown ids and paths → 404 as a problem', async () => {
    for (const path of [
      '/tickets/0190d4cc-0000-7000-8000-000000000000',
      '/tickets/abc',
      '/nothing',
      '/tickets/%00',
      "/tickets/' or 1=1",
    ]) {
      const { status, body, headers } = await server.call<Problem>('GET', path);
      expect({ path, status, code: body.code }).toEqual({ path, status: 404, code: 'not-found' });
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=abc', 'status=unknown'])(
    'a list with %s → 422',
    async (query) => {
      expect(await server.call('GET', `/tickets?${query}`)).toMatchObject({ status: 422 });
    },
  );

  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  const someId = '0190d4cc-0000-7000-8000-000000000000';
  it.each([
    '',
    '%00',
    'abc',
    '%ED%A0%80',
    encoded(`1.${'-'.repeat(36)}`),
    encoded(`-8640000000000000.${someId}`),
    encoded(`8640000000000000.${someId}`),
    encoded(`.${someId}`),
    encoded(`q.0.-999999999999999.${someId}`),
    encoded(`q.0.1.${'-'.repeat(36)}`),
    encoded('\u0000'),
  ])('the cursor %j → 422 at every list', async (cursor) => {
    for (const path of ['/tickets', '/interactions', '/reviews', '/queue', '/knowledge/documents']) {
      const { status, body } = await server.call<Problem>('GET', `${path}?cursor=${cursor}`);
      expect({ path, status, field: body.errors?.[0]?.path }).toEqual({ path, status: 422, field: 'cursor' });
    }
  });

  it.each(['a\u0000', 'a\ud800'])('the skill %j of an agent → 422', async (skill) => {
    const agent = { skills: { [skill]: 1 }, capacity: 1 };
    const { status, body } = await server.call<Problem>('PUT', '/agents/Somebody', agent);
    expect({ status, field: body.errors?.[0]?.path }).toEqual({ status: 422, field: 'skills' });
  });

  it('an unknown category for an answer → 422 naming the known ones', async () => {
    const { status, body } = await post('/answer', { message: 'hello', category: 'Nonsense' });
    expect(status).toBe(422);
    expect(body.detail).toContain('Billing');
  });

  it('never lets SQL, a stack or a path out', async () => {
    const answers = await Promise.all([
      post('/route', { ...good, ticket_id: "'; drop table intake.tickets; --" }),
      post('/route', '{'),
      server.call<Problem>('GET', '/tickets/x'),
    ]);
    for (const { body } of answers)
      expect(JSON.stringify(body)).not.toMatch(/select |insert |\.ts:|node_modules|syntax error/i);
  });
});

describe('limits themselves are let in, and Unicode stays as it is', () => {
  it.each<[string, object]>([
    ['500 and 20,000 characters', { subject: 'x'.repeat(500), body: 'y'.repeat(20_000) }],
    ['emoji, right-to-left, combining marks', { subject: '🧾 فاتورة', body: 'Z̷a̷l̷g̷o é 👩‍👩‍👧‍👦 \u202eabc ﷽ 中文 𝕌' }],
    ['no subject that makes sense', { subject: '?', body: '?' }],
    ['the letters of an escape in the metadata', { ...good, metadata: { '\\u0000': '\\u0000 \\ud800' } }],
  ])('%s', async (_, ticket) => {
    const { status, body } = await server.call('POST', '/route', ticket);
    expect(status).toBe(200);
    const { body: stored } = await server.call('GET', `/tickets/${body['ticket_id']}`);
    expect(stored).toMatchObject(ticket);
  });

  const strings = resolve('../shared/data/naughty-strings/blns.json');
  it.skipIf(!existsSync(strings))(
    'every naughty string is stored as it is, or refused with words (skipped without ../shared)',
    async () => {
      const texts = JSON.parse(readFileSync(strings, 'utf8')) as string[];
      const lanes = 8;
      await Promise.all(
        Array.from({ length: lanes }, async (_, lane) => {
          for (let i = lane; i < texts.length; i += lanes) await sendNaughty(texts[i]!);
        }),
      );
    },
    240_000,
  );

  async function sendNaughty(text: string): Promise<void> {
    const shown = JSON.stringify(text);
    const blank = text.trim() === '';
    const { status, body } = await post('/route', { subject: 'naughty', body: text });
    expect(status, shown).toBe(blank ? 422 : 200);
    if (!blank) {
      const { ticket_id } = body as unknown as { ticket_id: string };
      expect((await server.call('GET', `/tickets/${ticket_id}`)).body['body']).toBe(text.trim());
    }
    expect((await server.call('POST', '/answer', { message: text })).status, shown).toBe(blank ? 422 : 200);
  }
});
