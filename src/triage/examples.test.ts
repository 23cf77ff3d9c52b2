import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, findExamples, loadExcerpts, saveExcerpts } from './examples.ts';
import { loadTriageModel, saveTriageModel } from './model-file.ts';
import { trainTriageModel } from './train-classifier.ts';
import { type LabelledTicket, ticketText } from './triage-model.ts';

const said = (subject: string, body = '') => excerptOf({ subject, body });

describe('an excerpt', () => {
  it('is the subject, else how the body begins, in one line and cut at a word', () => {
    expect(said(' Rechnung\n fehlt ', 'Guten Tag, …')).toBe('Rechnung fehlt');
    expect(said('', 'Hello,\n\nmy\tapp crashes.')).toBe('Hello, my app crashes.');
    const long = said(
      '',
      'Seit gestern kann ich mich nicht mehr anmelden, obwohl mein Passwort ganz sicher richtig ist.',
    );
    expect(long).toBe('Seit gestern kann ich mich nicht mehr anmelden, obwohl mein Passwort ganz…');
  });

  it.each([
    ['Karte 4111 1111 1111 1111 abgelehnt', 'Karte ••• abgelehnt'],
    ['charged to 4111-1111-1111-1112 twice', 'charged to ••• twice'],
    ['IBAN DE89 3704 0044 0532 0130 00 geändert', 'IBAN ••• geändert'],
    ['please write to anna.berg@example.org', 'please write to •••'],
    ['Rückruf unter +49 30 1234567 bitte', 'Rückruf unter ••• bitte'],
    ['call me at (212) 555-0143 today', 'call me at ••• today'],
    ['Invoice RE-2024-001 is wrong', 'Invoice ••• is wrong'],
    ['Error 502 since Monday, version 2.4.1', 'Error 502 since Monday, version 2.4.1'],
  ])('of "%s" leads to nobody', (subject, excerpt) => {
    expect(said(subject)).toBe(excerpt);
    expect(said('', subject)).toBe(excerpt);
  });

  it('has no part of a number at its end, wherever that stands', () => {
    const filler = 'mein Konto bei der Bank am Markt in der alten Stadt ist umgezogen und ich auch '.repeat(5);
    for (let before = 20; before < 330; before++) {
      for (const number of ['DE89 3704 0044 0532 0130 00', '4111 1111 1111 1111', '+49 30 1234567']) {
        const links = `${'https://example.org/a-very-long-way '.repeat(9)}`.slice(0, before);
        for (const head of [filler.slice(0, before), links])
          expect(said('', `${head} ${number} .`)).not.toMatch(/\d{2}/);
      }
    }
  });

  it('property: is short, has no line break, and survives saving with others', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const excerpts = texts.map((text) => said('', text));
        for (const excerpt of excerpts) expect(excerpt.length).toBeLessThanOrEqual(81);
        expect(loadExcerpts(saveExcerpts(excerpts))).toEqual(excerpts);
      }),
    );
  });
});

describe('examples of a model', () => {
  const tickets: LabelledTicket[] = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((row) => row.split === 'train' && [null, 'Billing', 'Account', 'Legal'].includes(row.category))
    .map(({ subject, body, category, scenario }) => ({ subject, body, category, group: scenario }))
    .filter((_, i) => i % 6 === 0);
  const inScope = tickets.filter(({ category }) => category !== null);
  const options = { seed: 1, folds: 2 };

  it.each(['neighbours', 'ensemble'] as const)(
    '%s: a ticket is most like itself, after saving too',
    async (variant) => {
      expect(inScope.length).toBeLessThan(tickets.length);
      const trained = await trainTriageModel(tickets, { ...options, variant });
      const model = loadTriageModel(saveTriageModel(trained));
      expect(model.excerpts).toEqual(inScope.map(excerptOf));
      for (const ticket of inScope.slice(0, 40)) {
        const text = ticketText(ticket.subject, ticket.body);
        const found = findExamples(model, text);
        expect(found[0]).toMatchObject({ excerpt: excerptOf(ticket), category: ticket.category });
        expect(found[0]!.similarity).toBeGreaterThan(0.99);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found.map(({ excerpt }) => excerpt)).size).toBe(found.length);
        const falling = found.map(({ similarity }) => similarity);
        expect(falling).toEqual(falling.toSorted((a, b) => b - a));
        expect(findExamples(trained, text)).toEqual(found);
      }
      expect(findExamples(model, '')).toEqual([]);
    },
    60_000,
  );

  it('rows that over-sampling made are no examples', async () => {
    const some = [...inScope.filter(({ category }) => category === 'Legal').slice(0, 8), ...inScope.slice(0, 60)];
    const model = await trainTriageModel(some, { ...options, variant: 'neighbours', settings: { smote: true } });
    expect(model.excerpts).toHaveLength(some.length);
    const shown = new Set(model.excerpts);
    for (const { subject, body } of some) {
      const found = findExamples(model, ticketText(subject, body));
      expect(found.length).toBeGreaterThan(0);
      for (const { excerpt } of found) expect(shown).toContain(excerpt);
    }
  }, 60_000);

  it('a model that keeps no rows keeps no words of customers', async () => {
    const model = await trainTriageModel(tickets, { ...options, variant: 'logreg' });
    expect(model.excerpts).toBeNull();
    expect(findExamples(model, 'Passwort vergessen')).toEqual([]);
  }, 60_000);
});
