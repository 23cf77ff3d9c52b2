export * from './errors.ts';
export * from './states.ts';
export * from './taxonomy.ts';
export * from './ticket.ts';
export * from './verdicts.ts';
