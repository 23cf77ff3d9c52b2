import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainPattern } from '../../ticket/index.ts';
import { entityNames } from './product-finders.ts';
import { profileColumns, profileVector } from './profile-vector.ts';
import { englishSyllables, germanSyllables } from './readability.ts';
import { profileText, type TextProfile } from './text-profile.ts';

const names = entityNames();
const profile = (body: string, language: 'en' | 'de' = 'en', subject = ''): TextProfile =>
  profileText({ subject, body, language }, names);

describe('profileText', () => {
  it('says of which field the places are', () => {
    const { entities } = profile('See order 4711-22.', 'en', 'Invoice 20931');
    expect(entities.map(({ field, text, start }) => [field, text, start])).toEqual([
      ['subject', '20931', 8],
      ['body', '4711-22', 10],
    ]);
  });

  it.each<[DomainPattern, string, string]>([
    ['refund-wanted', 'I want my money back.', 'Ich möchte mein Geld zurück.'],
    ['cancellation', 'Please cancel my plan.', 'Hiermit kündige ich den Vertrag.'],
    ['not-working', 'The export is not working.', 'Der Export funktioniert nicht.'],
    ['deadline', 'I need it by tomorrow.', 'Ich brauche es bis morgen.'],
    ['legal-threat', 'My lawyer will write to you.', 'Mein Anwalt wird sich melden.'],
    ['repeated-contact', 'This is my third mail and nobody answers.', 'Das ist die dritte Mahnung, niemand antwortet.'],
    ['money-dispute', 'I was charged twice.', 'Es wurde doppelt abgebucht.'],
    ['wants-person', 'I want to talk to a human.', 'Ich möchte mit einem Menschen sprechen.'],
    ['security', 'My account was hacked.', 'Mein Konto wurde gehackt.'],
  ])('finds the pattern %s in both languages', (pattern, english, german) => {
    expect(profile(english).patterns).toContain(pattern);
    expect(profile(german, 'de').patterns).toContain(pattern);
  });

  it.each([
    ['What is your refund policy?', 'en'],
    ['What is the cancellation fee?', 'en'],
    ['In which cases can I ask for my money back?', 'en'],
    ['Unter welchen Bedingungen bekomme ich mein Geld zurück?', 'de'],
    ['I do not want to cancel.', 'en'],
    ['Nothing is broken, the cancel button is blue.', 'en'],
    ['Ich will nicht kündigen.', 'de'],
    ['Wo ist die Taste Abbrechen?', 'de'],
  ] as const)('finds no wish for money or an end in: %s', (text, language) => {
    const { patterns } = profile(text, language);
    expect(patterns).not.toContain('refund-wanted');
    expect(patterns).not.toContain('cancellation');
  });

  it('counts how an English text is written', () => {
    const { style } = profile('Hello team,\n\nSend me the invoice please! Why is it NOT there yet?\n\nRegards, Kim');
    expect(style).toMatchObject({
      words: 15,
      sentences: 4,
      questions: 1,
      requests: 1,
      exclamations: 1,
      greeting: true,
      closing: true,
      address: null,
    });
    expect(style.wordClassShares.negations).toBeCloseTo(1 / 15);
    expect(style.readability?.formula).toBe('flesch');
  });

  it('counts how a German text is written, abbreviations and dates in it', () => {
    const { style } = profile(
      'Guten Tag, am 3. Mai kam z. B. nichts an. Könnten Sie das bitte prüfen?\n\nMit freundlichen Grüßen',
      'de',
    );
    expect(style).toMatchObject({
      sentences: 3,
      questions: 1,
      requests: 1,
      greeting: true,
      closing: true,
      address: 'formal',
    });
    expect(style.readability?.formula).toBe('amstad');
    expect(profile('Kannst du mir das schicken?', 'de').style.address).toBe('informal');
    expect(profile('Sie geht nicht.', 'de').style.address).toBeNull();
  });

  it('reads long words and sentences as harder than short ones', () => {
    const ease = (text: string, language: 'en' | 'de'): number => profile(text, language).style.readability!.score;
    expect(ease('The cat sat on the mat. The dog ran to it.', 'en')).toBeGreaterThan(
      ease(
        'Organisational responsibilities necessitate considerable administrative documentation regarding authorisation.',
        'en',
      ),
    );
    expect(ease('Der Hund lief los. Die Maus sah ihn nicht an.', 'de')).toBeGreaterThan(
      ease(
        'Datenschutzrechtliche Verantwortlichkeiten erfordern umfangreiche verwaltungstechnische Dokumentationsmaßnahmen beinahe überall.',
        'de',
      ),
    );
    expect(profile('Too short.').style.readability).toBeNull();
  });

  it('counts typing errors, and none in good prose of either language', () => {
    expect(
      profile('Das muss im Konto stehen, weil man außerdem weiß, dass es die sind, die fehlen.', 'de').style
        .oddWordShare,
    ).toBe(0);
    expect(profile('I had had that account for an hour.').style.oddWordShare).toBe(0);
    expect(profile('I recieved the the invoce sooo late.').style.oddWordShare).toBeCloseTo(4 / 7);
    expect(profile('Meine Rechung ist nciht da.', 'de').style.oddWordShare).toBeCloseTo(2 / 5);
  });

  it.each([
    ['anschauung', 3],
    ['fehlermeldung', 4],
    ['neue', 2],
    ['bestaetigung', 4],
  ])('counts the syllables of %s', (word, syllables) => {
    expect(germanSyllables(word)).toBe(syllables);
  });

  it.each([
    ['make', 1],
    ['table', 2],
    ['closed', 1],
    ['wanted', 2],
    ['invoice', 2],
    ['refund', 2],
  ])('counts the syllables of %s', (word, syllables) => {
    expect(englishSyllables(word)).toBe(syllables);
  });

  it('gives numbers in [0,1] for any text, as many as there are columns, and the same twice', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('en', 'de', 'other'),
        (body, language) => {
          const given = { subject: 'a', body, language };
          const vector = profileVector(profileText(given, names));
          expect(vector).toHaveLength(profileColumns.length);
          for (const value of vector) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          expect(profileVector(profileText(given, names))).toEqual(vector);
        },
      ),
    );
  });
});
