export { createKnowledge, type KnowledgeParts } from './knowledge.ts';
export { makeSynonyms, readSynonyms, type Synonyms } from './retrieval/synonyms.ts';
export type * from './types.ts';
