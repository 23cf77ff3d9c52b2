import { describe, expect, it } from 'vitest';
import { receiveTicket } from './receive-ticket.ts';
import { subjectOf } from './subject-of-message.ts';

const languageOf = (subject: string, body: string) =>
  receiveTicket({ subject, body }, { id: '0199aa00-0000-7000-8000-000000000001', now: new Date(0) }).ticket.language;

describe('the language of a message without a subject', () => {
  it.each([
    ['Hello', 'en'],
    ['Hi', 'en'],
    ['Hello, where do I find my invoices?', 'en'],
    ['Hallo', 'de'],
    ['Moin', 'de'],
    ['Hallo, wo finde ich meine Rechnungen?', 'de'],
  ])('%s: %s, its beginning is not counted twice', (message, language) =>
    expect(languageOf(subjectOf(message), message)).toBe(language),
  );

  it('counts a subject of its own', () => {
    expect(languageOf('Rechnung nicht gefunden', 'PDF')).toBe('de');
    expect(languageOf('I cannot find my invoice', 'PDF')).toBe('en');
  });
});
