import { SignalboxError } from '../../../ticket/index.ts';
import { llmRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

const dayMs = 86_400_000;

export function bindLlm(bind: Binder, { llmUsage }: Services): void {
  bind(llmRoutes.usage, async ({ query }) => {
    const to = query.to === undefined ? llmUsage.now() : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - dayMs) : new Date(query.from);
    if (from >= to) throw new SignalboxError('invalid-fields', '`from` must lie before `to`.');
    const [rows, state] = await Promise.all([llmUsage.read({ from, to, by: query.by }), llmUsage.state()]);
    const { perHour, perCustomerHour, costPerHour } = llmUsage.limits;
    return {
      status: 200,
      body: {
        from: from.toISOString(),
        to: to.toISOString(),
        by: query.by,
        items: rows.map((row) => ({
          key: row.key,
          calls: row.calls,
          failed: row.failed,
          refused: row.refused,
          input_tokens: row.inputTokens,
          output_tokens: row.outputTokens,
          cost: row.cost,
          unpriced: row.unpriced,
          mean_milliseconds: row.meanMilliseconds,
        })),
        budget: {
          hour: state.hour.toISOString(),
          tokens: state.tokens,
          cost: state.cost,
          tokens_per_hour: perHour,
          tokens_per_customer_hour: perCustomerHour,
          cost_per_hour: costPerHour,
        },
      },
    };
  });
}
