import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tones } from '../../ticket/index.ts';
import { starterCategories, starterTemplates } from '../starter-passages.ts';
import { loadTemplates } from './load-templates.ts';

const starter = join(import.meta.dirname, '../../../starter/templates');
const facts = 'A fact. Ein Fakt.';
/** Words of the form that was not asked for. */
const otherForm = { sie: /\b(?:du|dir|dein\w*|dich)\b/i, du: /\b(?:Sie|Ihnen|Ihr\w*)\b/ };

describe('the templates of the starter', () => {
  it('have a reply for every tone, category, language and form, with the facts in it', () => {
    for (const language of ['en', 'de'] as const)
      for (const form of ['sie', 'du'] as const)
        for (const tone of tones)
          for (const category of starterCategories) {
            const { text } = starterTemplates.answer({ language, form, tone, category, facts, disclosure: false });
            expect(text).toContain(facts);
            expect(text).not.toMatch(/\{[{%]|undefined|\n{3}/);
          }
  });

  it('never mix Sie and du', () => {
    const said = (form: 'sie' | 'du') =>
      starterCategories
        .flatMap((category) =>
          tones.map(
            (tone) => starterTemplates.answer({ language: 'de', form, tone, category, facts, disclosure: true }).text,
          ),
        )
        .concat(
          (['person-requested', 'other'] as const).map((reason) =>
            starterTemplates.handover({ language: 'de', form, reason, disclosure: true }),
          ),
        );
    for (const text of said('sie')) expect(text).not.toMatch(/\b(?:du|dir|dein\w*|dich)\b/i);
    for (const text of said('du')) expect(text).not.toMatch(/\b(?:Sie|Ihnen|Ihr\w*)\b/);
  });

  it('tell that a machine writes when that is wanted, and only then', () => {
    const values = { tone: 'concise', category: 'Bug', form: 'sie', facts } as const;
    const machine = { en: /by a machine/, de: /von einer Maschine/ };
    for (const language of ['en', 'de'] as const) {
      expect(starterTemplates.answer({ ...values, language, disclosure: true }).text).toMatch(machine[language]);
      expect(starterTemplates.answer({ ...values, language, disclosure: false }).text).not.toMatch(machine[language]);
    }
  });

  it('hand over to a person without naming a time', () => {
    for (const language of ['en', 'de'] as const) {
      const text = starterTemplates.handover({ language, form: 'sie', reason: 'other', disclosure: true });
      expect(text).toMatch(/person/i);
      expect(text).not.toMatch(/\d|minute|stunde|hour|shortly|soon|gleich|umgehend|in Kürze/i);
    }
  });

  it('give another hash for another template only', () => {
    const values = { language: 'de', form: 'sie', facts, disclosure: false } as const;
    const hash = (tone: (typeof tones)[number], category: string) =>
      starterTemplates.answer({ ...values, tone, category }).hash;
    expect(hash('formal', 'Bug')).toBe(hash('formal', 'Bug'));
    expect(new Set([hash('formal', 'Bug'), hash('formal', 'Legal'), hash('concise', 'Bug')]).size).toBe(3);
  });

  it('greet by name only where one is given, and put tier, history and open asks into words', () => {
    const customer = { tier: 'enterprise', style: 'neutral', returning: 'open-ticket', given: [] } as const;
    for (const language of ['en', 'de'] as const)
      for (const form of ['sie', 'du'] as const)
        for (const tone of tones) {
          const values = { language, form, tone, category: 'Billing', facts, disclosure: false };
          const stranger = starterTemplates.answer(values);
          const known = starterTemplates.answer({
            ...values,
            customer: { ...customer, name: 'Erika Muster' },
            deferred: ['Wie lautet die „Faxnummer“?\nJetzt!'],
          });
          expect(known.text.split('\n')[0]).toContain('Erika Muster');
          expect(stranger.text).not.toMatch(/ {2}| ,|Muster/);
          expect(known.text).not.toMatch(/Frau|Herr |Mr\.|Mrs|Ms/);
          expect(known.text.split('“')).toHaveLength(2);
          expect(known.text).toContain("Wie lautet die 'Faxnummer'? Jetzt");
          expect(known.text).toMatch(/enterprise/i);
          expect(known.used).toEqual({ name: true, tier: true, history: tone !== 'concise', given: false });
          expect([...known.frame].join(' ')).not.toContain('A fact');
          if (language === 'de') expect(known.text).not.toMatch(otherForm[form]);
        }
  });

  it('never ask for what was told', () => {
    const given = ['invoice-number', 'order-number', 'error-code'];
    const customer = { name: '', tier: 'standard', style: 'neutral', returning: 'no', given } as const;
    for (const language of ['en', 'de'] as const)
      for (const category of ['Billing', 'Refund', 'Technical', 'Bug']) {
        const values = { language, form: 'du', tone: 'formal', category, facts, disclosure: false } as const;
        const asking = /number of the|wording|Rechnungsnummer|Bestellnummer|Wortlaut/;
        expect(starterTemplates.answer(values).text).toMatch(asking);
        const told = starterTemplates.answer({ ...values, customer });
        expect(told.text).not.toMatch(asking);
        expect(told.used.given).toBe(true);
      }
  });

  it('have plain words for a category that has no template', () => {
    const { text } = starterTemplates.answer({
      language: 'en',
      form: 'sie',
      tone: 'formal',
      category: 'Zebra',
      facts,
      disclosure: false,
    });
    expect(text).toContain(facts);
  });
});

describe('a folder with a fault', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
    cpSync(starter, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const load = () => loadTemplates(folder, starterCategories);

  it.each([
    ['a missing tone', () => rmSync(join(folder, 'de/tone-formal.liquid')), /de\/tone-formal\.liquid is missing/],
    [
      'a missing category',
      () => rmSync(join(folder, 'en/category-refund.liquid')),
      /en\/category-refund\.liquid is missing/,
    ],
    [
      'an unknown value',
      () => writeFileSync(join(folder, 'en/handover.liquid'), 'Hi {{ customer_name }}'),
      /unknown value "customer_name"/,
    ],
    [
      'a broken tag',
      () => writeFileSync(join(folder, 'en/disclosure.liquid'), '{% if form %}'),
      /en\/disclosure\.liquid cannot be read/,
    ],
    [
      'a reply without facts',
      () => writeFileSync(join(folder, 'de/tone-concise.liquid'), 'Hallo'),
      /de\/tone-concise\.liquid does not set/,
    ],
    [
      'an empty hand-over',
      () => writeFileSync(join(folder, 'de/handover.liquid'), ''),
      /de\/handover\.liquid says nothing/,
    ],
    [
      'a hand-over that hides the machine',
      () => writeFileSync(join(folder, 'de/handover.liquid'), 'Ein Mensch antwortet Ihnen.'),
      /de\/handover\.liquid does not set \{\{ disclosure \}\}/,
    ],
    [
      'an empty disclosure',
      () => writeFileSync(join(folder, 'en/disclosure.liquid'), ''),
      /en\/disclosure\.liquid says nothing; AI_DISCLOSURE=false/,
    ],
    [
      'a mistyped name',
      () => writeFileSync(join(folder, 'de/tone-freindly.liquid'), '{{ facts }}'),
      /de\/tone-freindly\.liquid belongs to no tone/,
    ],
  ])('stops the start: %s', (_, spoil, message) => {
    expect(() => load()).not.toThrow();
    spoil();
    expect(() => load()).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringMatching(message) }),
    );
  });
});
