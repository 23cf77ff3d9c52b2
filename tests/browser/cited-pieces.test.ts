import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CitedPiece, citedPieces } from '../../console/lib/citations.ts';

const cite = (quote: string) => ({ document: 'Billing', heading: 'Refunds', quote });
/** The pieces as one line: marks as `‹1›`. */
const drawn = (pieces: readonly CitedPiece[]): string =>
  pieces.map((piece) => ('text' in piece ? piece.text : `‹${piece.mark}›`)).join('');

describe('marks in a draft', () => {
  test('stand behind the sentence that quotes the source', () => {
    const text = 'Hello. It takes 5 days. Kind regards';
    expect(drawn(citedPieces(text, [cite('It takes 5 days.')]))).toBe('Hello. It takes 5 days.‹1› Kind regards');
  });

  test('find a quote whose bold words and line breaks the answer has lost', () => {
    const text = 'Sie finden sie unter Verwaltung > Abrechnung. Viele Grüße';
    const quote = 'Sie finden sie unter\n**Verwaltung > Abrechnung**.';
    expect(drawn(citedPieces(text, [cite(quote)]))).toBe(
      'Sie finden sie unter Verwaltung > Abrechnung.‹1› Viele Grüße',
    );
  });

  test('stand where the text itself names the number, and that number is not shown twice', () => {
    const text = 'It takes a week [2]. Ask us [1].';
    expect(drawn(citedPieces(text, [cite('Ask us'), cite('It takes a week')]))).toBe('It takes a week‹2›. Ask us‹1›.');
  });

  test('a number in brackets that is no source stays text', () => {
    expect(drawn(citedPieces('Error [42] was shown.', [cite('Error')]))).toBe('Error‹1› [42] was shown.');
  });

  test('stand at the end when the text has put it in its own words', () => {
    expect(drawn(citedPieces('About a week.', [cite('5 to 10 business days')]))).toBe('About a week.‹1›');
  });

  test('property: no word of the answer is lost and every source has its mark', () => {
    const words = fc.array(fc.constantFrom('refund', 'takes', '5', 'days.', 'Größe', '(a)', '$1', '\\d'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), fc.array(words, { maxLength: 4 }), (said, cited) => {
        const text = said.map((w) => w.join(' ')).join(' ');
        const pieces = citedPieces(
          text,
          cited.map((w) => cite(w.join(' '))),
        );
        expect(pieces.map((p) => ('text' in p ? p.text : '')).join('')).toBe(text);
        const marks = pieces.flatMap((p) => ('mark' in p ? [p.mark] : []));
        expect(marks.toSorted((a, b) => a - b)).toEqual(cited.map((_, index) => index + 1));
      }),
    );
  });
});
