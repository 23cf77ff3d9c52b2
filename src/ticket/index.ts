export * from './errors.ts';
export * from './states.ts';
export * from './taxonomy.ts';
export * from './text-profile.ts';
export * from './ticket.ts';
export * from './variants.ts';
export * from './verdicts.ts';
