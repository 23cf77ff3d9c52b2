import type { LlmTokens } from '../port.ts';

/** Money for a million tokens, in whatever currency the prices were given in. */
export interface Price {
  readonly input: number;
  readonly output: number;
}
export type Prices = ReadonlyMap<string, Price>;

/**
 * Reads "model=0.15/0.60, other=3/15": money for a million tokens in and out. A name may hold ":" and "/".
 * @returns the wrong part when there is one.
 */
export function parsePrices(text: string): Prices | { readonly wrong: string } {
  const prices = new Map<string, Price>();
  for (const part of text.split(/[,;\n]/).map((piece) => piece.trim())) {
    if (part === '') continue;
    const match = /^(?<model>\S(?:[^=]*\S)?)\s*=\s*(?<input>\d+(?:\.\d+)?)\s*\/\s*(?<output>\d+(?:\.\d+)?)$/.exec(part);
    if (match === null) return { wrong: part };
    const { model, input, output } = match.groups!;
    prices.set(model!, { input: Number(input), output: Number(output) });
  }
  return prices;
}

/**
 * The price of a model: under the name the server gave, else under the one that was asked for, else the longest name
 * that it is a dated version of ("gpt-4o-mini-2024-07-18").
 */
export function priceOf(prices: Prices, answered: string, asked: string): Price | null {
  const exact = prices.get(answered) ?? prices.get(asked);
  if (exact !== undefined) return exact;
  const names = [...prices.keys()].filter((name) => answered.startsWith(`${name}-`));
  const longest = names.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : prices.get(longest)!;
}

export const costOf = (tokens: LlmTokens, price: Price | null): number | null =>
  price === null ? null : (tokens.input * price.input + tokens.output * price.output) / 1_000_000;
