import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/index.ts';
import { costOf, parsePrices, priceOf } from './prices.ts';

describe('prices', () => {
  const prices = parsePrices('gpt-4o-mini=0.15/0.60, gpt-4o = 2.5 / 10; org/llama3:8b=0/0') as Map<string, never>;

  it.each([
    ['gpt-4o-mini', 0.15],
    ['gpt-4o-mini-2024-07-18', 0.15],
    ['gpt-4o-2024-08-06', 2.5],
    ['org/llama3:8b', 0],
  ])('%s', (model, input) => {
    expect(priceOf(prices, model, 'unknown')).toMatchObject({ input });
  });

  it('takes the name that was asked for where the answered one has none, and nothing from a mere likeness', () => {
    expect(priceOf(prices, 'weights.gguf', 'gpt-4o')).toEqual({ input: 2.5, output: 10 });
    expect(priceOf(prices, 'gpt-4omega', 'other')).toBeNull();
  });

  it('adds up by the million', () => {
    expect(costOf({ input: 2_000_000, output: 500_000 }, { input: 0.15, output: 0.6 })).toBeCloseTo(0.6, 12);
    expect(costOf({ input: 1, output: 1 }, null)).toBeNull();
  });

  it.each(['gpt-4o', 'a=1', 'a=1/x', '=1/2', 'a=-1/2'])('refuses %s at the start', (text) => {
    expect(() => parseConfig({ LLM_PRICES: text })).toThrow(/^LLM_PRICES=/);
  });

  it('asks for a price where money is limited', () => {
    expect(() => parseConfig({ LLM_COST_PER_HOUR: '1' })).toThrow(/no price for gpt-4o-mini/);
    expect(parseConfig({ LLM_COST_PER_HOUR: '1', LLM_PRICES: 'gpt-4o-mini=1/2' }).LLM_COST_PER_HOUR).toBe(1);
  });
});
