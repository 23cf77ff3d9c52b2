import {
  type Budget,
  type BudgetState,
  type Config,
  createBudget,
  createLlm,
  type Database,
  type LlmPort,
  type Log,
  type Metrics,
  maskedLlm,
  meteredLlm,
  needsMasking,
  openAiBaseUrl,
  readUsage,
  systemClock,
  type UsageGroup,
  type UsageRecord,
  type UsageRow,
} from './platform/index.ts';

/** What calls of the language model used, and what this hour may still spend. */
export interface LlmUsage {
  read(asked: { from: Date; to: Date; by: UsageGroup }): Promise<UsageRow[]>;
  readonly limits: Budget['limits'];
  state(): Promise<BudgetState>;
}

interface Surroundings {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * The language model as every room gets it: counted and kept to its budget, masked unless it runs on this machine.
 * Null when none is configured; what earlier calls used can be read all the same.
 */
export function openLlm(config: Config, around: Surroundings): { llm: LlmPort | null; usage: LlmUsage } {
  const { database, log } = around;
  const budget = createBudget(database, {
    perHour: config.LLM_BUDGET_PER_HOUR ?? null,
    perCustomerHour: config.LLM_BUDGET_PER_CUSTOMER_HOUR ?? null,
    costPerHour: config.LLM_COST_PER_HOUR ?? null,
  });
  const usage: LlmUsage = {
    read: (asked) => readUsage(database.db, asked),
    limits: budget.limits,
    state: () => budget.state(systemClock.now()),
  };
  if (!config.llmConfigured) return { llm: null, usage };
  const warning = warnOfOpenBudget(config);
  if (warning !== null) log.warn(warning);
  const metering = {
    database,
    budget,
    prices: config.LLM_PRICES ?? new Map(),
    clock: systemClock,
    log,
    onUsage: (call: UsageRecord) => count(around.metrics, call),
  };
  return { llm: meteredLlm(connect(config, log), metering), usage };
}

function connect(config: Config, log: Log): LlmPort {
  const llm = createLlm({
    baseUrl: config.OPENAI_BASE_URL,
    key: config.llmKey,
    model: config.LLM_MODEL,
    timeoutMs: config.LLM_TIMEOUT_MS,
    log,
  });
  return needsMasking(config.MASKING, config.OPENAI_BASE_URL ?? openAiBaseUrl) ? maskedLlm(llm) : llm;
}

function count(metrics: Metrics, { purpose, result, input, output, cost }: UsageRecord): void {
  metrics.llmCalls.inc({ purpose, result });
  metrics.llmTokens.inc({ purpose, direction: 'input' }, input);
  metrics.llmTokens.inc({ purpose, direction: 'output' }, output);
  if (cost !== null) metrics.llmCost.inc({ purpose }, cost);
}

/** Words for an operator whose visitors can spend without end; null where only this machine can call, or a limit is set. */
export function warnOfOpenBudget(
  config: Pick<Config, 'loopback' | 'LLM_BUDGET_PER_HOUR' | 'LLM_COST_PER_HOUR'>,
): string | null {
  const limited = config.LLM_BUDGET_PER_HOUR !== undefined || config.LLM_COST_PER_HOUR !== undefined;
  if (config.loopback || limited) return null;
  return 'Others can reach this server, and nothing limits what its language model may use: set LLM_BUDGET_PER_HOUR or LLM_COST_PER_HOUR.';
}
