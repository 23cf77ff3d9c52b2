import { describe, expect, it } from 'vitest';
import type { Tokeniser } from './find-package.ts';
import { TokenRowMaker } from './token-rows.ts';

/** A token is a letter; 1 opens and 2 closes a text. */
const tokeniser: Tokeniser = {
  pad_token_id: 9,
  encode(text, options) {
    const inner = [...text].map((letter) => letter.charCodeAt(0));
    return options?.add_special_tokens === false ? inner : [1, ...inner, 2];
  },
};

describe('TokenRowMaker', () => {
  it('keeps the closing token of a text that is cut', () => {
    const { ids, width } = new TokenRowMaker(tokeniser, 4).make(['abcdef']);
    expect([...ids]).toEqual([1n, 97n, 98n, 2n]);
    expect(width).toBe(4);
  });

  it('pads on the right to the longest text, with the padding token and a mask of zeros', () => {
    const { ids, mask } = new TokenRowMaker(tokeniser, 10).make(['ab', '']);
    expect([...ids]).toEqual([1n, 97n, 98n, 2n, 1n, 2n, 9n, 9n]);
    expect([...mask]).toEqual([1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n]);
  });

  it('gives a text without a token one place to look at', () => {
    const bare: Tokeniser = { encode: (text) => [...text].map((letter) => letter.charCodeAt(0)) };
    const { ids, mask } = new TokenRowMaker(bare, 10).make(['']);
    expect([[...ids], [...mask]]).toEqual([[0n], [1n]]);
  });
});
