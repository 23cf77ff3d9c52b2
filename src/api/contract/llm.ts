import { z } from 'zod';
import { timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const count = z.number().int().min(0);

export const usageGroup = z.enum(['hour', 'day', 'purpose', 'model']);

const usageItem = z.object({
  key: z.string().describe('the beginning of the hour or day (UTC), the purpose, or the model'),
  calls: count,
  failed: count.describe('calls without a usable reply'),
  refused: count.describe('calls that were not made: the budget was used up'),
  input_tokens: count,
  output_tokens: count,
  cost: z.number().min(0).describe('by LLM_PRICES, of the calls that have a price'),
  unpriced: count.describe('calls that used tokens and have no price'),
  mean_milliseconds: z.number().min(0),
});

const limit = z.number().nullable().describe('null: no limit');

export const llmUsage = z
  .object({
    from: timestamp,
    to: timestamp,
    by: usageGroup,
    items: z.array(usageItem),
    budget: z.object({
      hour: timestamp.describe('the hour that counts now'),
      tokens: z.number().min(0).describe('used and reserved in it; counted where a limit is set'),
      cost: z.number().min(0),
      tokens_per_hour: limit,
      tokens_per_customer_hour: limit,
      cost_per_hour: limit,
    }),
  })
  .meta({ id: 'LlmUsage' });

export const llmRoutes = {
  usage: defineRoute({
    method: 'GET',
    url: '/llm/usage',
    summary: 'Tokens and cost of the language model, and what this hour may still spend',
    scope: 'agent',
    query: z.object({
      from: timestamp.optional().describe('a day before `to` unless given'),
      to: timestamp.optional().describe('not included; now unless given'),
      by: usageGroup.default('hour'),
    }),
    response: { 200: llmUsage },
  }),
} as const;
