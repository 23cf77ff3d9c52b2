import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Log } from '../../log.ts';
import type { LlmPort, LlmResult, ObjectRequest, TextRequest } from '../port.ts';
import { type Budget, type Reservation, settle } from './budget.ts';
import { estimateTokens, usedTokens } from './estimate-tokens.ts';
import { costOf, type Price, type Prices, priceOf } from './prices.ts';
import { recordUsage, type UsageRecord } from './usage-records.ts';

export interface Metering {
  readonly database: Database;
  readonly budget: Budget;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears of each call that was recorded or refused. */
  readonly onUsage?: (call: UsageRecord) => void;
}

/**
 * A language model whose calls are counted: each reserves its estimate (or is refused as `budget` without being made),
 * is recorded, and has its cost by the prices. A count that cannot be written costs a warning, not the answer; a
 * budget that cannot be read refuses.
 */
export function meteredLlm(llm: LlmPort, metering: Metering): LlmPort {
  async function metered<T>(request: TextRequest, call: () => Promise<LlmResult<T>>): Promise<LlmResult<T>> {
    const price = priceOf(metering.prices, llm.model, llm.model);
    const reservation = await reserve(metering, request, price);
    const result: LlmResult<T> = reservation === null ? refused : await call();
    const { ticketId, customerId, purpose } = request;
    const used = usedTokens(request, result);
    const model = result.ok ? result.model : llm.model;
    const cost = costOf(used, priceOf(metering.prices, model, llm.model));
    const record = {
      at: metering.clock.now(),
      purpose,
      model,
      customerId: customerId ?? null,
      ticketId: ticketId ?? null,
      input: used.input,
      output: used.output,
      estimated: used.estimated,
      cost: used.input + used.output === 0 ? 0 : cost,
      milliseconds: result.milliseconds,
      attempts: result.attempts,
      result: result.ok ? ('ok' as const) : result.reason,
    };
    await write(metering, record, reservation);
    metering.onUsage?.(record);
    return result.ok ? { ...result, cost } : result;
  }

  return {
    model: llm.model,
    check: () => llm.check(),
    generateText: (request, stream) => metered(request, () => llm.generateText(request, stream)),
    generateObject: <T>(request: ObjectRequest<T>) => metered(request, () => llm.generateObject(request)),
  };
}

const refused = {
  ok: false,
  reason: 'budget',
  detail:
    'what may be spent in this hour is spent (LLM_BUDGET_PER_HOUR, LLM_BUDGET_PER_CUSTOMER_HOUR, LLM_COST_PER_HOUR)',
  attempts: 0,
  milliseconds: 0,
} as const;

async function reserve(metering: Metering, request: TextRequest, price: Price | null): Promise<Reservation | null> {
  const { budget, clock, log } = metering;
  const { perHour, perCustomerHour, costPerHour } = budget.limits;
  const now = clock.now();
  if (perHour === null && perCustomerHour === null && costPerHour === null)
    return { hour: now, scopes: [], amount: { tokens: 0, cost: 0 } };
  const tokens = estimateTokens(request);
  const amount = { tokens: tokens.input + tokens.output, cost: costOf(tokens, price) ?? 0 };
  try {
    return await budget.reserve(now, request.customerId, amount);
  } catch (error) {
    log.warn({ err: error }, 'the budget of the language model cannot be read: the call is not made');
    return null;
  }
}

async function write({ database, log }: Metering, record: UsageRecord, reservation: Reservation | null): Promise<void> {
  try {
    await database.transaction(async (trx) => {
      await recordUsage(trx, record);
      if (reservation === null) return;
      await settle(trx, reservation, { tokens: record.input + record.output, cost: record.cost ?? 0 });
    });
  } catch (error) {
    log.warn({ err: error }, 'the use of the language model could not be recorded');
  }
}
