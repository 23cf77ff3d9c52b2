export { createKnowledge, type KnowledgeParts } from './knowledge.ts';
export { readSynonyms, type Synonyms } from './retrieval/synonyms.ts';
export type { EmbeddingSettings } from './semantic/embedders.ts';
export { openSemantic, type Semantic, type SemanticStatus } from './semantic/open-semantic.ts';
export type { SemanticIndex } from './semantic/semantic-index.ts';
export type * from './types.ts';
