import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communicationStyles } from '../../ticket/index.ts';
import { detectStyle } from './detect-style.ts';

const cases = [
  ['formal', 'Dear Sir or Madam, I am writing to ask for a copy of my invoice. Yours sincerely, A. Miller'],
  ['formal', 'Sehr geehrte Damen und Herren, hiermit bitte ich um eine Kopie der Rechnung. Mit freundlichen Grüßen'],
  ['casual', 'hey, any idea when u guys fix that?? thx :)'],
  ['casual', 'moin, habt ihr grad ne Störung? bei mir geht nix 😅'],
  ['technical', 'The endpoint returns 502 since v2.4.1, the payload is plain JSON, see request id 77.'],
  ['technical', 'Die Schnittstelle liefert den Fehlercode 503, im Log steht ein Timeout auf Port 8443.'],
  // One short question is no style yet.
  ['neutral', 'Where is my invoice?'],
  ['neutral', 'Wo ist meine Rechnung?'],
  ['neutral', 'I bought a lamp in your shop three weeks ago and it has not arrived at my flat until today'],
  ['neutral', 'Ich habe vor drei Wochen eine Lampe gekauft und sie ist bis heute nicht bei mir angekommen'],
] as const;

describe('detectStyle', () => {
  it.each(cases)('%s: %s', (style, text) => expect(detectStyle([text])).toBe(style));

  it.each([
    ['en', ['Where is my invoice?', 'And the delivery note?']],
    ['de', ['Wo ist meine Rechnung?', 'Und der Lieferschein?']],
  ])('several short messages make somebody brief (%s)', (_language, texts) => {
    expect(detectStyle(texts)).toBe('brief');
  });

  it('says neutral when nothing was written', () => {
    expect(detectStyle([])).toBe('neutral');
    expect(detectStyle(['', '  '])).toBe('neutral');
  });

  it('looks at all messages together: one short word among long ones makes nobody brief', () => {
    expect(detectStyle([cases[8][1], 'ok'])).toBe('neutral');
  });

  it('depends on the texts alone and on no order of them', () => {
    const text = fc.constantFrom(...cases.map(([, t]) => t));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
        const style = detectStyle(texts);
        expect(communicationStyles).toContain(style);
        expect(detectStyle([...texts].reverse())).toBe(style);
      }),
    );
  });

  it('takes linear time for words without an end', () => {
    for (const letter of ['1', 'a', 'ſ', '_']) expect(detectStyle(Array(200).fill(letter.repeat(2_000)))).toBe('brief');
  }, 5_000);
});
