import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf, subjectOfBurst } from './subject-of-message.ts';

describe('subjectOf', () => {
  it.each([
    ['Guten Tag,\n\nwas kostet der Versand?\n\nMit freundlichen Grüßen\nThomas Becker', 'was kostet der Versand?'],
    ['Sehr geehrte Damen und Herren,\r\n\r\nich kündige meinen Vertrag.', 'ich kündige meinen Vertrag.'],
    ['Dear Sir or Madam,\nHow do I cancel?', 'How do I cancel?'],
    ['Hallo, mein Name ist Sabine Krüger. Wie lange gilt die Garantie?', 'Wie lange gilt die Garantie?'],
    ['Hi there, I am Dr. Jane Doe. Where is my invoice?', 'Where is my invoice?'],
    ['Hallo, ich bin sehr verärgert. Alles ist weg.', 'ich bin sehr verärgert. Alles ist weg.'],
    ['Ich bin Kunde, seit gestern geht nichts.', 'Ich bin Kunde, seit gestern geht nichts.'],
    ['Hello World does not compile', 'Hello World does not compile'],
    ['History is lost\nsince Monday', 'History is lost'],
    ['Hallo', 'Hallo'],
    ['Hi!\n', 'Hi!'],
    ['\n\nWhere?', 'Where?'],
  ])('%j', (text, subject) => expect(subjectOf(text)).toBe(subject));

  it('of any message that says something is no longer than 82 characters and never empty', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'Hello,\n', 'Hallo, ich bin Jörg Müller. '),
        fc.string({ minLength: 1 }).filter((t) => t.trim() !== ''),
        (before, text) => {
          const subject = subjectOf(before + text);
          expect(subject).not.toBe('');
          expect([...subject].length).toBeLessThanOrEqual(82);
        },
      ),
    );
  });
});

describe('subjectOfBurst', () => {
  it.each([
    ['Hallo\n\nWo finde ich meine Rechnungen?\n\nDanke schon mal', 'Wo finde ich meine Rechnungen?'],
    ['Hi?\n\nWhere do I find my invoices?', 'Where do I find my invoices?'],
    ['Hello\n\nmy printer is broken since Monday\n\nthx', 'my printer is broken since Monday'],
    ['Where do I find my invoices?', 'Where do I find my invoices?'],
  ])('%j', (text, subject) => expect(subjectOfBurst(text)).toBe(subject));

  it('of one message is what it always was', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((t) => t.trim() === t && !/\n\s*\n/.test(t)),
        (text) => {
          expect(subjectOfBurst(text)).toBe(subjectOf(text));
        },
      ),
    );
  });
});
