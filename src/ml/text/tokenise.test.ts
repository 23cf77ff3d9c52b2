import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from './tokenise.ts';

const words = (text: string) => tokenise(text).map((t) => (t.parts.length ? `${t.text}=${t.parts.join('+')}` : t.text));

describe('tokenise', () => {
  it.each([
    ['Fehler QH-1042!', ['fehler', 'qh1042=qh+1042']],
    ['E-Mail-Adresse ändern', ['emailadresse=email+adresse', 'ändern']],
    ['1.000 oder 10,000 oder 1.234.567,50', ['1000', 'oder', '10000', 'oder', '1234567.50']],
    ['4,50 € = 4.50', ['4.50', '4.50']],
    ['am 01.02.2025', ['am', '01', '02', '2025']],
    ["what's up, don't", ['what', 'up', 'dont=don+t']],
    ['50GB, 2FA', ['50gb=50+gb', '2fa=2+fa']],
    ['support@quillhaven.example', ['support', 'quillhaven', 'example']],
    ['ÜBERWEISUNG Straße', ['überweisung', 'straße']],
    ['… ?! —', []],
  ])('reads %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('writes only letters, digits and the point of a number, in lower case, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const token of tokenise(text)) {
          expect(token.text).toMatch(/^[\p{L}\p{M}\p{N}.]+$/u);
          expect(token.end).toBeGreaterThan(token.start);
        }
      }),
    );
  });
});
