import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPhrases, findPhrases, fold, tokenise, wordsOf } from './lexicon.ts';

/** Payloads and written words of all matches. */
function found(entries: readonly (readonly [string, string])[], text: string): string[] {
  const tokens = tokenise(text);
  return findPhrases(buildPhrases(entries), tokens).map((match) => `${match.payload}: ${wordsOf(tokens, match)}`);
}

/** Any code point, half of them ASCII, lone surrogates too; fast-check's own unit of all takes a second to set up. */
const anyLetter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));

describe('tokens', () => {
  test('both ways of typing umlauts fold to one, and places point into the text', () => {
    expect(tokenise('STÖRUNG Stoerung störung Straße STRASSE can’t').words).toEqual([
      'stoerung',
      'stoerung',
      'stoerung',
      'strasse',
      'strasse',
      "can't",
    ]);
    const text = 'Die Störung, seit 9:15 Uhr!';
    const tokens = tokenise(text);
    expect(tokens.words.map((_, i) => text.slice(tokens.starts[i], tokens.ends[i]))).toEqual([
      'Die',
      'Störung',
      'seit',
      '9:15',
      'Uhr',
    ]);
  });

  test('a decomposed umlaut is the same letter', () => {
    expect(fold('Sto\u0308rung')).toBe('stoerung');
  });

  test('sentences and clauses are told apart', () => {
    const { sentences, clauses } = tokenise('No rush. Server down, but calm');
    expect(sentences).toEqual([0, 0, 1, 1, 1, 1]);
    expect(new Set(clauses).size).toBe(3);
  });

  test('any text: places ascend and stay inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyLetter, maxLength: 200 }), (text) => {
        const { words, starts, ends } = tokenise(text);
        expect(starts).toHaveLength(words.length);
        for (let i = 0; i < words.length; i++) {
          expect(starts[i]!).toBeGreaterThanOrEqual(i === 0 ? 0 : ends[i - 1]!);
          expect(ends[i]!).toBeGreaterThan(starts[i]!);
          expect(ends[i]!).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe('phrases', () => {
  test('the longest phrase wins, its words begin no other', () => {
    expect(
      found(
        [
          ['down', 'out'],
          ['scroll down', 'none'],
        ],
        'Scroll down, server down',
      ),
    ).toEqual(['none: Scroll down', 'out: down']);
  });

  test('alternatives, words that may be missing, numbers, endings', () => {
    expect(found([['bis # uhr', 'x']], 'bis 18 Uhr')).toEqual(['x: bis 18 Uhr']);
    expect(found([['not [at] [all] urgent|pressing', 'x']], 'not at all pressing, not urgent')).toEqual([
      'x: not at all pressing',
      'x: not urgent',
    ]);
    expect(found([['dringend~', 'x']], 'dringend dringende DRINGENDES dringendst')).toHaveLength(3);
  });

  test('a gap spans up to five words of one sentence', () => {
    const gap = [['geht … nicht', 'x']] as const;
    expect(found(gap, 'Das geht seit heute früh leider nicht mehr')).toEqual(['x: geht seit heute früh leider nicht']);
    expect(found(gap, 'Das geht. Nicht schlimm')).toEqual([]);
    expect(found(gap, 'geht eins zwei drei vier fünf sechs nicht')).toEqual([]);
  });

  test('compounds by their end and beginning', () => {
    expect(
      found(
        [
          ['*ausfall', 'end'],
          ['produktions*', 'start'],
        ],
        'Serverausfall, Produktionslinie, Ausfall',
      ),
    ).toEqual(['end: Serverausfall', 'start: Produktionslinie']);
  });

  test('with merge a longer phrase keeps what its beginning says', () => {
    const phrases = buildPhrases<number>(
      [
        ['server', 1],
        ['server down', 2],
      ],
      (a, b) => a | b,
    );
    expect(findPhrases(phrases, tokenise('server down')).map((match) => match.payload)).toEqual([3]);
  });
});
