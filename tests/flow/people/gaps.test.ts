import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleBody, GapBody } from '../../../src/api/contract/index.ts';
import { renewGaps } from '../../../src/gap-services.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';

/** Questions without an answer become articles, with a person in between; on the real server. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

type Body = Record<string, unknown>;
const post = <T = Body>(path: string, body?: Body) => server.call<T>('POST', path, body ?? {});
const get = async <T>(path: string) => (await server.call<T>('GET', path)).body;
const renew = () => renewGaps(server.app.engine.parts);
const gaps = async (query = '') => (await get<{ items: GapBody[] }>(`/knowledge/gaps?limit=200${query}`)).items;
const gapOf = async (word: string) => (await gaps()).find((g) => g.label.includes(word));
const found = async (q: string) =>
  (await get<{ results: { text: string }[] }>(`/documents/search?q=${encodeURIComponent(q)}`)).results;

async function ask(message: string, customer: Body = {}): Promise<string> {
  const { body } = await post('/answer', { message, ...customer });
  return body['ticket_id'] as string;
}

describe('questions that found nothing', () => {
  it('are grouped by what they ask, and stay where they are', async () => {
    for (const message of [
      'Bietet ihr auch einen Lieferservice für Pizza an?',
      'Habt ihr einen Lieferservice für Pizza?',
      'Do you sell bicycles?',
      'Ich möchte mit einem Menschen sprechen.',
    ])
      await ask(message);
    await renew();
    const pizza = (await gapOf('Pizza'))!;
    expect(pizza).toMatchObject({ questions: 2, language: 'de', status: 'open', article_id: null });
    expect(pizza.examples).toHaveLength(2);
    expect((await gapOf('bicycles'))!).toMatchObject({ questions: 1, language: 'en' });
    expect((await gaps()).some((g) => g.label.includes('Menschen'))).toBe(false);
    await ask('Kann ich bei euch den Lieferservice für Pizza nutzen?');
    await Promise.all([renew(), renew(), renew()]);
    expect((await gapOf('Pizza'))!).toMatchObject({ id: pizza.id, questions: 3 });
    expect(await gaps('&status=covered')).toEqual([]);
  });

  it('can be dismissed, once, and are then not written about', async () => {
    const { id } = (await gapOf('bicycles'))!;
    const both = await Promise.all([post(`/knowledge/gaps/${id}/dismiss`), post(`/knowledge/gaps/${id}/dismiss`)]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    expect(await gapOf('bicycles')).toMatchObject({ status: 'dismissed', dismissed_by: 'local' });
    expect((await post(`/knowledge/gaps/${id}/draft`)).status).toBe(409);
    const nobody = '0190d4cc-0000-7000-8000-000000000000';
    expect((await post(`/knowledge/gaps/${nobody}/draft`)).status).toBe(404);
    expect((await post(`/knowledge/articles/${nobody}`, { action: 'reject' })).status).toBe(404);
  });
});

describe('an article', () => {
  const question = 'Wie funktioniert der Fahrradverleih für Mitarbeiter?';
  const reply =
    'Guten Tag Frau Petrova,\n\nden Fahrradverleih für Mitarbeiter buchen Sie am Empfang. Ein Fahrrad kostet 4 Euro am Tag.\n\nViele Grüße\nJörg Weiß';
  let gap: GapBody;
  let article: ArticleBody;

  it('is drafted from the reply of a person, once there is one, without anybody’s name', async () => {
    const id = await ask(question, { customer_email: 'ana.petrova@example.com', customer_name: 'Ana Petrova' });
    await renew();
    gap = (await gapOf('Fahrradverleih'))!;
    const early = await post(`/knowledge/gaps/${gap.id}/draft`);
    expect(early).toMatchObject({ status: 409, body: { code: 'invalid-state' } });
    expect((await post(`/tickets/${id}/resolve`, { reply, reason: 'known' })).status).toBe(200);
    const tries = await Promise.all([
      post<ArticleBody>(`/knowledge/gaps/${gap.id}/draft`),
      post<ArticleBody>(`/knowledge/gaps/${gap.id}/draft`),
    ]);
    expect(tries.map((t) => t.status).sort()).toEqual([201, 409]);
    article = tries.find((t) => t.status === 201)!.body;
    expect(article).toMatchObject({
      status: 'draft',
      language: 'de',
      tickets: [id],
      title: question,
      document_id: null,
    });
    expect(article.text).toContain('am Empfang');
    expect(article.text).not.toMatch(/Petrova|Weiß|Grüße|Guten Tag|example\.com/);
    expect(await gapOf('Fahrradverleih')).toMatchObject({ status: 'drafted', article_id: article.id });
  });

  it('is not searched before it is approved', async () => {
    expect((await found(question)).filter((r) => r.text.includes('Empfang'))).toEqual([]);
    await renew();
    expect(await gapOf('Fahrradverleih')).toMatchObject({ status: 'drafted' });
  });

  it('is not approved while something personal stands in it, nor when it is no document', async () => {
    for (const text of ['# Rad\n\nFragen Sie [PERSON].', '---\na: [\n---\n\n# Rad'])
      expect(await post(`/knowledge/articles/${article.id}`, { action: 'approve', text })).toMatchObject({
        status: 422,
        body: { code: 'invalid-fields' },
      });
  });

  it('is approved by one of two, answers the next customer, and covers its gap', async () => {
    const decisions = await Promise.all(
      ['approve', 'reject'].map((action) => post<ArticleBody>(`/knowledge/articles/${article.id}`, { action })),
    );
    expect(decisions.map((d) => d.status).sort()).toEqual([200, 409]);
    if (decisions[1]!.status === 200) {
      expect(await gapOf('Fahrradverleih')).toMatchObject({ status: 'open' });
      article = (await post<ArticleBody>(`/knowledge/gaps/${gap.id}/draft`)).body;
      await post(`/knowledge/articles/${article.id}`, { action: 'approve' });
    }
    const { items } = await get<{ items: ArticleBody[] }>('/knowledge/articles?status=approved');
    expect(items[0]).toMatchObject({ id: article.id, decided_by: 'local' });
    const document = await get<{ source: string; text: string }>(`/knowledge/documents/${items[0]!.document_id}`);
    expect(document).toMatchObject({ source: `article:${article.id}`, title: question, language: 'de' });
    expect((await found(question))[0]!.text).toContain('am Empfang');
    expect(await gapOf('Fahrradverleih')).toMatchObject({ status: 'covered' });
  });

  it('stays through a synchronisation of the folder, and goes when it is removed', async () => {
    const folder = temporaryFolder();
    try {
      const { knowledge } = server.app.engine.parts;
      writeFileSync(join(folder.path, 'hours.md'), '# Opening hours\n\nThe shop opens at 9 in the morning.\n');
      await knowledge.syncFolder(folder.path);
      const { items } = await get<{ items: { id: string; source: string }[] }>('/knowledge/documents');
      expect(items.map((d) => d.source).sort()).toEqual([`article:${article.id}`, 'hours.md']);
      const { id } = items.find((d) => d.source !== 'hours.md')!;
      expect((await server.call('DELETE', `/knowledge/documents/${id}`)).status).toBe(204);
      await renew();
      expect(await found(question)).toEqual([]);
    } finally {
      folder.remove();
    }
  });
});
