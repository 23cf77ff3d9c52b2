import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessText } from './assess-text.ts';
import { findSentiment } from './sentiment.ts';
import { findSignals } from './signals.ts';
import { findUrgencyCues } from './urgency-cues.ts';

const of = (body: string) => assessText({ subject: '', body });

describe('sentiment', () => {
  test.each([
    ['positive', 'I love the new release, great work!'],
    ['positive', 'Die neue Version ist großartig, tolle Arbeit!'],
    ['positive', 'Thanks, it works now'],
    ['positive', 'Danke, hat super geklappt!'],
    ['positive', 'Very happy with your support'],
    ['positive', 'Ich bin sehr zufrieden mit Ihrem Service'],
    ['negative', 'This is unacceptable, I am fed up'],
    ['negative', 'Das ist eine Frechheit, mir reichts'],
    ['negative', 'I am not happy'],
    ['negative', 'Ich bin nicht zufrieden'],
    ['negative', 'Thanks for nothing'],
    ['negative', 'Danke für nichts'],
    ['negative', 'Oh great, another outage, what a shambles'],
    ['negative', 'Na toll, schon wieder kaputt'],
    ['neutral', 'Where do I find my invoice?'],
    ['neutral', 'Wo finde ich meine Rechnung?'],
    ['neutral', 'Please reset my password. Thanks'],
    ['neutral', 'Bitte Passwort zurücksetzen, danke'],
    ['neutral', 'Good morning, kind regards'],
    ['neutral', 'Guten Morgen, mit freundlichen Grüßen'],
  ])('%s: %s', (label, text) => {
    expect(of(text).sentiment.label).toBe(label);
  });

  test.each([
    'It is not working',
    'Es funktioniert nicht',
    'Great product, I love it, but the export does not work',
    'Tolles Programm, super, aber der Export geht nicht',
  ])('what does not work is never glad, nor thanked for: %s', (text) => {
    const { sentiment, signals } = of(`${text}. Thanks, danke!`);
    expect(sentiment.label).not.toBe('positive');
    expect(sentiment.score).toBeLessThanOrEqual(0);
    expect(signals.thanks).toBe(false);
    expect(signals.notWorking).toBe(true);
  });
});

describe('signals', () => {
  test.each([
    'I want to talk to a human',
    'Can I speak to someone from support?',
    'no bot please, a real person',
    'please call me back',
    'Ich möchte mit einem Menschen sprechen',
    'Kann ich mit einem Mitarbeiter reden?',
    'kein Bot bitte, ein echter Mensch',
    'bitte um Rückruf',
  ])('wants a person: %s', (text) => {
    expect(of(text).signals.wantsPerson).toBe(true);
  });

  test.each([
    'our human resources department needs access',
    'I do not need to talk to a person',
    'the callback url returns 404',
    'are you a real person?',
    'unsere Personalabteilung braucht Zugriff',
    'kein Rückruf nötig',
    'bist du ein echter Mensch?',
    'Der Bot im Kanal postet doppelt',
  ])('wants no person: %s', (text) => {
    expect(of(text).signals.wantsPerson).toBe(false);
  });

  test.each([
    ['Thank you for the quick help!', true],
    ['Vielen Dank für die schnelle Hilfe!', true],
    ['Many thanks, problem solved', true],
    ['Danke, Problem gelöst', true],
    ['Please send the invoice again. Thanks in advance', false],
    ['Bitte die Rechnung nochmal schicken. Vielen Dank im Voraus', false],
    ['Thanks for nothing', false],
    ['Danke für nichts', false],
  ])('thanks in "%s": %s', (text, expected) => {
    expect(of(text).signals.thanks).toBe(expected);
  });

  test.each([
    ['The app keeps crashing', true],
    ['Die App stürzt dauernd ab', true],
    ["I can't log in", true],
    ['Ich kann mich nicht anmelden', true],
    ['Printer works again', false],
    ['Drucker läuft wieder', false],
    ['Nothing is broken', false],
    ['Es ist nichts kaputt', false],
    ['This is not about money', false],
    ['Es geht nicht um Geld', false],
  ])('not working in "%s": %s', (text, expected) => {
    expect(of(text).signals.notWorking).toBe(expected);
  });

  test.each([
    ['This is the third time I am writing', true],
    ['Ich schreibe jetzt zum dritten Mal', true],
    ['WHY DOES NOBODY EVER ANSWER MY MAILS', true],
    ['WARUM ANTWORTET MIR HIER EIGENTLICH KEINER', true],
    ['How do I add a third user?', false],
    ['Wie lege ich einen dritten Nutzer an?', false],
    ['FAQ or PDF?', false],
    ['AGB oder PDF?', false],
  ])('frustration in "%s": %s', (text, expected) => {
    expect(of(text).signals.frustration).toBe(expected);
  });
});

test('the shared tokenisation gives what each gives alone', () => {
  const text = '\nWe are fed up: the shop is down for everyone, call me back';
  const assessed = assessText({ subject: '', body: text.slice(1) });
  expect(assessed.cues).toEqual(findUrgencyCues(text));
  expect(assessed.signals).toEqual(findSignals(text));
  expect(assessed.sentiment.label).toBe(findSentiment(text).label);
});

/** Any code point, half of them ASCII, lone surrogates too; fast-check's own unit of all takes a second to set up. */
const anyLetter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));

test('any text is assessed, within bounds and the same each time', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: anyLetter, maxLength: 200 }),
      fc.string({ unit: anyLetter, maxLength: 400 }),
      (subject, body) => {
        const first = assessText({ subject, body });
        expect(Math.abs(first.sentiment.score)).toBeLessThanOrEqual(1);
        expect(assessText({ subject, body })).toEqual(first);
      },
    ),
    { numRuns: 40 },
  );
});
