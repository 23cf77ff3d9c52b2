import { describe, expect, it } from 'vitest';
import { isAutomaticMail } from './is-automatic-mail.ts';

describe('isAutomaticMail', () => {
  it.each([
    'Automatic reply: Your October newsletter',
    'Automatische Antwort: Newsletter Oktober',
    'AW: Abwesenheitsnotiz',
    'Out of office Re: Newsletter',
    'Out of the Office',
    'Undeliverable: Newsletter',
    'Unzustellbar: Newsletter',
    'Mail delivery failed: returning message to sender',
    'Auto-Reply',
  ])('knows %j', (subject) => {
    expect(isAutomaticMail(subject)).toBe(true);
  });

  it.each([
    'How do I set up an automatic reply?',
    'Wie richte ich die Abwesenheitsnotiz ein?',
    'Automatic replying stopped',
    'Delivery',
    'Unzustellbares Paket',
    'Automatischer Druck steht',
    '',
    ' '.repeat(500),
  ])('leaves %j to be read', (subject) => {
    expect(isAutomaticMail(subject)).toBe(false);
  });
});
