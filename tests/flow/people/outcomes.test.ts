import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutcomeReport } from '../../../src/api/contract/index.ts';
import { assumeSilent } from '../../../src/outcomes.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What became of what was resolved, on the real server. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

type Body = Record<string, unknown>;
const post = (path: string, body?: Body) => server.call('POST', path, body ?? {});
const status = async (id: string) => (await server.call('GET', `/tickets/${id}`)).body['status'];
const write = (id: string, text: string) => post(`/tickets/${id}/messages`, { text, author: 'customer' });

const questions = { en: 'Where do I find my invoices?', de: 'Wo finde ich meine Rechnungen?' };

/** A question that the machine answers. */
async function answered(language: keyof typeof questions = 'en'): Promise<string> {
  const { body } = await post('/answer', { message: questions[language] });
  expect(body).toMatchObject({ guardrail_action: 'OK', review_id: null });
  return body['ticket_id'] as string;
}

const outcomesOf = async (id: string) =>
  (
    await sql<{ kind: string; source: string; handled_by: string; language: string; evidence: Body }>`
      select kind, source, handled_by, language, evidence from audit.outcomes where ticket_id = ${id} order by at, id`.execute(
      server.app.engine.parts.database.db,
    )
  ).rows;
const report = async (query = '') => (await server.call<OutcomeReport>('GET', `/analytics/outcomes${query}`)).body;

describe('confirmed', () => {
  it.each([
    ['en', 'Thanks, that works now!'],
    ['de', 'Vielen Dank, jetzt klappt es!'],
  ] as const)('by thanks (%s): the ticket stays resolved and nothing is run', async (language, text) => {
    const id = await answered(language);
    expect((await write(id, text)).status).toBe(201);
    expect(await status(id)).toBe('resolved');
    expect(await outcomesOf(id)).toEqual([
      expect.objectContaining({ kind: 'confirmed', source: 'thanks', handled_by: 'ai', language }),
    ]);
    const { body } = await server.call<{ items: { text: string }[] }>('GET', `/tickets/${id}/messages`);
    expect(body.items.at(-1)!.text).toBe(text);
    const trace = await server.call<{ decisions: unknown[] }>('GET', `/tickets/${id}/trace`);
    expect(trace.body.decisions).toHaveLength(1);
  });

  it('by feedback that says solved, rated 4 or better', async () => {
    const [good, middling, bad] = [await answered(), await answered(), await answered()];
    await post(`/tickets/${good}/feedback`, { rating: 4, resolved: true });
    await post(`/tickets/${middling}/feedback`, { rating: 3, resolved: true });
    await post(`/tickets/${bad}/feedback`, { rating: 4, resolved: false });
    expect(await outcomesOf(good)).toEqual([
      expect.objectContaining({
        kind: 'confirmed',
        source: 'feedback',
        evidence: expect.objectContaining({ rating: 4 }),
      }),
    ]);
    expect(await outcomesOf(middling)).toEqual([]);
    expect(await outcomesOf(bad)).toEqual([expect.objectContaining({ kind: 'contradicted', source: 'feedback' })]);
  });
});

describe('reopened', () => {
  it.each(['Thanks, but it does not work.', 'Danke, aber es geht nicht.', 'Danke. Die Rechnung vom Mai fehlt.'])(
    '%s',
    async (text) => {
      const id = await answered();
      await write(id, text);
      expect(await status(id)).toBe('new');
      expect(await outcomesOf(id)).toEqual([
        expect.objectContaining({ kind: 'reopened', source: 'message', handled_by: 'ai' }),
      ]);
    },
  );

  it('by somebody, once a resolution', async () => {
    const id = await answered();
    await Promise.all([post(`/tickets/${id}/reopen`), post(`/tickets/${id}/reopen`)]);
    expect(await outcomesOf(id)).toEqual([expect.objectContaining({ kind: 'reopened', source: 'reopening' })]);
    await post(`/tickets/${id}/resolve`, { reason: 'by phone' });
    await post(`/tickets/${id}/reopen`);
    expect((await outcomesOf(id)).map((o) => o.handled_by)).toEqual(['ai', 'human']);
  });
});

describe('a ticket that comes back', () => {
  it('is not answered automatically again, and the customer is told once that a person takes over', async () => {
    const id = await answered('de');
    await write(id, 'Das beantwortet meine Frage nicht. Wo finde ich meine Rechnungen?');
    const { body } = await post(`/tickets/${id}/ai-evaluate`);
    expect(body['status']).toBe('awaiting_review');
    const trace = await server.call<{ decisions: { checks: { rule: string; passed: boolean }[] }[] }>(
      'GET',
      `/tickets/${id}/trace`,
    );
    expect(trace.body.decisions.at(-1)!.checks).toContainEqual(
      expect.objectContaining({ rule: 'answered-before', passed: false }),
    );
    const { body: said } = await server.call<{ items: { author: string }[] }>('GET', `/tickets/${id}/messages`);
    expect(said.items.map((m) => m.author)).toEqual(['ai', 'customer', 'ai']);
  });
});

