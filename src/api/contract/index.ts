export * from './answering.ts';
export * from './common.ts';
export * from './define-route.ts';
export * from './health.ts';
export * from './knowledge.ts';
export * from './routing.ts';
export * from './tickets.ts';
