export { createKnowledge, type KnowledgeParts } from './knowledge.ts';
export { readSynonyms, type Synonyms } from './retrieval/synonyms.ts';
export type * from './types.ts';
