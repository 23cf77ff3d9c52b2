export {
  type ArticleDecision,
  decideArticle,
  dismissGap,
  draftGapArticle,
  publishApproved,
} from './gaps/articles.ts';
export { askSame } from './gaps/ask-same.ts';
export { checkCovered, type GapParts, groupNewQuestions } from './gaps/find-gaps.ts';
export { missingQuestions } from './gaps/missing-questions.ts';
export { createKnowledge, type KnowledgeParts } from './knowledge.ts';
export { readSynonyms, type Synonyms } from './retrieval/synonyms.ts';
export type { EmbeddingSettings } from './semantic/embedders.ts';
export { openSemantic, type Semantic, type SemanticStatus } from './semantic/open-semantic.ts';
export type { SemanticIndex } from './semantic/semantic-index.ts';
export { type Article, type ArticlePage, type ArticleStatus, listArticles } from './stores/articles.ts';
export { type Gap, type GapPage, type GapStatus, listGaps, recordGapQuestions } from './stores/gaps.ts';
export type * from './types.ts';
