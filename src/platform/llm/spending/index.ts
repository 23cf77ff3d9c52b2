export { type Budget, type BudgetLimits, type BudgetState, createBudget } from './budget.ts';
export { meteredLlm } from './metered-llm.ts';
export { readUsage, type UsageGroup, type UsageRecord, type UsageRow } from './usage-records.ts';
