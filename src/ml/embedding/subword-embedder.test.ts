import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSubwordEmbedder } from './fit-subword-embedder.ts';
import { loadSubwordEmbedder } from './subword-embedder.ts';

const texts = [
  'The invoice is sent by mail each month. The invoice shows the amount and the tax.',
  'An invoice can be paid by card or by bank transfer. The payment is booked within two days.',
  'Refunds of a payment reach the bank account after five days.',
  'A password is reset by a link in a mail. The link is valid for one hour.',
  'Sign in with your password and a code. Reset the code when the phone is lost.',
  'Die Rechnung kommt jeden Monat mit der Post. Auf der Rechnung stehen Betrag und Steuer.',
  'Eine Rechnung wird mit Karte oder Überweisung bezahlt. Die Zahlung ist nach zwei Tagen gebucht.',
  'Das Passwort wird mit einem Link zurückgesetzt. Der Link gilt eine Stunde.',
  'Die Anmeldung braucht ein Passwort und einen Code vom Telefon.',
];
const options = { dimension: 6, seed: 1 };
const fitted = fitSubwordEmbedder(texts, options);
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const length = (vector: Float32Array) => Math.sqrt(cosine(vector, vector));
const likeness = (a: string, b: string) => cosine(fitted.embed(a), fitted.embed(b));

describe('fitSubwordEmbedder', () => {
  it.each([
    ['paying an invoice', texts[1]!, texts[3]!],
    ['I forgot my pasword', texts[3]!, texts[0]!],
    ['eine Rechnungszahlung', texts[6]!, texts[7]!],
    ['Passwörter vergessen', texts[7]!, texts[5]!],
  ])('places "%s" with what it is about, through endings, slips and compounds', (query, near, far) => {
    expect(likeness(query, near)).toBeGreaterThan(likeness(query, far) + 0.1);
  });

  it('makes vectors of length 1, or of zeros, from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const vector = fitted.embed(text);
        expect(vector).toHaveLength(6);
        const size = length(vector);
        if (size !== 0) expect(size).toBeCloseTo(1, 5);
      }),
    );
    expect(length(fitted.embed('the invoice'))).toBeCloseTo(1, 5);
  });

  it('makes zeros where nothing can be placed', () => {
    for (const text of ['', '   ', 'the and of', '?!', '漢字仮名'])
      expect([...fitted.embed(text)], text).toEqual(Array(6).fill(0));
  });

  it('learns the same from the same texts in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(texts, { minLength: texts.length }), (shuffled) => {
        expect(fitSubwordEmbedder(shuffled, options).id).toBe(fitted.id);
      }),
      { numRuns: 10 },
    );
    expect(fitSubwordEmbedder(texts.slice(1), options).id).not.toBe(fitted.id);
  });

  it('joins words of two languages that are named alike', () => {
    const joined = fitSubwordEmbedder(texts, {
      ...options,
      alike: ['invoice bill Rechnung', 'password Kennwort Passwort'],
    });
    const gain = (embed: (text: string) => Float32Array) =>
      cosine(embed('invoice'), embed('Rechnung')) - cosine(embed('invoice'), embed('Passwort'));
    expect(gain(joined.embed)).toBeGreaterThan(gain(fitted.embed) + 0.1);
  });

  it.each([0, 1, 2])('can be fitted on %i texts', (count) => {
    const few = fitSubwordEmbedder(texts.slice(0, count), options);
    expect(few.embed('an invoice')).toHaveLength(6);
    expect(length(few.embed('an invoice'))).toBeCloseTo(count === 0 ? 0 : 1, 5);
  });
});

describe('loadSubwordEmbedder', () => {
  it('embeds the same bits after saving', () => {
    const loaded = loadSubwordEmbedder(fitted.save());
    if (!loaded.ok) throw new Error(loaded.reason);
    expect(loaded.value.id).toBe(fitted.id);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts.join(' ').split(' '), 'Tippfeler')), (words) => {
        expect(loaded.value.embed(words.join(' '))).toEqual(fitted.embed(words.join(' ')));
      }),
    );
    expect(loaded.value.save()).toEqual(fitted.save());
  });

  it('refuses what was altered, cut or is something else', () => {
    const bytes = fitted.save();
    const altered = bytes.slice();
    altered[altered.length - 100]! ^= 1;
    for (const broken of [altered, bytes.subarray(0, -1), new Uint8Array(3)])
      expect(loadSubwordEmbedder(broken).ok).toBe(false);
  });
});
