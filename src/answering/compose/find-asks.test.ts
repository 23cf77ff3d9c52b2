import { describe, expect, it } from 'vitest';
import { findAsks } from './find-asks.ts';

const asks = (body: string, language: 'en' | 'de', subject = '') => findAsks({ subject, body, language });
const texts = (body: string, language: 'en' | 'de') => asks(body, language).map(({ text }) => text);

describe('asks in a message', () => {
  it('leave out greeting, story and thanks', () => {
    expect(
      texts('Hi team,\nwe moved last week. Where do I change our address?\nThanks a lot!\nBest regards\nAnn', 'en'),
    ).toEqual(['Where do I change our address?']);
    expect(
      texts('Guten Tag,\nwir sind umgezogen. Wo ändere ich unsere Adresse?\nVielen Dank!\nViele Grüße\nAnna', 'de'),
    ).toEqual(['Wo ändere ich unsere Adresse?']);
  });

  it('are split where a second question begins', () => {
    expect(texts('What does Team cost and how many users may we have?', 'en')).toHaveLength(2);
    expect(texts('Was kostet Team und wie viele Benutzer dürfen wir haben?', 'de')).toHaveLength(2);
    expect(texts('Is it for Windows and macOS?', 'en')).toHaveLength(1);
    expect(texts('Gibt es das für Windows und macOS?', 'de')).toHaveLength(1);
  });

  it.each([
    ['en', 'How many calls a minute on Team, how many a day, and where do I make a token?', 3],
    ['en', 'Where do I write, does it cost anything and do I have to send my passport along?', 3],
    ['en', 'How long is an invitation valid? Please also tell me the birthday of your founder.', 2],
    ['en', 'How long is an invitation valid? Please tell me soon.', 1],
    ['en', 'Can you tell me, how long it takes?', 1],
    ['en', 'What happens, when the trial is over?', 1],
    ['de', 'Wie oft sichert ihr, wie lang hebt ihr das auf, und wo liegt das Ganze?', 3],
    ['de', 'Wo bekomme ich den Vertrag, was kostet er und kann ihn auch meine Kollegin annehmen?', 3],
    ['de', 'Wie lange gilt eine Einladung? Bitte nennen Sie mir auch den Geburtstag des Gründers.', 2],
    ['de', 'Wie lange gilt eine Einladung? Bitte antworten Sie bald.', 1],
    ['de', 'Können Sie mir sagen, wie lange es dauert?', 1],
    ['de', 'Was passiert, wenn die Testzeit um ist?', 1],
  ] as const)('are split in a row of questions (%s): %s', (language, text, count) => {
    expect(texts(text, language)).toHaveLength(count);
  });

  it('are the requests when nobody asks, and the story when nobody requests', () => {
    expect(texts('The invoice is wrong. Please send me a new invoice.', 'en')).toEqual([
      'Please send me a new invoice.',
    ]);
    expect(texts('Die Rechnung ist falsch. Bitte schicken Sie mir eine neue Rechnung.', 'de')).toEqual([
      'Bitte schicken Sie mir eine neue Rechnung.',
    ]);
    expect(texts('QH-1042 since this morning.', 'en')).toEqual(['QH-1042 since this morning.']);
    expect(texts('Seit heute QH-1042.', 'de')).toEqual(['Seit heute QH-1042.']);
  });

  it('lean on the story when they say nothing themselves', () => {
    expect(asks('The upload stops with QH-1051. What can I do?', 'en')[0]!.leaning).toBeGreaterThan(0.5);
    expect(asks('Der Upload bricht mit QH-1051 ab. Was kann ich tun?', 'de')[0]!.leaning).toBeGreaterThan(0.5);
    expect(asks('How long is a password reset link valid?', 'en')[0]!.leaning).toBe(0);
    expect(asks('Wie lange gilt der Link zum Zurücksetzen des Passworts?', 'de')[0]!.leaning).toBe(0);
  });

  it('may stand in the subject', () => {
    expect(asks('See subject.', 'en', 'Can I pay by PayPal?')[0]!.text).toBe('Can I pay by PayPal?');
    expect(asks('Siehe Betreff.', 'de', 'Kann ich mit PayPal zahlen?')[0]!.text).toBe('Kann ich mit PayPal zahlen?');
  });

  it.each([
    ['en', 'How long does it take?', 'duration'],
    ['de', 'Wie lange dauert das?', 'duration'],
    ['en', 'How many users does Team have?', 'count'],
    ['de', 'Wie viele Benutzer hat Team?', 'count'],
    ['en', 'How much does the Panel cost?', 'money'],
    ['de', 'Was kostet das Panel?', 'money'],
    ['en', 'How often are backups made?', 'frequency'],
    ['de', 'Wie oft macht ihr Backups?', 'frequency'],
    ['en', 'Where do I find my invoices?', 'place'],
    ['de', 'Wo finde ich meine Rechnungen?', 'place'],
    ['en', 'How do I change the plan?', 'instruction'],
    ['de', 'Wie kann ich den Tarif wechseln?', 'instruction'],
    ['en', 'Does it work offline?', 'any'],
    ['de', 'Geht das auch offline?', 'any'],
  ] as const)('expect a kind of answer (%s): %s', (language, question, type) => {
    expect(asks(question, language)[0]!.type.name).toBe(type);
  });

  it('takes linear time for a run of marks that ends no clause', () => {
    for (const language of ['en', 'de'] as const)
      for (const mark of [',', '.', '!']) asks(`${mark.repeat(150_000)}x`, language);
  }, 5_000);

  it('reads what stands around the asks that are kept, not around thousands', () => {
    for (const [language, ask] of [
      ['de', 'wie lange dauert es und '],
      ['en', 'how long is it and '],
      ['en', 'Where is it? '],
    ] as const)
      expect(asks(ask.repeat(2_500), language)).toHaveLength(6);
  }, 5_000);
});
