import type { Services } from './api/index.ts';
import {
  checkCovered,
  decideArticle,
  dismissGap,
  draftGapArticle,
  groupNewQuestions,
  listArticles,
  listGaps,
  publishApproved,
} from './knowledge/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** What can be asked of the gaps of the knowledge, and done about them. */
export function createGapServices(parts: PipelineParts) {
  const { db } = parts.database;
  return {
    listGaps: (page) => listGaps(db, page),
    dismissGap: (id, actor) => dismissGap(parts, id, actor),
    draftGapArticle: (id, actor) => draftGapArticle(parts, id, actor),
    listArticles: (page) => listArticles(db, page),
    decideArticle: (id, decision, actor) => decideArticle(parts, id, { ...decision, actor }),
  } satisfies Partial<Services>;
}

/** New questions are grouped, articles that were approved put in, and what is known by now is looked for again. */
export async function renewGaps(parts: PipelineParts): Promise<void> {
  await groupNewQuestions(parts);
  await publishApproved(parts);
  await checkCovered(parts);
}
