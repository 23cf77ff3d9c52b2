import { expect, it } from 'vitest';
import { warnOfOpenBudget } from './open-llm.ts';

it.each([
  [{ loopback: true }, false],
  [{ loopback: false }, true],
  [{ loopback: false, LLM_BUDGET_PER_HOUR: 1_000 }, false],
  [{ loopback: false, LLM_COST_PER_HOUR: 2 }, false],
])('%o is warned of spending without end: %s', (config, warned) => {
  const settings = { LLM_BUDGET_PER_HOUR: undefined, LLM_COST_PER_HOUR: undefined, ...config };
  expect(warnOfOpenBudget(settings) !== null).toBe(warned);
});
