export * from './stores/interactions.ts';
export * from './stores/stats.ts';
export * from './stores/steps.ts';
