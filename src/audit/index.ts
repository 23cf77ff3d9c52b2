export { readAutomaticAnswers } from './stores/automatic-answers.ts';
export * from './stores/interactions.ts';
export * from './stores/stats.ts';
export * from './stores/steps.ts';
export * from './stores/ticket-events.ts';
export * from './taking-over.ts';
