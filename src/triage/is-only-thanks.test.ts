import { describe, expect, it } from 'vitest';
import { isOnlyThanks } from './is-only-thanks.ts';

describe('isOnlyThanks', () => {
  it.each([
    'Thanks!',
    'Thank you so much, it works now.',
    'Great, thanks a lot for your quick help! Kind regards, Ana Petrova',
    'Perfect, that did the trick. Many thanks, Tom',
    'Danke!',
    'Vielen Dank, jetzt klappt es wieder.',
    'Super, danke für die schnelle Hilfe! Viele Grüße, Jürgen Weiß',
    'DANKE, alles erledigt 👍',
    'Herzlichen Dank, Frau Müller. Es funktioniert.',
  ])('%s', (text) => expect(isOnlyThanks(text)).toBe(true));

  it.each([
    'Thanks, but it does not work.',
    'Thanks. The invoice of May is missing.',
    'Thanks, it works. How do I change my address?',
    'Thank you for nothing.',
    'Thanks, and please also cancel my contract.',
    'Thanks in advance.',
    'It works now.',
    'no thanks',
    'Thanks, it is not fixed.',
    'Danke, aber es geht nicht.',
    'Danke. Rechnung fehlt.',
    'Danke, es klappt. Wie ändere ich meine Adresse?',
    'Danke für nichts!',
    'Danke, und kündigen Sie bitte meinen Vertrag.',
    'Vielen Dank im Voraus.',
    'Danke, nur der Drucker 4711 druckt weiterhin leere Seiten.',
    'Vielen Dank, leider weiterhin dasselbe.',
    'Danke, ich will mit einem Menschen sprechen.',
    '',
  ])('not: %s', (text) => expect(isOnlyThanks(text)).toBe(false));
});
