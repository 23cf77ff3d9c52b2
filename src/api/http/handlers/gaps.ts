import type { Article, Gap } from '../../../knowledge/index.ts';
import { decodeCursor } from '../../../platform/index.ts';
import { type ArticleBody, type GapBody, gapRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

const afterOf = (cursor: string | undefined) => (cursor === undefined ? undefined : decodeCursor(cursor));

/** What the knowledge does not know, and articles that are to change it. */
export function bindGaps(bind: Binder, services: Services): void {
  bind(gapRoutes.listGaps, async ({ query: { status, limit, cursor } }) => {
    const { items, nextCursor } = await services.listGaps({ status, limit, after: afterOf(cursor) });
    return { status: 200, body: { items: items.map(presentGap), next_cursor: nextCursor } };
  });
  bind(gapRoutes.dismissGap, async ({ params, caller }) => ({
    status: 200,
    body: presentGap(await services.dismissGap(params.id, caller.name)),
  }));
  bind(gapRoutes.draftArticle, async ({ params, caller }) => ({
    status: 201,
    body: presentArticle(await services.draftGapArticle(params.id, caller.name)),
  }));
  bind(gapRoutes.listArticles, async ({ query: { status, limit, cursor } }) => {
    const { items, nextCursor } = await services.listArticles({ status, limit, after: afterOf(cursor) });
    return { status: 200, body: { items: items.map(presentArticle), next_cursor: nextCursor } };
  });
  bind(gapRoutes.decideArticle, async ({ params, body, caller }) => ({
    status: 200,
    body: presentArticle(await services.decideArticle(params.id, body, caller.name)),
  }));
}

function presentGap(gap: Gap): GapBody {
  return {
    id: gap.id,
    label: gap.label,
    language: gap.language,
    category: gap.category,
    questions: gap.questions,
    examples: [...gap.examples],
    first_seen: gap.firstSeen.toISOString(),
    last_seen: gap.lastSeen.toISOString(),
    status: gap.status,
    dismissed_by: gap.dismissedBy,
    article_id: gap.articleId,
  };
}

function presentArticle(article: Article): ArticleBody {
  return {
    id: article.id,
    gap_id: article.gapId,
    title: article.title,
    text: article.text,
    language: article.language,
    category: article.category,
    tickets: [...article.tickets],
    status: article.status,
    document_id: article.documentId,
    proposed_by: article.proposedBy,
    proposed_at: article.proposedAt.toISOString(),
    decided_by: article.decidedBy,
    decided_at: article.decidedAt?.toISOString() ?? null,
  };
}
