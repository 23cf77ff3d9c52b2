import { expect, it } from 'vitest';
import { isFurtherQuestion } from './further-question.ts';

const english = { text: 'Where do I find my invoices?', language: 'en' } as const;
const german = { text: 'Wo finde ich meine Rechnungen?', language: 'de' } as const;

it.each([
  ['And how do I change my password?', english, true],
  ['Great! Can I also pay by card?', english, true],
  ['Where can I find my invoices?', english, false],
  ['That does not help. Where are they?', english, false],
  ['Can I speak to a real person?', english, false],
  ['The page is broken, what now?', english, false],
  ['I want to cancel.', english, false],
  ['And for PayPal?', english, true],
  ['But where?', english, false],
  ['What do you mean?', english, false],
  ['Are you kidding me?', english, false],
  ['Und wie ändere ich mein Passwort?', german, true],
  ['Wo kann ich meine Rechnungen finden?', german, false],
  ['Das hilft mir nicht. Was nun?', german, false],
  ['Ich sehe immer noch keine, warum?', german, false],
  ['Und mit PayPal?', german, true],
  ['Wo denn?', german, false],
  ['Wie bitte?', german, false],
  ['Kannst du das bitte erklären?', german, false],
  ['Was soll das, zum dritten Mal?', german, false],
])('%s after %j: %s', (text, before, expected) => expect(isFurtherQuestion(text, before)).toBe(expected));
