export * from './german-compounds.ts';
export * from './shapes/index.ts';
export * from './split-sentences.ts';
export * from './stop-words.ts';
export * from './tokenise.ts';
