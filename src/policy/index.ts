export type { EarlierAnswers } from './answered-before.ts';
export { decide, type PolicyInput, policyVersion } from './decide.ts';
export { raisePriority, stepUp } from './priority.ts';
export { type ReviewReason, type ReviewReasonCode, reviewReasons } from './review-reasons.ts';
