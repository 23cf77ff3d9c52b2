import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const messages = [
  'How long are backups kept?',
  'Wie lange werden Backups aufbewahrt?',
  '=1+1\nand lines without quotes or commas',
  'I want to speak to a human being.',
];
beforeAll(async () => {
  server = await startTestServer();
  for (let i = 0; i < 30; i++)
    await server.call('POST', '/answer', { message: `${messages[i % messages.length]} (${i})` });
});
afterAll(() => server?.stop());

interface Listed {
  items: { interaction_id: string; message: string; guardrail_action: string; category: string; created_at: string }[];
  next_cursor: string | null;
}
const list = async (query: string) => (await server.call<Listed>('GET', `/interactions?${query}`)).body;

describe('GET /interactions', () => {
  it('pages through all of them, newest first, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Listed = await list(`limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map((i) => i.interaction_id));
      cursor = page.next_cursor;
    }
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it('filters by guardrail, category, text and time', async () => {
    const wanted = await list('action=PERSON_REQUESTED_ESCALATE&limit=200');
    expect(wanted.items).toHaveLength(7);
    expect((await list('q=Backups%20aufbewahrt')).items).toHaveLength(8);
    expect((await list('q=%25')).items).toHaveLength(0);
    const category = wanted.items[0]!.category;
    expect((await list(`category=${category}&limit=200`)).items.every((i) => i.category === category)).toBe(true);
    expect((await list('from=2100-01-01T00:00:00Z')).items).toHaveLength(0);
    expect((await list('to=2000-01-01T00:00:00Z')).items).toHaveLength(0);
  });
});

describe('GET /interactions.csv', () => {
  it('has one row each, quotes what must be quoted, and starts no formula in a spreadsheet', async () => {
    const response = await fetch(`${server.url}/interactions.csv`);
    expect(response.headers.get('content-disposition')).toContain('interactions.csv');
    const { parse } = await import('csv-parse/sync');
    const rows = parse(await response.text(), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(30);
    expect(rows.filter((r) => r['message']?.startsWith("'=1+1"))).toHaveLength(7);
    expect(JSON.parse(rows[0]?.['timings_ms'] ?? '')).toHaveProperty('answering');
  });

  it('refuses a text that cannot be looked for, and answers on', async () => {
    for (const query of ['q=%00', 'category=%00', 'q=a%00b'])
      for (const path of ['/interactions.csv', '/interactions', '/tickets']) {
        const { status, body, headers } = await server.call('GET', `${path}?${query}`);
        expect({ path, status, code: body['code'] }).toEqual({ path, status: 422, code: 'invalid-fields' });
        expect(headers.get('content-disposition')).toBeNull();
      }
    expect((await server.call('GET', '/documents/search?q=a&category=%00')).status).toBe(422);
    expect((await server.call('GET', '/stats')).status).toBe(200);
  });

  it('takes the same filters', async () => {
    const text = await (await fetch(`${server.url}/interactions.csv?action=PERSON_REQUESTED_ESCALATE`)).text();
    expect(text.match(/PERSON_REQUESTED_ESCALATE/g)).toHaveLength(7);
  });
});

it('a database that refuses is answered as a problem while nothing was sent yet', async () => {
  const { db } = server.app.engine.parts.database;
  await sql`alter table audit.interactions rename to interactions_gone`.execute(db);
  try {
    expect(await server.call('GET', '/interactions.csv')).toMatchObject({ status: 500, body: { code: 'internal' } });
  } finally {
    await sql`alter table audit.interactions_gone rename to interactions`.execute(db);
  }
  expect((await server.call('GET', '/interactions.csv')).status).toBe(200);
});
