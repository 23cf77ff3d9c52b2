import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTerms } from './read-terms.ts';

const key = (letter: string) => `${letter.repeat(9_000)}ü${letter.repeat(9_000)}`;

it('a key or a line of a log counts as one short term: words are remembered, and nobody may fill the memory with them', () => {
  for (const language of ['en', 'de'] as const) {
    const termOf = (text: string) => [...readTerms(text, language).stems.keys()].find((stem) => stem.startsWith('x0'))!;
    const [one, again, other] = [key('a'), key('a'), key('b')].map((text) => termOf(`Refused: ${text}`));
    expect(one!.length).toBeLessThan(20);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  }
});

const unit = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüß0123456789 ');

it('no term is longer than the longest words of the language', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 500 }), fc.constantFrom('en', 'de', 'other'), (text, language) => {
      for (const stem of readTerms(text, language).stems.keys()) expect(stem.length).toBeLessThanOrEqual(60);
    }),
  );
});
