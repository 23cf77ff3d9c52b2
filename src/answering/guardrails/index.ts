export type { AfterDraftFacts, AtSendFacts, BeforeDraftFacts, CheckTime, FactsOf } from './check.ts';
export { type Action, type Checked, runChecks } from './run-checks.ts';
export { makeSafe } from './safe-passages.ts';
