import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKnowledge, type Knowledge, readSynonyms, type Semantic } from '../../../src/knowledge/index.ts';
import { createLog, type Database, newId, openDatabase, systemClock } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const root = join(import.meta.dirname, '../../..');
let own: TestDatabase;
let database: Database;
let knowledge: Knowledge;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { poolSize: 4 });
  const synonyms = readSynonyms(join(root, 'starter/synonyms.json'));
  knowledge = createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId,
    log: createLog('silent'),
    synonyms,
  });
  await knowledge.syncFolder(join(root, 'starter/knowledge'));
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const top = async (question: string, language: 'en' | 'de' | 'other') =>
  (await knowledge.search(question, { language, limit: 5 })).passages[0]?.heading;

it('asks a model that does not answer once a question, not once for each language', async () => {
  let asked = 0;
  const nearest = async () => {
    asked++;
    return null;
  };
  const index = { nearest, similarity: async () => null, modelId: null };
  const slow = createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId,
    log: createLog('silent'),
    synonyms: readSynonyms(join(root, 'starter/synonyms.json')),
    semantic: { index, notice: () => undefined } as unknown as Semantic,
  });
  const found = await slow.search('Zwergflamingo auf dem Eiffelturm?', { language: 'de', limit: 5 });
  expect(found.found).toBe(false);
  expect(asked).toBe(1);
});

describe('the starter knowledge', () => {
  it('makes at least 120 chunks of six documents in two languages, all read', async () => {
    const status = await knowledge.status();
    expect(status.documents).toBe(12);
    expect(status.chunks).toBeGreaterThanOrEqual(120);
    expect(status.stale).toEqual([]);
  });

  it.each([
    ['en', 'How long does a refund to my credit card take?', /How long does a refund take\?$/],
    ['de', 'Wie lange dauert die Rückerstattung auf meine Kreditkarte?', /Wie lange dauert eine Erstattung\?$/],
    ['en', 'error QH 1042', /QH-1042/],
    ['de', 'Fehlermeldung QH1042', /QH-1042/],
    ['en', 'forgot my pasword', /Forgotten password/],
    ['de', 'Ich habe mein Kennwort vergessen', /Passwort vergessen/],
    ['de', 'Kuendigungsfrist Jahrestarif', /Tarif kündigen/],
    ['de', 'Wie lade ich neue Kollegen ein?', /Benutzer einladen/],
  ] as const)('answers %s "%s"', async (language, question, heading) => {
    expect(await top(question, language)).toMatch(heading);
  });

  it.each([
    ['en', 'My washing machine leaks, when can a plumber come?'],
    ['de', 'Wie koche ich Kartoffelsuppe für acht Personen?'],
    ['en', 'hello??'],
    ['de', 'Guten Tag, können Sie mir bitte helfen?'],
    ['en', ''],
    ['en', '👍'],
  ] as const)('has nothing for %s "%s", and says so', async (language, question) => {
    expect(await knowledge.search(question, { language, limit: 5 })).toMatchObject({
      found: false,
      passages: [],
      relevance: 0,
    });
  });

  it('gives passages with document, heading, position and a falling score, at most as many as asked for', async () => {
    const verdict = await knowledge.search('How can I cancel my plan?', { language: 'en', limit: 3 });
    expect(verdict.passages.length).toBeLessThanOrEqual(3);
    expect(verdict.relevance).toBe(verdict.passages[0]!.score);
    expect(verdict.passages[0]).toMatchObject({
      document: 'Billing, payments and refunds',
      heading: 'Billing, payments and refunds › Cancel a plan',
      language: 'en',
      category: 'Billing',
    });
    const scores = verdict.passages.map((p) => p.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(verdict.knowledgeVersion).toBe(await knowledge.version());
    expect(await knowledge.search('How can I cancel my plan?', { language: 'en', limit: 3 })).toEqual(verdict);
  });

  it('answers in the language of the question, and in the other where it has nothing', async () => {
    const german = await knowledge.search('Single Sign-on SAML 2.0', { language: 'de', limit: 5 });
    expect(german.passages.every((p) => p.language === 'de')).toBe(true);
    const english = await knowledge.search('Single Sign-on SAML 2.0', { language: 'en', limit: 5 });
    expect(english.passages.every((p) => p.language === 'en')).toBe(true);
    expect(await top('webhook HMAC-SHA256', 'other')).toMatch(/Webhooks/);
    const id = (
      await knowledge.addDocument(
        {
          name: 'only-english.md',
          contentType: 'text/markdown',
          bytes: new TextEncoder().encode(
            '---\nlanguage: en\n---\n# Invoice stamps\n\nA zebrafish invoice stamp costs two euros. Zebrafish stamps are blue.',
          ),
        },
        'maria',
      )
    ).id;
    const other = await knowledge.search('Zebrafish-Stempel?', { language: 'de', limit: 5 });
    expect(other.found).toBe(true);
    expect(other.passages[0]).toMatchObject({ language: 'en', document: 'Invoice stamps' });
    await knowledge.removeDocument(id, 'maria');
  });

  it('prefers the category of the ticket, and keeps others out only when told to', async () => {
    const question = 'How do I set the number range for invoices?';
    const options = { language: 'en', limit: 10 } as const;
    const plain = await knowledge.search(question, options);
    const preferred = await knowledge.search(question, { ...options, category: 'Bug' });
    const score = (verdict: typeof plain, category: string) =>
      Math.max(...verdict.passages.filter((p) => p.category === category).map((p) => p.score));
    expect(score(preferred, 'Bug')).toBeGreaterThan(score(plain, 'Bug'));
    expect(score(preferred, 'Product Information')).toBe(score(plain, 'Product Information'));
    const walled = await knowledge.search(question, { ...options, category: 'Bug', filterCategory: true });
    expect(walled.passages.length).toBeGreaterThan(0);
    expect(walled.passages.every((p) => p.category === 'Bug')).toBe(true);
    expect(await knowledge.search(question, { ...options, category: 'Nothing', filterCategory: true })).toMatchObject({
      found: false,
    });
  });

  it('finds the question in a long story, and bears 20,000 characters', async () => {
    const story =
      'Dear team, last week we moved into a bigger house near the river and my colleague Jonas, who joined in spring, spilled coffee over the desk. ';
    const message = `${story} How long does a refund to PayPal take? ${story}`;
    expect(await top(message, 'en')).toMatch(/refund/i);
    const long = `${story.repeat(138)} How long does a refund to PayPal take?`;
    await expect(knowledge.search(long, { language: 'en', limit: 5 })).resolves.toHaveProperty('found');
  });
});
