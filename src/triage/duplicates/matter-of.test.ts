import { describe, expect, it } from 'vitest';
import { createDuplicateReader } from './duplicate-reader.ts';
import { matterOf } from './matter-of.ts';
import { sameProblem } from './same-problem.ts';

const problems = {
  en: [
    'I cannot log in with my password anymore.',
    'How do I export the contact list to Excel?',
    'The app is very slow.',
  ],
  de: [
    'Ich kann mich nicht mehr anmelden.',
    'Wie exportiere ich die Kontakte nach Excel?',
    'Die App ist sehr langsam.',
  ],
} as const;

const signature = 'Max Muster\nEinkauf, Turbinen und Getriebe\nBeispiel GmbH, Industriestraße 12, Stuttgart';
const form =
  'Name: Max Muster\nFirma: Beispiel GmbH\nE-Mail: max@beispiel.example\nVersion: 4.2\nIch habe die Datenschutzerklärung gelesen: ja\n\nNachricht:\n';
const quoted =
  '\n\nAm 12.10.2026 um 10:12 schrieb Support:\n> Unser Newsletter erscheint im November mit neuen Produkten,\n> Rabatten auf Zubehör und einem Gewinnspiel.';

describe('matterOf', () => {
  it.each([
    ['a signature', (text: string) => `${text}\n\nKind regards\n${signature}`],
    ['a German signature on one line', (text: string) => `${text} Mit freundlichen Grüßen ${signature}`],
    ['a signature below its mark', (text: string) => `${text}\n-- \n${signature}`],
    ['a form', (text: string) => `Neue Nachricht über das Kontaktformular\n${form}${text}`],
    ['a mail that is answered', (text: string) => `${text}${quoted}`],
    ['a mail that is answered below it', (text: string) => `${quoted.trim()}\n\n${text}`],
  ])('leaves out what %s adds', async (_, add) => {
    const reader = createDuplicateReader({ embedder: null });
    for (const language of ['en', 'de'] as const) {
      const texts = problems[language].map((text) => ({ subject: '', body: add(text), language }));
      for (const [i, text] of problems[language].entries())
        expect(matterOf(texts[i]!.body).replace('Nachricht:', '').trim()).toMatch(
          new RegExp(`^${text.slice(0, -1).replaceAll('?', '.')}[.?]?$`),
        );
      const [a, b, c] = await reader.read(texts);
      expect(Math.max(sameProblem(a!, b!), sameProblem(a!, c!), sameProblem(b!, c!))).toBeLessThan(0.5);
    }
  });

  it.each([
    'Mit freundlichen Grüßen Max Muster, unser Server steht seit heute früh',
    'Kind regards\nMax Muster, the server is down since nine',
    'Name: Server\nOrt: Halle\nKunde: alle',
    '> The server is down since nine',
    'Thanks for the quick help, but the server is down again',
    'With kind words and best wishes you will not mend the server',
  ])('leaves %j as it is', (text) => {
    expect(matterOf(text)).toBe(text);
  });

  it('keeps what is added below a signature', () => {
    const text = `The app is very slow.\n\nViele Grüße\n${signature}\n\nP.S.: The server is down, too.`;
    expect(matterOf(text)).toContain('The server is down, too.');
    expect(matterOf(text)).not.toContain('Turbinen');
  });

  it.each([
    ' ',
    '\n',
    '-',
    "'",
    '.',
    '> \n',
    'on ',
    'on a wrote ',
    'Name: \n',
    'kind regards ',
    '_',
    'privacy ',
    '. \t',
  ])('reads 20,000 characters of %j within 20 ms', (piece) => {
    const text = `a b c ${piece.repeat(20_000 / piece.length)}`;
    // The best of five: what else the machine does is not measured.
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      matterOf(text);
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });
});
