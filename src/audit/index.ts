export { compareReplies, contradicts, type ReplyComparison } from './compare-replies.ts';
export { type OutcomeGroup, type OutcomeShare, outcomeShares } from './outcome-shares.ts';
export { readAnswered, readAutomaticAnswers } from './stores/automatic-answers.ts';
export * from './stores/interactions.ts';
export {
  countOutcomes,
  type NewOutcome,
  type OutcomeGrouping,
  type OutcomeQuestion,
  recordOutcome,
  recordSilence,
} from './stores/outcomes.ts';
export { listReplyPairs, type ReplyPair, recordReplyPair, streamReplyPairs } from './stores/reply-pairs.ts';
export * from './stores/stats.ts';
export * from './stores/steps.ts';
export * from './stores/ticket-events.ts';
export * from './taking-over.ts';
