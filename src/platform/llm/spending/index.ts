export { type Budget, type BudgetLimits, type BudgetState, createBudget } from './budget.ts';
export { type Metering, meteredLlm } from './metered-llm.ts';
export { type Prices, parsePrices } from './prices.ts';
export { readUsage, type UsageGroup, type UsageRecord, type UsageRow, usageGroups } from './usage-records.ts';