describe('contradicted', () => {
  const urgent = 'Wo finde ich meine Rechnungen? Es ist extrem dringend, die Produktion steht still!';
  const held = async () => {
    const { body } = await post('/answer', { message: urgent });
    return {
      ticketId: body['ticket_id'] as string,
      reviewId: body['review_id'] as string,
      draft: String(body['answer']),
    };
  };

  it('by another reply, by a rejection and by another category, not by a greeting more', async () => {
    const [edited, greeted, rejected, sorted] = [await held(), await held(), await held(), await held()];
    const decide = (reviewId: string, body: Body) => post(`/reviews/${reviewId}`, { reason: 'r', ...body });
    await decide(edited.reviewId, { action: 'edit', reply: 'Das sieht Frau Weiß morgen nach.' });
    await decide(greeted.reviewId, { action: 'edit', reply: `${greeted.draft}\nGrüße` });
    await decide(rejected.reviewId, { action: 'reject' });
    await decide(sorted.reviewId, { action: 'escalate', category: 'Account' });
    expect(await outcomesOf(edited.ticketId)).toEqual([
      expect.objectContaining({ kind: 'contradicted', source: 'review-edit', handled_by: 'ai', language: 'de' }),
    ]);
    expect(await outcomesOf(greeted.ticketId)).toEqual([]);
    expect(await outcomesOf(rejected.ticketId)).toEqual([
      expect.objectContaining({ kind: 'contradicted', source: 'review-reject' }),
    ]);
    expect(await outcomesOf(sorted.ticketId)).toEqual([
      expect.objectContaining({
        source: 'category-correction',
        evidence: expect.objectContaining({ from: 'Billing', to: 'Account' }),
      }),
    ]);
  });
});

describe('silence', () => {
  it('is assumed after seven days, once, by however many processes, and is overruled by words', async () => {
    const { parts } = server.app.engine;
    const [silent, thanked] = [await answered(), await answered()];
    await write(thanked, 'Thank you!');
    const later = (days: number) => ({ ...parts, clock: { now: () => new Date(Date.now() + days * 86_400_000) } });
    expect(await assumeSilent(later(6.9))).toBe(0);
    const counts = await Promise.all([1, 2, 3].map(() => assumeSilent(later(7.1))));
    expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(0);
    expect(await assumeSilent(later(8))).toBe(0);
    expect(await outcomesOf(silent)).toEqual([expect.objectContaining({ kind: 'assumed', source: 'silence' })]);
    expect((await outcomesOf(thanked)).map((o) => o.kind)).toEqual(['confirmed']);
    await write(silent, 'It is not working.');
    expect((await outcomesOf(silent)).map((o) => o.kind).sort()).toEqual(['assumed', 'reopened']);
  });
});

describe('the report', () => {
  it('counts each piece of work once, by its latest outcome, with what is open apart', async () => {
    const before = (await report('?by=language')).total;
    const id = await answered();
    expect((await report()).total.open).toBe(before.open + 1);
    await write(id, 'Thanks!');
    await write(id, 'The invoice of May is missing.');
    const { total, groups } = await report('?by=language');
    expect(total.open).toBe(before.open);
    expect(total.known).toBe(before.known + 1);
    expect(total.outcomes.reopened.n).toBe(before.outcomes.reopened.n + 1);
    expect(total.outcomes.confirmed.n).toBe(before.outcomes.confirmed.n);
    expect(groups.map((g) => g.key)).toEqual(['de', 'en']);
    expect(groups.reduce((n, g) => n + g.known, 0)).toBe(total.known);
    const { n, share, low, high } = total.outcomes.reopened;
    expect(share).toBeCloseTo(n / total.known, 12);
    expect(low).toBeLessThan(share!);
    expect(high).toBeGreaterThan(share!);
  });

  it.each(['category', 'handled_by', 'model'])('by %s has the same total; nothing outside of its time', async (by) => {
    expect((await report(`?by=${by}`)).total).toEqual((await report()).total);
    expect((await report(`?by=${by}&to=2020-01-01T00:00:00Z`)).groups).toEqual([]);
    expect((await server.call('GET', '/analytics/outcomes?by=colour')).status).toBe(422);
  });

  it('tells what was sent from drafts that were not', async () => {
    const counts = await Promise.all(['ai', 'human', 'draft'].map((w) => report(`?handled_by=${w}`)));
    const { total, groups } = await report('?by=handled_by');
    expect(counts.map((c) => c.total.known)).toEqual(
      ['ai', 'human', 'draft'].map((w) => groups.find((g) => g.key === w)?.known ?? 0),
    );
    expect(counts.reduce((n, c) => n + c.total.known, 0)).toBe(total.known);
    expect(counts[2]!.total).toMatchObject({ open: 0, outcomes: { contradicted: { n: counts[2]!.total.known } } });
    expect(counts[2]!.total.known).toBeGreaterThan(0);
  });

  it('cannot be changed afterwards', async () => {
    const { db } = server.app.engine.parts.database;
    await expect(sql`update audit.outcomes set kind = 'confirmed'`.execute(db)).rejects.toThrow(/append-only/);
  });
});
