import type { Tokeniser } from './find-package.ts';

/** Token ids of a batch, row by row, padded on the right to the longest; mask is 1 where a token is, 0 elsewhere. */
export interface TokenRows {
  readonly rows: number;
  readonly width: number;
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

/**
 * Cuts as sentence-transformers does: the text is cut and the closing token stays. The tokeniser's own cut would
 * drop the closing token, which moves the vector of a cut text (188 tickets cut at 64 tokens: cosine 0.992 on average,
 * 0.849 at worst, to the reference).
 */
export class TokenRowMaker {
  readonly #tokeniser: Tokeniser;
  readonly #room: number;
  readonly #before: readonly number[];
  readonly #after: readonly number[];

  constructor(tokeniser: Tokeniser, maxTokens: number) {
    this.#tokeniser = tokeniser;
    const bare = tokeniser.encode('a', { add_special_tokens: false });
    const dressed = tokeniser.encode('a');
    const at = dressed.findIndex((_, i) => bare.every((id, j) => dressed[i + j] === id));
    this.#before = dressed.slice(0, Math.max(0, at));
    this.#after = at < 0 ? [] : dressed.slice(at + bare.length);
    this.#room = Math.max(1, maxTokens - this.#before.length - this.#after.length);
  }

  make(texts: readonly string[]): TokenRows {
    const encoded = texts.map((text) => this.#encode(text));
    const width = Math.max(1, ...encoded.map((ids) => ids.length));
    const ids = new BigInt64Array(texts.length * width).fill(BigInt(this.#tokeniser.pad_token_id ?? 0));
    const mask = new BigInt64Array(texts.length * width);
    encoded.forEach((row, r) => {
      for (let t = 0; t < row.length; t++) ids[r * width + t] = BigInt(row[t]!);
      // A text without a token still has one place to look at: a mean over none would be no number.
      mask.fill(1n, r * width, r * width + Math.max(1, row.length));
    });
    return { rows: texts.length, width, ids, mask };
  }

  #encode(text: string): number[] {
    const inner = this.#tokeniser.encode(text, { add_special_tokens: false });
    return [...this.#before, ...inner.slice(0, this.#room), ...this.#after];
  }
}
