export { type SmoteOptions, type SmoteResult, smote } from './smote.ts';
